import { relative, resolve } from "node:path";
import { runChecks } from "../checks.ts";
import { type LocalCloudHandle, startLocalCloud } from "../cloud.ts";
import type { StartArguments } from "./arguments.ts";
import { createReporter } from "./reporter.ts";
import { styleFor } from "./style.ts";
import { summary } from "./summary.ts";

/** As shells count it: 128 and SIGINT's number. */
const INTERRUPTED = 130;
const style = styleFor(process.stdout, process.env);
const write = (line: string) => void process.stdout.write(`${line}\n`);
const root = resolve(import.meta.dirname, "../..");

/** Runs until it is interrupted, or, with `--once`, until it is checked. Returns the exit code. */
export async function runCloud(options: StartArguments): Promise<number> {
  const interrupted = new AbortController();
  const interrupt = (): void => {
    // Asked twice: no more patience. Leaving kills what is left.
    if (interrupted.signal.aborted) process.exit(INTERRUPTED);
    write("\nStopping… (again to stop at once)");
    interrupted.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt);
  return run(options, interrupted.signal);
}

async function run(options: StartArguments, interrupted: AbortSignal): Promise<number> {
  const reporter = createReporter(write, style);
  const geminiApiKey = process.env.GEMINI_API_KEY;
  write(`${style.bold("Servio.AI Omnichannel")} on a local Google Cloud, from port ${options.basePort}\n`);
  let handle: LocalCloudHandle;
  try {
    handle = await startLocalCloud({
      root,
      basePort: options.basePort,
      signal: interrupted,
      onEvent: reporter.show,
      ...(geminiApiKey && { geminiApiKey }),
    });
  } catch (error) {
    reporter.settle();
    if (interrupted.aborted) return INTERRUPTED;
    throw error;
  }
  reporter.line(style.good("✓"), `${reporter.resources()} resources`);
  reporter.settle();
  try {
    if (options.once) return await check(handle, interrupted);
    const { cloud, outputs } = handle;
    const standing = {
      outputs,
      home: relative(root, cloud.paths.home),
      processes: cloud.supervisor.list().map(({ name }) => name),
      notes: cloud.notes.list(),
      geminiIsReal: Boolean(geminiApiKey),
      ending: "Ctrl-C stops everything.",
    };
    write(summary(standing, style));
    await new Promise<void>((done) => {
      if (interrupted.aborted) done();
      else interrupted.addEventListener("abort", () => done(), { once: true });
    });
    return 0;
  } finally {
    await handle.stop();
  }
}

async function check(handle: LocalCloudHandle, interrupted: AbortSignal): Promise<number> {
  write(`\n${style.bold("Checks")}`);
  const results = await runChecks(handle.outputs, interrupted, ({ name, ok, detail, elapsedMs }) => {
    const mark = ok ? style.good("✓") : style.bad("✗");
    write(`  ${mark} ${name} ${style.dim(`${Math.round(elapsedMs)} ms`)}${ok ? "" : `\n      ${detail}`}`);
  });
  const failed = results.filter(({ ok }) => !ok).length;
  write(
    failed === 0
      ? `\n${style.good("All checks passed.")}`
      : `\n${style.bad(`${failed} of ${results.length} checks failed.`)} Logs: ${handle.cloud.paths.logs}`,
  );
  return failed === 0 ? 0 : 1;
}
