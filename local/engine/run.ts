import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CommandError, type OutputMap, type PulumiCommand, type Stack } from "@pulumi/pulumi/automation/index.js";
import { buildStack, type LocalEvent } from "../cloud.ts";
import { endpointsOf } from "../endpoints.ts";
import { LocalError } from "../errors.ts";
import { type LocalOutputs, stackOutputs } from "../outputs.ts";
import { DEFAULT_BASE_PORT, localPorts } from "../ports.ts";
import { importProgram, type LoadedStack, loadStack } from "../stack.ts";
import { findPulumi } from "./cli/index.ts";
import type { CloudStatus, RunningCloud } from "./daemon/client.ts";
import { cloudFilePath, lastBasePort } from "./daemon/cloud-file.ts";
import { codeVersion } from "./daemon/code.ts";
import { findCloud, launchCloud, stopCloud } from "./daemon/launch.ts";
import { type EngineHome, engineHome } from "./home.ts";
import { withLock } from "./lock.ts";
import { createWatch, type EngineReport, type Totals } from "./watch.ts";
import { forgetClouds, openStack } from "./workspace.ts";

export interface EngineOptions {
  /** The repository's root, absolute. */
  readonly root: string;
  /** `local`, or another beside it. */
  readonly stack: string;
  /** @default that of the last run of this stack, else 4400 */
  readonly basePort?: number;
  readonly onEvent: (event: LocalEvent) => void;
  readonly onReport: (report: EngineReport) => void;
  /** Stops the engine after what is under way; what is made is kept in the state. */
  readonly signal: AbortSignal;
}

export interface EngineResult {
  /** False when the engine stopped on an error, which has been reported. */
  readonly ok: boolean;
  readonly totals: Totals;
}

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
  const { program } = await loadProgram(options, session);
  const stack = await open(session, program);
  return watched(options, stack, async (hooks) => {
    await stack.preview({ ...hooks, refresh: true, ...policies(options.root) });
  });
}

/** Makes reality what the program says, on a local cloud that goes on running. */
export async function up(options: EngineOptions): Promise<UpResult> {
  const session = await begin(options);
  const [cloud, loaded] = await Promise.all([standUp(options, session), loadProgram(options, session)]);
  const stack = await open(session, loaded.program);
  let outputs: OutputMap = {};
  // What the machine lost since the last run would otherwise be believed to be there.
  const result = await watched(options, stack, async (hooks) => {
    ({ outputs } = await stack.up({ ...hooks, refresh: true, ...policies(options.root) }));
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
  const stack = await open(session, nothing);
  return watched(options, stack, async (hooks) => {
    await stack.refresh(hooks);
  });
}

/** Deletes everything, then ends the local cloud and removes what it and the engine kept. */
export async function destroy(options: EngineOptions): Promise<EngineResult> {
  const session = await begin(options, "existing");
  const stack = await open(session, nothing);
  const result = await watched(options, stack, async (hooks) => {
    await stack.destroy(hooks);
  });
  if (!result.ok) return result;
  if (session.cloud) await stopCloud(session.cloud);
  rmSync(session.home.home, { recursive: true, force: true });
  return result;
}

interface Session {
  readonly home: EngineHome;
  readonly pulumi: PulumiCommand;
  readonly cloud: RunningCloud | undefined;
  readonly basePort: number;
}

/** @param which `existing`: there must be something already. */
async function begin(options: EngineOptions, which: "any" | "existing" = "any"): Promise<Session> {
  forgetClouds();
  const home = engineHome(options.root, options.stack);
  if (which === "existing" && !existsSync(home.workDir)) {
    throw new LocalError(
      "stack_missing",
      `There is no stack "${options.stack}" on this machine: ${home.home} does not exist.`,
      `Make it with: npm run up -- --stack ${options.stack}`,
    );
  }
  const cloud = await findCloud(home.home);
  const basePort = portOf(options, home, cloud);
  if (cloud) await tellRestarts(cloud, options.onEvent);
  else if (lastBasePort(cloudFilePath(home.home)) !== undefined)
    options.onEvent({ type: "notice", text: "the local cloud of this stack does not run: what it held is gone" });
  const notice = (text: string): void => options.onEvent({ type: "notice", text });
  const pulumi = await findPulumi({ onProgress: notice, signal: options.signal });
  return { home, pulumi, cloud, basePort };
}

function portOf({ basePort, stack }: EngineOptions, home: EngineHome, cloud: RunningCloud | undefined): number {
  if (cloud && basePort !== undefined && basePort !== cloud.file.basePort) {
    throw new LocalError(
      "already_running",
      `The stack "${stack}" runs from port ${cloud.file.basePort} on, and cannot move while it does.`,
      `Leave out --port, or first: npm run destroy -- --stack ${stack}`,
    );
  }
  return basePort ?? cloud?.file.basePort ?? lastBasePort(cloudFilePath(home.home)) ?? DEFAULT_BASE_PORT;
}

/** A process that the supervisor brought back is no drift, but somebody should know. */
async function tellRestarts(cloud: RunningCloud, onEvent: EngineOptions["onEvent"]): Promise<void> {
  const { processes } = await cloud.status();
  for (const { name, state, restarts, logFile } of processes) {
    if (state === "waiting to restart") onEvent({ type: "notice", text: `${name} keeps ending. Log: ${logFile}` });
    else if (restarts > 0)
      onEvent({
        type: "notice",
        text: `${name} ended unexpectedly and was started again (${restarts}×). Log: ${logFile}`,
      });
  }
}

/** The local cloud, started if need be; what it tells is passed on while this runs. */
async function standUp(options: EngineOptions, { home, cloud, basePort }: Session): Promise<RunningCloud> {
  const current = cloud && cloud.file.code === (await codeVersion(options.root)) ? cloud : undefined;
  if (cloud && !current) {
    options.onEvent({ type: "notice", text: "the local cloud runs older code: ending it, and with it what it holds" });
    await stopCloud(cloud);
  }
  if (!current) options.onEvent({ type: "notice", text: `starting a local cloud from port ${basePort}` });
  const running = current ?? (await launchCloud({ root: options.root, home: home.home, basePort }));
  running.follow(options.onEvent, { replay: !current, signal: options.signal }).catch((error: unknown) => {
    if (!options.signal.aborted)
      options.onEvent({ type: "notice", text: `the local cloud tells no more: ${String(error)}` });
  });
  return running;
}

async function loadProgram(options: EngineOptions, { cloud, basePort }: Session): Promise<LoadedStack> {
  const [imported, artifacts] = await Promise.all([importProgram(), buildStack(options.root, options.onEvent)]);
  const geminiIsReal = cloud?.file.geminiIsReal ?? Boolean(process.env.GEMINI_API_KEY);
  return loadStack(options.root, endpointsOf(localPorts(basePort), geminiIsReal), artifacts, imported);
}

/** What goes by the state alone runs no program. */
const nothing = (): object => ({});

function open({ home, pulumi }: Session, program: () => object): Promise<Stack> {
  return openStack({ home, pulumi, program: async () => ({ ...program() }) });
}

/** `run` starts the pack without a language plugin. */
function policies(root: string): { policyPacks: string[]; policyPackConfigs: string[] } {
  return { policyPacks: [join(root, "policies/run")], policyPackConfigs: [join(root, "policies/local.json")] };
}

interface Hooks {
  readonly onEvent: ReturnType<typeof createWatch>["onEvent"];
  readonly signal: AbortSignal;
  readonly color: "never";
}

/** Runs one operation of the engine and tells what it does. What fails inside of it has been told by its events. */
async function watched(
  options: EngineOptions,
  stack: Stack,
  operation: (hooks: Hooks) => Promise<void>,
): Promise<EngineResult> {
  let told = false;
  const watch = createWatch((report) => {
    told ||= report.type === "problem" && report.severity === "error";
    told ||= report.type === "violation" && report.mandatory;
    options.onReport(report);
  });
  const hooks = { onEvent: watch.onEvent, signal: options.signal, color: "never" } as const;
  options.onEvent({ type: "notice", text: "comparing program, state and reality" });
  try {
    await withLock(stack, options.onEvent, () => operation(hooks));
    return { ok: true, totals: watch.totals() };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    if (!told) options.onReport({ type: "problem", severity: "error", resource: undefined, text: tailOf(error) });
    return { ok: false, totals: watch.totals() };
  }
}

/** The transcript's end is where the CLI says why. */
function tailOf(error: CommandError): string {
  const lines = error.message.split("\n").filter((line) => line.trim() !== "" && !/^\s*(err\?:|code:)/.test(line));
  return lines.slice(-8).join("\n");
}
