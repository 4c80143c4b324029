import type { Artifacts } from "../infra/build/index.ts";
import type { LocalCloud } from "./context.ts";
import { type EmptyCloud, startEmptyCloud } from "./empty-cloud.ts";
import { type DeployedResource, deploy, type ProgressEvent } from "./engine/embedded.ts";
import { asError, LocalError } from "./errors.ts";
import { faultHook } from "./fault-hooks.ts";
import { type LocalOutputs, stackOutputs, writeOutputs } from "./outputs.ts";
import { HOST } from "./ports.ts";
import { DEMO_USERS, seedUsers } from "./seed.ts";
import type { Simulators } from "./simulators/index.ts";
import { importProgram, loadStack, PULUMI_PROJECT, STACK_NAME } from "./stack.ts";
import type { ProcessEvent, Supervisor } from "./supervisor.ts";

/** What a person, or a log, can follow while the local cloud starts and runs. */
export type LocalEvent =
  | { readonly type: "part"; readonly name: string; readonly detail: string }
  | { readonly type: "notice"; readonly text: string }
  | { readonly type: "resource"; readonly progress: ProgressEvent }
  | { readonly type: "process"; readonly event: ProcessEvent };

export interface LocalCloudOptions {
  /** The repository's root, absolute. */
  readonly root: string;
  /** First of the ports; all others follow it. @default 4400 */
  readonly basePort?: number;
  /** Where logs, archives and the pid file go. @default `.local` under the root */
  readonly home?: string;
  /** What to deploy. @default built from the sources, unless they are unchanged */
  readonly artifacts?: Artifacts;
  /** A key for the real Gemini; without one the simulator answers. */
  readonly geminiApiKey?: string;
  /** @default ignored */
  readonly onEvent?: (event: LocalEvent) => void;
  /** Stops everything, also half-way through the start. */
  readonly signal?: AbortSignal;
}

/** A local Google Cloud with the stack on it. */
export interface LocalCloudHandle {
  /** What `.local/outputs.json` holds. */
  readonly outputs: LocalOutputs;
  readonly cloud: LocalCloud;
  readonly supervisor: Supervisor;
  readonly simulators: Simulators;
  readonly resources: readonly DeployedResource[];
  /** Ends all processes. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts the local Google Cloud and deploys the stack on it, everything at once where it can be.
 * @throws {LocalError} naming what went wrong and what to do; by then everything is stopped again.
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloudHandle> {
  const emit = options.onEvent ?? (() => undefined);
  const empty = await startEmptyCloud({
    root: options.root,
    ...(options.basePort !== undefined && { basePort: options.basePort }),
    ...(options.home !== undefined && { home: options.home }),
    ...(options.geminiApiKey !== undefined && { geminiApiKey: options.geminiApiKey }),
    onProcess: (event) => emit({ type: "process", event }),
    onDownload: (what) => emit({ type: "notice", text: `downloading the ${what} (once)` }),
    onLeftOvers: (names) => emit({ type: "notice", text: `ended what a killed run left behind: ${names.join(", ")}` }),
  });
  const simulators = importSimulators(empty.cloud);
  const stop = stopper(empty, simulators);
  const onAbort = () => void stop();
  options.signal?.addEventListener("abort", onAbort, { once: true });
  try {
    options.signal?.throwIfAborted();
    const [deployed] = await Promise.all([
      deployStack(options, empty, simulators, emit),
      announce(emit, "Firestore emulator", empty.cloud.firestore.host, empty.cloud.firestore.ready()),
      announce(emit, "Pub/Sub emulator", empty.cloud.pubsub.host, empty.cloud.pubsub.ready()),
      announce(emit, "Auth emulator", empty.cloud.authHost, signInReady(empty)),
    ]);
    return { ...deployed, cloud: empty.cloud, supervisor: empty.cloud.supervisor, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function deployStack(
  options: LocalCloudOptions,
  empty: EmptyCloud,
  starting: Promise<Simulators>,
  emit: (event: LocalEvent) => void,
): Promise<Pick<LocalCloudHandle, "outputs" | "simulators" | "resources">> {
  const { cloud, provider } = empty;
  const [imported, artifacts, simulators] = await Promise.all([
    importProgram(),
    options.artifacts ?? buildStack(options.root, emit),
    announce(emit, "Simulators", `http://${HOST}:${cloud.ports.simulators}`, starting),
  ]);
  simulators.registerFaultTarget("firestore", faultHook(cloud.links.firestore));
  simulators.registerFaultTarget("pubsub", faultHook(cloud.links.pubsub));
  const platform = `http://${HOST}:${cloud.ports.platform}`;
  const endpoints = {
    project: cloud.project,
    graphBaseUrl: simulators.graphBaseUrl,
    geminiBaseUrl: options.geminiApiKey === undefined ? simulators.geminiBaseUrl : `${platform}/gemini`,
    oidcCertsUrl: `${platform}/oauth2/v1/certs`,
    services: {
      sendGridBaseUrl: simulators.sendGridBaseUrl,
      slackWebhookUrl: simulators.slackWebhookUrl,
      publicUrl: `http://${HOST}:${cloud.ports.api}`,
      webchatAllowedOrigins: new URL(simulators.url).origin,
    },
  };
  const { program, shared } = loadStack(options.root, endpoints, artifacts, imported);
  const deployment = await deploy({
    project: PULUMI_PROJECT,
    stack: STACK_NAME,
    program,
    provider,
    onProgress: (progress) => emit({ type: "resource", progress }),
  });
  const { apiUrl, inboxUrl, widgetUrl, webhookUrls } = stackOutputs.parse(deployment.outputs);
  await simulators.connect({
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
    widgetUrl: simulators.siteUrl,
    simulatorUrl: simulators.url,
    webhookUrls,
    firestoreHost: cloud.firestore.host,
    pubsubHost: cloud.pubsub.host,
    authHost: cloud.authHost,
    project: cloud.project,
    secrets: shared.secrets,
    demoUsers: DEMO_USERS,
  };
  await writeOutputs(cloud.paths.outputs, outputs);
  return { outputs, simulators, resources: deployment.resources };
}

async function buildStack(root: string, emit: (event: LocalEvent) => void): Promise<Artifacts> {
  const { buildArtifacts } = await import("../infra/build/index.ts");
  try {
    const artifacts = await buildArtifacts({
      root,
      onStep: (step) => emit({ type: "notice", text: `building ${step}` }),
    });
    emit({ type: "part", name: "Archives", detail: `${artifacts.api.fileName}, ${artifacts.webhook.fileName}` });
    return artifacts;
  } catch (error) {
    throw new LocalError(
      "build_failed",
      `The app could not be built: ${asError(error).message}`,
      "See also: npm run build",
      {
        cause: error,
      },
    );
  }
}

async function importSimulators(cloud: LocalCloud): Promise<Simulators> {
  const { startSimulators } = await import("./simulators/index.ts");
  return startSimulators({ port: cloud.ports.simulators, host: HOST });
}

/** The emulator with its demo users: only then can somebody sign in. */
async function signInReady({ auth, cloud }: EmptyCloud): Promise<void> {
  await auth.ready();
  await seedUsers(auth.host, cloud.project, DEMO_USERS);
}

async function announce<T>(
  emit: (event: LocalEvent) => void,
  name: string,
  detail: string,
  ready: Promise<T>,
): Promise<T> {
  const result = await ready;
  emit({ type: "part", name, detail });
  return result;
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
