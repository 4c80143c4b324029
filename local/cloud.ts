import type { Artifacts } from "../infra/build/index.ts";
import type { LocalCloud } from "./context.ts";
import { endpointsOf } from "./endpoints.ts";
import { type DeployedResource, deploy, type ProgressEvent } from "./engine/embedded.ts";
import { asError, LocalError } from "./errors.ts";
import { type LocalOutputs, stackOutputs } from "./outputs.ts";
import type { Change as AlertChange } from "./services/monitoring/index.ts";
import type { Simulators } from "./simulators/index.ts";
import { importProgram, loadStack, PULUMI_PROJECT, STACK_NAME } from "./stack.ts";
import { type StandingCloud, startStandingCloud } from "./standing-cloud.ts";
import type { ProcessEvent, Supervisor } from "./supervisor.ts";

/** What a person, or a log, can follow while the local cloud starts and runs. */
export type LocalEvent =
  | { readonly type: "part"; readonly name: string; readonly detail: string }
  | { readonly type: "notice"; readonly text: string }
  | { readonly type: "resource"; readonly progress: ProgressEvent }
  | { readonly type: "process"; readonly event: ProcessEvent }
  | { readonly type: "alert"; readonly change: AlertChange };

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
  /** How fast monitoring's time passes; the app's own does not change. @default 1 */
  readonly monitoringSpeed?: number;
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
  const standing = await startStandingCloud({
    root: options.root,
    ...(options.basePort !== undefined && { basePort: options.basePort }),
    ...(options.home !== undefined && { home: options.home }),
    ...(options.geminiApiKey !== undefined && { geminiApiKey: options.geminiApiKey }),
    ...(options.monitoringSpeed !== undefined && { monitoringSpeed: options.monitoringSpeed }),
    onEvent: emit,
  });
  const onAbort = () => void standing.stop();
  options.signal?.addEventListener("abort", onAbort, { once: true });
  try {
    options.signal?.throwIfAborted();
    const [deployed] = await Promise.all([deployStack(options, standing, emit), standing.ready()]);
    return { ...deployed, cloud: standing.cloud, supervisor: standing.cloud.supervisor, stop: standing.stop };
  } catch (error) {
    await standing.stop();
    throw error;
  }
}

async function deployStack(
  options: LocalCloudOptions,
  standing: StandingCloud,
  emit: (event: LocalEvent) => void,
): Promise<Pick<LocalCloudHandle, "outputs" | "simulators" | "resources">> {
  const [imported, artifacts, simulators] = await Promise.all([
    importProgram(),
    options.artifacts ?? buildStack(options.root, emit),
    standing.simulators,
  ]);
  const endpoints = endpointsOf(standing.cloud.ports, options.geminiApiKey !== undefined);
  const { program, shared } = loadStack(options.root, endpoints, artifacts, imported);
  const deployment = await deploy({
    project: PULUMI_PROJECT,
    stack: STACK_NAME,
    program,
    provider: standing.provider,
    onProgress: (progress) => emit({ type: "resource", progress }),
  });
  const outputs = await standing.connect(stackOutputs.parse(deployment.outputs), shared);
  return { outputs, simulators, resources: deployment.resources };
}

/** Builds what the stack deploys, unless it is there. @throws {LocalError} `build_failed` */
export async function buildStack(root: string, emit: (event: LocalEvent) => void): Promise<Artifacts> {
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
