import { relative, resolve } from "node:path";
import { destroy, type EngineOptions, type EngineResult, preview, refresh, up } from "../engine/run.ts";
import type { EngineArguments } from "./engine-arguments.ts";
import { createEngineReport, describeTotals } from "./engine-report.ts";
import { createReporter } from "./reporter.ts";
import { styleFor } from "./style.ts";
import { summary } from "./summary.ts";

/** As shells count it: 128 and SIGINT's number. */
const INTERRUPTED = 130;
const style = styleFor(process.stdout, process.env);
const write = (line: string) => void process.stdout.write(`${line}\n`);
const root = resolve(import.meta.dirname, "../..");

/** Runs one command of the engine, with progress. Returns the exit code. */
export async function runEngine({ command, stack, basePort }: EngineArguments): Promise<number> {
  const reporter = createReporter(write, style);
  const report = createEngineReport(reporter, style, write);
  const interrupted = onInterrupt();
  write(`${style.bold("Servio.AI Omnichannel")}: ${command} of stack ${stack}\n`);
  const options: EngineOptions = {
    root,
    stack,
    ...(basePort !== undefined && { basePort }),
    onEvent: reporter.show,
    onReport: report.show,
    signal: interrupted,
  };
  try {
    const result = await { preview, up, refresh, destroy }[command](options);
    const undecided = report.undecided();
    if (undecided.length > 0)
      reporter.line(
        style.dim("·"),
        `policies that up will ask again, once everything is known: ${undecided.join(", ")}`,
      );
    reporter.line(result.ok ? style.good("✓") : style.bad("✗"), sentence(command, result));
    reporter.settle();
    if (!result.ok) return failed(report.problems(), interrupted.aborted);
    if ("deployed" in result) write(standing(result as Awaited<ReturnType<typeof up>>, stack));
    return 0;
  } catch (error) {
    if (interrupted.aborted) return INTERRUPTED;
    throw error;
  } finally {
    reporter.settle();
  }
}

function onInterrupt(): AbortSignal {
  const interrupted = new AbortController();
  const stop = (signal: NodeJS.Signals): void => {
    if (interrupted.signal.aborted) process.exit(INTERRUPTED);
    write("\nStopping after what is under way… (again to stop at once)");
    interrupted.abort(signal);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  return interrupted.signal;
}

function sentence(command: EngineArguments["command"], { ok, totals }: EngineResult): string {
  const told = describeTotals(totals, command === "preview" ? "planned" : "done");
  if (!ok) return told === "nothing" ? `${command} failed` : `${command} failed: ${told}`;
  if (command !== "refresh") return told;
  return totals.drifted === 0
    ? "everything is as it was made"
    : `${totals.drifted} changed or gone; npm run up makes it as the program says`;
}

function failed(problems: readonly string[], interrupted: boolean): number {
  for (const problem of problems) write(`\n${style.bad("✗")} ${problem}`);
  if (problems.some((text) => text.includes("configuration of this stack")))
    write("\nThe settings of this stack stand in Pulumi.local.yaml.");
  return interrupted ? INTERRUPTED : 1;
}

function standing({ deployed }: Awaited<ReturnType<typeof up>>, stack: string): string {
  if (!deployed) return "";
  return summary(
    {
      outputs: deployed.outputs,
      home: relative(root, deployed.home),
      processes: deployed.status.processes.map(({ name }) => name),
      notes: deployed.status.notes,
      geminiIsReal: deployed.geminiIsReal,
      ending: `It goes on running. To end it: npm run destroy${stack === "local" ? "" : ` -- --stack ${stack}`}`,
    },
    style,
  );
}
