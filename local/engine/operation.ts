import { CommandError, type Stack } from "@pulumi/pulumi/automation/index.js";
import { withLock } from "./lock.ts";
import type { EngineOptions } from "./session.ts";
import { createWatch, type Totals } from "./watch.ts";

export interface EngineResult {
  /** False when the engine stopped on an error, which has been reported. */
  readonly ok: boolean;
  readonly totals: Totals;
}

/** What every operation of the engine takes. */
interface Hooks {
  readonly onEvent: ReturnType<typeof createWatch>["onEvent"];
  readonly signal: AbortSignal;
  readonly color: "never";
}

/** Runs one operation of the engine and tells what it does. What fails inside of it has been told by its events. */
export async function watched(
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
  options.signal.throwIfAborted();
  const hooks = { onEvent: watch.onEvent, signal: notYetHeard(options.signal), color: "never" } as const;
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

/** Ctrl-C is told to the engine by the terminal already, and a second time would mean "at once, whatever breaks". */
function notYetHeard(signal: AbortSignal): AbortSignal {
  const others = new AbortController();
  const pass = (): void => {
    if (signal.reason !== "SIGINT") others.abort(signal.reason);
  };
  signal.addEventListener("abort", pass, { once: true });
  return others.signal;
}

/** The transcript's end is where the CLI says why. */
function tailOf(error: CommandError): string {
  const lines = error.message.split("\n").filter((line) => line.trim() !== "" && !/^\s*(err\?:|code:)/.test(line));
  return lines.slice(-8).join("\n");
}
