import type { LocalEvent } from "./cloud.ts";
import { type EmptyCloud, type EmptyCloudOptions, startEmptyCloud } from "./empty-cloud.ts";
import { faultHook } from "./fault-hooks.ts";
import { type LocalOutputs, type StackOutputs, writeOutputs } from "./outputs.ts";
import { HOST } from "./ports.ts";
import { DEMO_USERS, seedUsers } from "./seed.ts";
import type { Simulators } from "./simulators/index.ts";
import type { SharedWithMeta } from "./stack.ts";

export interface StandingCloudOptions
  extends Pick<EmptyCloudOptions, "root" | "basePort" | "home" | "geminiApiKey" | "monitoringSpeed"> {
  readonly onEvent: (event: LocalEvent) => void;
}

/** A local Google Cloud and the simulated world around it, ready to take a stack. */
export interface StandingCloud extends EmptyCloud {
  /** Resolves when the simulators listen. */
  readonly simulators: Promise<Simulators>;
  /** Resolves when all emulators are up and somebody can sign in; rejects with why not. */
  ready(): Promise<void>;
  /** Tells the simulated Meta where the stack is, and everybody else by `outputs.json`. Again after each deployment. */
  connect(deployed: StackOutputs, shared: SharedWithMeta): Promise<LocalOutputs>;
}

/**
 * Starts the emulators, the platform and the simulators. Returns before they are up.
 * @throws {LocalError} `already_running`, `port_taken`
 */
export async function startStandingCloud({ onEvent, ...options }: StandingCloudOptions): Promise<StandingCloud> {
  const empty = await startEmptyCloud({
    ...options,
    onProcess: (event) => onEvent({ type: "process", event }),
    onDownload: (what) => onEvent({ type: "notice", text: `downloading the ${what} (once)` }),
    onLeftOvers: (names) =>
      onEvent({ type: "notice", text: `ended what a killed run left behind: ${names.join(", ")}` }),
  });
  const { cloud } = empty;
  cloud.watcher.onChange((change) => onEvent({ type: "alert", change }));
  const announce = async <T>(name: string, detail: string, part: Promise<T>): Promise<T> => {
    const result = await part;
    onEvent({ type: "part", name, detail });
    return result;
  };
  const simulators = announce("Simulators", `http://${HOST}:${cloud.ports.simulators}`, startSimulated(empty));
  const parts = [
    simulators,
    announce("Firestore emulator", cloud.firestore.host, cloud.firestore.ready()),
    announce("Pub/Sub emulator", cloud.pubsub.host, cloud.pubsub.ready()),
    announce("Auth emulator", cloud.authHost, signInReady(empty)),
  ];
  // Told to whoever awaits `ready()`, which may be nobody yet.
  for (const part of parts) part.catch(() => undefined);
  return {
    ...empty,
    simulators,
    async ready() {
      await Promise.all(parts);
    },
    async connect({ apiUrl, inboxUrl, widgetUrl, webhookUrls }, shared) {
      // An emulator that was started again has forgotten who may sign in.
      const [world] = await Promise.all([simulators, seedUsers(cloud.authHost, cloud.project, DEMO_USERS)]);
      await world.connect({
        appSecret: shared.secrets.META_APP_SECRET,
        verifyToken: shared.secrets.OMNI_WEBHOOK_SECRET,
        webhookUrls,
        accounts: shared.accounts,
        inboxUrl,
        site: { widgetUrl, identitySecret: shared.identitySecret },
      });
      const outputs: LocalOutputs = {
        inboxUrl,
        apiUrl,
        // A script is nothing to look at: a page that embeds it is.
        widgetUrl: world.siteUrl,
        simulatorUrl: world.url,
        webhookUrls,
        firestoreHost: cloud.firestore.host,
        pubsubHost: cloud.pubsub.host,
        authHost: cloud.authHost,
        project: cloud.project,
        secrets: shared.secrets,
        demoUsers: DEMO_USERS,
      };
      await writeOutputs(cloud.paths.outputs, outputs);
      cloud.watcher.start();
      return outputs;
    },
    stop: stopper(empty, simulators),
  };
}

async function startSimulated({ cloud }: EmptyCloud): Promise<Simulators> {
  const { startSimulators } = await import("./simulators/index.ts");
  const simulators = await startSimulators({ port: cloud.ports.simulators, host: HOST });
  simulators.registerFaultTarget("firestore", faultHook(cloud.links.firestore));
  simulators.registerFaultTarget("pubsub", faultHook(cloud.links.pubsub));
  return simulators;
}

/** The emulator with its demo users: only then can somebody sign in. */
async function signInReady({ auth, cloud }: EmptyCloud): Promise<void> {
  await auth.ready();
  await seedUsers(auth.host, cloud.project, DEMO_USERS);
}

function stopper(empty: EmptyCloud, simulators: Promise<Simulators>): () => Promise<void> {
  let stopped: Promise<void> | undefined;
  // The app may still be sending. Simulators that never started have nothing to close: their error is told elsewhere.
  async function end(): Promise<void> {
    await empty.stop();
    const [started] = await Promise.allSettled([simulators]);
    if (started.status === "fulfilled") await started.value.close();
  }
  return () => {
    stopped ??= end();
    return stopped;
  };
}
