import { existsSync } from "node:fs";
import type { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { buildStack, type LocalEvent } from "../cloud.ts";
import { endpointsOf } from "../endpoints.ts";
import { LocalError } from "../errors.ts";
import { DEFAULT_BASE_PORT, localPorts } from "../ports.ts";
import { importProgram, type LoadedStack, loadStack } from "../stack.ts";
import { findPulumi } from "./cli/index.ts";
import type { RunningCloud } from "./daemon/client.ts";
import { cloudFilePath, lastBasePort } from "./daemon/cloud-file.ts";
import { codeVersion } from "./daemon/code.ts";
import { findCloud, launchCloud, stopCloud } from "./daemon/launch.ts";
import { type EngineHome, engineHome } from "./home.ts";
import type { EngineReport } from "./watch.ts";
import { forgetClouds } from "./workspace.ts";

export interface EngineOptions {
  /** The repository's root, absolute. */
  readonly root: string;
  /** `local`, or another beside it. */
  readonly stack: string;
  /** @default that of the last run of this stack, else 4400 */
  readonly basePort?: number;
  readonly onEvent: (event: LocalEvent) => void;
  readonly onReport: (report: EngineReport) => void;
  /** Stops the engine after what is under way; what is made is kept in the state. Its reason is the signal's name. */
  readonly signal: AbortSignal;
}

/** What one command has found when it begins. */
export interface Session {
  readonly home: EngineHome;
  /** Looked for while everything else begins. */
  readonly pulumi: Promise<PulumiCommand>;
  readonly cloud: RunningCloud | undefined;
  readonly basePort: number;
}

/**
 * Finds the CLI, and what there is of the stack already.
 * @param which `existing`: there must be something already.
 * @throws {LocalError} `stack_not_local`, `stack_missing`, `already_running`, `pulumi_missing`
 */
export async function begin(options: EngineOptions, which: "any" | "existing" = "any"): Promise<Session> {
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
  const pulumi = findPulumi({ onProgress: notice, signal: options.signal });
  // Whoever opens the stack hears of it; by then something else may have failed.
  pulumi.catch(() => undefined);
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
export async function standUp(options: EngineOptions, { home, cloud, basePort }: Session): Promise<RunningCloud> {
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

/** The program, bound to the settings and ports of this stack, with the app as it is built now. */
export async function loadProgram(options: EngineOptions, { cloud, basePort }: Session): Promise<LoadedStack> {
  const [imported, artifacts] = await Promise.all([importProgram(), buildStack(options.root, options.onEvent)]);
  const geminiIsReal = cloud?.file.geminiIsReal ?? Boolean(process.env.GEMINI_API_KEY);
  return loadStack(options.root, endpointsOf(localPorts(basePort), geminiIsReal), artifacts, imported);
}
