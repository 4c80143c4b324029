import { rmSync } from "node:fs";
import { join } from "node:path";
import type { OutputMap, PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import * as z from "zod";
import { LocalError } from "../errors.ts";
import { type LocalOutputs, stackOutputs } from "../outputs.ts";
import type { CloudStatus } from "./daemon/client.ts";
import { stopCloud } from "./daemon/launch.ts";
import { type EngineResult, watched } from "./operation.ts";
import { clearPending } from "./pending.ts";
import { begin, type EngineOptions, loadProgram, type Session, standUp } from "./session.ts";
import { resourceOf } from "./watch.ts";
import { openStack } from "./workspace.ts";

export type { EngineResult } from "./operation.ts";
export type { EngineOptions } from "./session.ts";

/** What a person can use now. */
export interface Deployed {
  readonly outputs: LocalOutputs;
  readonly status: CloudStatus;
  readonly home: string;
  readonly geminiIsReal: boolean;
}

export interface UpResult extends EngineResult {
  /** What is there now; undefined when it failed. */
  readonly deployed: Deployed | undefined;
}

/** What `up` would do, reality included; changes nothing and starts nothing. */
export async function preview(options: EngineOptions): Promise<EngineResult> {
  const session = await begin(options);
  const [{ program }, stack] = await Promise.all([loadProgram(options, session), open(session)]);
  return watched(options, stack, async (hooks) => {
    await stack.preview({ ...hooks, program: run(program), refresh: true, ...policies(options.root) });
  });
}

/** Makes reality what the program says, on a local cloud that goes on running. */
export async function up(options: EngineOptions): Promise<UpResult> {
  const session = await begin(options);
  // A cloud that is left running needs a CLI to be ended with.
  const standing = session.pulumi.then(() => standUp(options, session));
  const [cloud, loaded, stack] = await Promise.all([standing, loadProgram(options, session), open(session)]);
  let outputs: OutputMap = {};
  // What the machine lost since the last run would otherwise be believed to be there.
  const result = await watched(options, stack, async (hooks) => {
    await clearPending(stack, session.home, hooks.signal);
    ({ outputs } = await stack.up({
      ...hooks,
      program: run(loaded.program),
      refresh: true,
      ...policies(options.root),
    }));
  });
  if (!result.ok) return { ...result, deployed: undefined };
  await cloud.ready();
  const plain = Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value as unknown]));
  const connected = await cloud.connect(stackOutputs.parse(plain), loaded.shared);
  const { geminiIsReal } = cloud.file;
  const status = await cloud.status();
  return { ...result, deployed: { outputs: connected, status, home: session.home.home, geminiIsReal } };
}

/** Looks at reality and writes into the state what it finds. */
export async function refresh(options: EngineOptions): Promise<EngineResult> {
  const session = await begin(options, "existing");
  const stack = await open(session);
  return watched(options, stack, async (hooks) => {
    await stack.refresh({ ...hooks, clearPendingCreates: true });
  });
}

/** Deletes everything, then ends the local cloud and removes what it and the engine kept. */
export async function destroy(options: EngineOptions): Promise<EngineResult> {
  const session = await begin(options, "existing");
  const stack = await open(session);
  await refuseGuarded(stack);
  const result = await watched(options, stack, async (hooks) => {
    await clearPending(stack, session.home, hooks.signal);
    await stack.destroy(hooks);
  });
  if (!result.ok) return result;
  if (session.cloud) await stopCloud(session.cloud);
  rmSync(session.home.home, { recursive: true, force: true });
  return result;
}

const exported = z.object({
  resources: z.array(z.object({ urn: z.string(), protect: z.boolean().default(false) })).default([]),
});

/**
 * The engine would come to what is protected last, and have deleted what stands on it by then.
 * @throws {LocalError} `guarded`
 */
async function refuseGuarded(stack: Stack): Promise<void> {
  const { deployment } = await stack.exportStack();
  const guarded = exported.parse(deployment ?? {}).resources.filter(({ protect }) => protect);
  if (guarded.length === 0) return;
  const names = guarded.map(({ urn }) => `  ${resourceOf(urn).name} (${resourceOf(urn).type})`);
  throw new LocalError(
    "guarded",
    `Nothing was destroyed, for the stack guards its data:\n${names.join("\n")}`,
    "To let it go: dataProtection: throwaway in Pulumi.local.yaml, npm run up, then npm run destroy.",
  );
}

const open = async ({ home, pulumi }: Session): Promise<Stack> => openStack({ home, pulumi: await pulumi });

/** The program in the form that the engine calls. */
function run(program: () => object): PulumiFn {
  return async () => ({ ...program() });
}

/** `run` starts the pack without a language plugin. */
function policies(root: string): { policyPacks: string[]; policyPackConfigs: string[] } {
  return { policyPacks: [join(root, "policies/run")], policyPackConfigs: [join(root, "policies/local.json")] };
}
