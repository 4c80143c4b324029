import { setImmediate } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import { asError, LocalError } from "../errors.ts";
import type { LocalProvider } from "../provider.ts";
import type { Values } from "../wire.ts";

/** How far a resource is: what a person follows while a stack comes up. */
export type ProgressEvent =
  | { readonly type: "registered"; readonly resource: ResourceName }
  | { readonly type: "ready"; readonly resource: ResourceName; readonly id: string; readonly elapsedMs: number }
  | { readonly type: "failed"; readonly resource: ResourceName; readonly error: Error; readonly elapsedMs: number };

export interface ResourceName {
  readonly type: string;
  readonly name: string;
}

export interface DeployedResource extends ResourceName {
  readonly id: string;
  /** What it was made with, defaults and names filled in; secrets stay wrapped. */
  readonly inputs: Values;
  /** As the program sees them; secrets stay wrapped. */
  readonly outputs: Values;
}

export interface Deployment<T> {
  readonly outputs: T;
  /** Custom resources, in the order in which they became ready. */
  readonly resources: readonly DeployedResource[];
}

/** What `pulumi.Output`s inside of `T` become. */
export type Resolved<T> =
  T extends pulumi.Output<infer U> ? Resolved<U> : T extends object ? { [K in keyof T]: Resolved<T[K]> } : T;

export interface DeployOptions<T> {
  /** Pulumi's project name, as in Pulumi.yaml. */
  readonly project: string;
  readonly stack: string;
  /** Makes resources and returns the stack's outputs. Runs after the engine is in place. */
  readonly program: () => T | Promise<T>;
  readonly provider: LocalProvider;
  readonly onProgress?: (event: ProgressEvent) => void;
}

/**
 * Runs a Pulumi program against the local provider inside this process: no CLI, no state, no login. The mock monitor of
 * the SDK stands in for the engine, so one deployment runs at a time.
 * @throws {LocalError} `resource_failed`, naming the resource whose check or create failed first.
 */
export async function deploy<T>(options: DeployOptions<T>): Promise<Deployment<Resolved<T>>> {
  const resources: DeployedResource[] = [];
  const registered: ResourceName[] = [];
  const failed = Promise.withResolvers<never>();
  let broken = false;

  // After a failure dependents must not go on, and nothing may see a half-made resource: it stays pending for good.
  async function newResource(args: pulumi.runtime.MockResourceArgs): Promise<pulumi.runtime.MockResourceResult> {
    registered.push({ type: args.type, name: args.name });
    if (!args.custom) return { id: undefined, state: args.inputs };
    if (args.type.startsWith("pulumi:providers:")) return { id: args.name, state: args.inputs };
    const state = await make(args);
    return state ?? new Promise(() => undefined);
  }

  async function make(args: pulumi.runtime.MockResourceArgs): Promise<pulumi.runtime.MockResourceResult | undefined> {
    const resource = { type: args.type, name: args.name };
    const began = performance.now();
    const elapsed = () => performance.now() - began;
    options.onProgress?.({ type: "registered", resource });
    try {
      const made = await checkAndCreate(options.provider, { ...resource, inputs: args.inputs });
      resources.push({ ...resource, ...made });
      options.onProgress?.({ type: "ready", resource, id: made.id, elapsedMs: elapsed() });
      return { id: made.id, state: made.outputs };
    } catch (thrown) {
      const error = asError(thrown);
      // What fails after the first fails because everything is being stopped.
      if (!broken) options.onProgress?.({ type: "failed", resource, error, elapsedMs: elapsed() });
      broken = true;
      failed.reject(
        new LocalError("resource_failed", `${args.name} (${args.type}) was not created.`, error.message, {
          cause: error,
        }),
      );
      return undefined;
    }
  }

  async function run(): Promise<Deployment<Resolved<T>>> {
    await pulumi.runtime.setMocks(
      { newResource, call: (args) => options.provider.invoke(args.token, args.inputs) },
      options.project,
      options.stack,
      false,
    );
    const monitor: unknown = pulumi.runtime.getMonitor();
    const outputs = await plain(await options.program());
    // Also what no output depends on.
    await pulumi.runtime.disconnect();
    // An input that threw keeps its resource from being registered at all; its rejection surfaces a turn later.
    await setImmediate();
    requireUniqueNames(registered, monitor);
    return { outputs, resources };
  }

  // An `apply` that throws surfaces here and nowhere else.
  const onRejection = (reason: unknown): void => failed.reject(asError(reason));
  process.on("unhandledRejection", onRejection);
  try {
    return await Promise.race([run(), failed.promise]);
  } finally {
    process.removeListener("unhandledRejection", onRejection);
  }
}

async function checkAndCreate(
  provider: LocalProvider,
  resource: { type: string; name: string; inputs: Values },
): Promise<Pick<DeployedResource, "id" | "inputs" | "outputs">> {
  const { inputs, failures } = await provider.check(resource);
  if (failures.length > 0) {
    const lines = failures.map(({ property, reason }) => `  ${property || "(all of it)"}: ${reason}`);
    throw new LocalError("inputs_invalid", "Its inputs are not what the type takes:", lines.join("\n"));
  }
  const { id, outputs } = await provider.create({ ...resource, inputs });
  return { id, inputs, outputs };
}

/** Waits for every Output inside of a value; secrets come out plain, for this process alone. */
function plain<T>(value: T): Promise<Resolved<T>> {
  // One that fails rejects nowhere but in the process's unhandled rejections, where `deploy` listens.
  return new Promise((resolve) => {
    pulumi.output(value as Record<string, unknown>).apply((resolved) => resolve(resolved as Resolved<T>));
  });
}

/** The real engine refuses two resources with one URN; the mock monitor lets the second replace the first. */
function requireUniqueNames(registered: readonly ResourceName[], monitor: unknown): void {
  if (!(monitor instanceof MockMonitor)) return;
  if (monitor.getRegisteredResources().size === registered.length) return;
  const seen = new Set<string>();
  for (const { type, name } of registered) {
    const key = `${type} ${name}`;
    if (seen.has(key))
      throw new LocalError(
        "name_twice",
        `Two resources of type ${type} are called "${name}".`,
        "Give each its own name.",
      );
    seen.add(key);
  }
}
