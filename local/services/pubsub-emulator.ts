import * as z from "zod";
import { LocalError } from "../errors.ts";
import { HOST } from "../ports.ts";
import { bareEnvironment } from "./environment.ts";
import type { EmulatorOptions } from "./firestore-emulator.ts";

export type PubSubKind = "topics" | "subscriptions";

/** The Pub/Sub emulator, as handlers see it. */
export interface PubSubEmulator {
  /** `127.0.0.1:port` */
  readonly host: string;
  ready(): Promise<void>;
  /** Creates a topic or subscription; one that exists is replaced when its settings differ. */
  put(kind: PubSubKind, name: string, body: Readonly<Record<string, unknown>>): Promise<void>;
  /** What the emulator has under this name; undefined when it has nothing. */
  find(kind: PubSubKind, name: string): Promise<Found | undefined>;
  delete(kind: PubSubKind, name: string): Promise<void>;
  /** @param topic `projects/p/topics/t` */
  publish(topic: string, message: PubSubMessage): Promise<void>;
}

/** What is published. */
export interface PubSubMessage {
  /** Base64. */
  readonly data?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

const found = z.looseObject({
  topic: z.string().optional(),
  ackDeadlineSeconds: z.number().optional(),
  pushConfig: z.looseObject({ pushEndpoint: z.string().optional() }).optional(),
});
/** A topic, or a subscription with those of its settings that decide what becomes of messages. */
export type Found = z.output<typeof found>;

/** What a subscription can be changed in while it stands. */
const CHANGEABLE = ["ackDeadlineSeconds", "messageRetentionDuration", "pushConfig"];
const DEADLINE_MS = 60_000;

/** Starts the emulator. After a crash it gets back its topics and subscriptions; the messages it held are gone. */
export function startPubSub(options: EmulatorOptions): PubSubEmulator {
  const made = new Map<string, string>();
  const base = `http://${HOST}:${options.port}/v1/projects/${options.project}`;
  const started = launch(options, restore);
  started.catch(() => undefined);

  async function create(key: string, body: string): Promise<number> {
    const response = await fetch(`${base}/${key}`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body,
    });
    const answer = await response.text();
    if (response.ok || response.status === 409) return response.status;
    throw new LocalError(
      "pubsub_refused",
      `The Pub/Sub emulator refused ${key} (${response.status}): ${answer.trim()}`,
      "Mend the resource in infra/components; names need three characters or more.",
    );
  }

  /** In place, with the messages that wait in it; false where the emulator cannot. */
  async function change(key: string, settings: Readonly<Record<string, unknown>>): Promise<boolean> {
    const response = await fetch(`${base}/${key}`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        subscription: { ...settings, name: `projects/${options.project}/${key}` },
        updateMask: CHANGEABLE.join(","),
      }),
    });
    await response.body?.cancel();
    return response.ok;
  }

  async function restore(): Promise<void> {
    // A subscription needs its topic.
    const topicsFirst = [...made].sort(([left], [right]) => right.localeCompare(left));
    for (const [key, body] of topicsFirst) await create(key, body);
  }

  async function remove(key: string): Promise<void> {
    const response = await fetch(`${base}/${key}`, { method: "DELETE" });
    await response.body?.cancel();
    made.delete(key);
  }

  return {
    host: `${HOST}:${options.port}`,
    ready: () => started,
    async put(kind, name, settings) {
      await started;
      const key = `${kind}/${name}`;
      const body = JSON.stringify(settings);
      if (made.get(key) === body) return;
      // A topic is its name, and making it anew would cut off its subscriptions.
      if ((await create(key, body)) === 409 && kind === "subscriptions" && !(await change(key, settings))) {
        await remove(key);
        await create(key, body);
      }
      made.set(key, body);
    },
    async find(kind, name) {
      await started;
      const key = `${kind}/${name}`;
      const response = await fetch(`${base}/${key}`);
      const answer = await response.text();
      if (response.ok) return found.parse(JSON.parse(answer));
      if (response.status !== 404)
        throw new LocalError(
          "pubsub_refused",
          `The Pub/Sub emulator answered ${response.status}: ${answer.trim()}`,
          "",
        );
      made.delete(key);
      return undefined;
    },
    delete: (kind, name) => remove(`${kind}/${name}`),
    async publish(topic, message) {
      const response = await fetch(`http://${HOST}:${options.port}/v1/${topic}:publish`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ messages: [message] }),
      });
      const answer = await response.text();
      if (response.ok) return;
      throw new LocalError(
        "pubsub_refused",
        `The Pub/Sub emulator refused a message (${response.status}): ${answer}`,
        "",
      );
    },
  };
}

async function launch(options: EmulatorOptions, restored: () => Promise<void>): Promise<void> {
  const { java, pubsubJar } = await options.binaries;
  await options.supervisor.start({
    name: "pubsub",
    foundation: true,
    command: java,
    args: ["-jar", pubsubJar, `--host=${HOST}`, `--port=${options.port}`],
    cwd: options.paths.home,
    env: bareEnvironment(options.paths),
    port: options.port,
    readyPath: "/",
    deadlineMs: DEADLINE_MS,
    restored,
  });
}
