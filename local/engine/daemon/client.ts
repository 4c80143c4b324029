import * as z from "zod";
import type { LocalEvent } from "../../cloud.ts";
import { LocalError } from "../../errors.ts";
import type { LocalOutputs, StackOutputs } from "../../outputs.ts";
import { HOST } from "../../ports.ts";
import type { LocalProvider } from "../../provider.ts";
import type { SharedWithMeta } from "../../stack.ts";
import type { ProcessStatus } from "../../supervisor.ts";
import { type CloudFile, readCloudFile } from "./cloud-file.ts";

/** The part of the provider that needs the cloud itself. */
export type CloudClient = Pick<LocalProvider, "create" | "read" | "delete">;

export interface CloudStatus {
  readonly processes: readonly ProcessStatus[];
  readonly notes: readonly { readonly topic: string; readonly text: string }[];
}

export interface FollowOptions {
  readonly replay: boolean;
  readonly signal: AbortSignal;
}

/** What `npm run up` and its like ask of the local cloud of a stack. */
export interface RunningCloud extends CloudClient {
  readonly file: CloudFile;
  status(): Promise<CloudStatus>;
  /** Waits until all emulators are up. @throws {LocalError} when one is not to be had. */
  ready(): Promise<void>;
  connect(deployed: StackOutputs, shared: SharedWithMeta): Promise<LocalOutputs>;
  /** What happens from now on, until aborted; and with `replay` before that what has happened so far. */
  follow(onEvent: (event: LocalEvent) => void, options: FollowOptions): Promise<void>;
  /** Ends it with all its processes. Resolves when its work is done; the process itself ends a moment later. */
  stop(): Promise<void>;
}

/** The cloud that a file names; where none runs, what it held is gone, and there is nothing to delete. */
export async function connectCloud(path: string): Promise<CloudClient> {
  const file = await readCloudFile(path);
  return file ? clientOf(file) : NO_CLOUD;
}

const NO_CLOUD: CloudClient = {
  async create({ name }) {
    throw new LocalError("cloud_not_running", `${name} was not made: the local cloud does not run.`, "Use: npm run up");
  },
  read: async () => undefined,
  delete: async () => undefined,
};

export function clientOf(file: CloudFile): RunningCloud {
  /** Handlers answer what was asked of them: the shape is the provider's own on both sides. */
  async function call<Answer>(action: string, body: unknown = {}): Promise<Answer> {
    const response = await send(file, action, { method: "POST", body: JSON.stringify(body) });
    const answer: unknown = await response.json();
    if (response.ok) return (answer as { result?: Answer }).result as Answer;
    const { code, seen, advice } = refusal.parse(answer);
    throw new LocalError(code, seen, advice);
  }

  return {
    file,
    create: (resource) => call("create", resource),
    read: (known) => call("read", known),
    delete: (resource) => call("delete", resource),
    status: () => call("status"),
    ready: () => call("ready"),
    connect: (deployed, shared) => call("connect", { deployed, shared }),
    stop: () => call("stop"),
    async follow(onEvent, { replay, signal }) {
      const response = await send(file, replay ? "events/all" : "events/new", { method: "POST", signal });
      let rest = "";
      for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
        const lines = `${rest}${chunk}`.split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) onEvent(JSON.parse(line) as LocalEvent);
      }
    },
  };
}

const refusal = z.object({ code: z.string(), seen: z.string(), advice: z.string() });

function send({ port, token }: CloudFile, action: string, init: RequestInit): Promise<Response> {
  return fetch(`http://${HOST}:${port}/${action}`, { ...init, headers: { authorization: `Bearer ${token}` } });
}
