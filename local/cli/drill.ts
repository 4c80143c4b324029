import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type LocalCloudHandle, startLocalCloud } from "../cloud.ts";
import { createControl } from "../drills/control.ts";
import { DRILL_NAMES, DRILLS, type Drill } from "../drills/drills.ts";
import { type DrillResult, type Moment, runDrill } from "../drills/run-drill.ts";
import { asError, LocalError } from "../errors.ts";
import { readBasePort } from "./arguments.ts";
import { endWith } from "./end.ts";
import { styleFor } from "./style.ts";

/**
 * `npm run drill`: makes what alerts are for, on a stack of its own, and shows when it was noticed, told and over. Exit
 * codes: 0 as the policies state, 1 not, 2 wrong arguments.
 */

const USAGE = `npm run drill -- ${DRILL_NAMES.join("|")}|all [options]

Starts a local stack, breaks something through the control API, and prints the timeline: fault, detection, notification,
recovery, closed. Monitoring's time passes faster; the app's own time limits and retries do not.

  --speed N  seconds of monitoring in one (default 60; 1 takes as long as in the cloud)
  --port N   first port (default 4600)
  --help     this text`;

const DEFAULT_SPEED = 60;
const DEFAULT_PORT = "4600";
const style = styleFor(process.stdout, process.env);
const write = (line: string) => void process.stdout.write(`${line}\n`);
const root = resolve(import.meta.dirname, "../..");

async function main(): Promise<number> {
  const options = readDrillArguments(process.argv.slice(2));
  if (options.help) {
    write(USAGE);
    return 0;
  }
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => interrupted.abort());
  write(`${style.dim("Starting a stack for the drills…")}`);
  const handle = await startLocalCloud({
    root,
    basePort: options.basePort,
    home: join(root, ".local", "drill"),
    monitoringSpeed: options.speed,
    signal: interrupted.signal,
  });
  try {
    const results: DrillResult[] = [];
    for (const drill of options.drills) results.push(await play(drill, handle, options.speed, interrupted.signal));
    const failed = results.filter(({ problems }) => problems.length > 0);
    write(
      failed.length === 0
        ? `\n${style.good(`${results.length === 1 ? "The drill" : `All ${results.length} drills`} went as the policies state.`)}`
        : `\n${style.bad(`${failed.length} of ${results.length} drills did not.`)} Logs: ${handle.cloud.paths.logs}`,
    );
    return failed.length === 0 ? 0 : 1;
  } finally {
    await handle.stop();
  }
}

async function play(drill: Drill, handle: LocalCloudHandle, asked: number, signal: AbortSignal): Promise<DrillResult> {
  const { cloud, outputs } = handle;
  const speed = Math.min(asked, drill.mostSpeed ?? asked);
  cloud.watcher.setSpeed(speed);
  write(
    `\n${style.bold(drill.name)}  ${style.dim(`at ${speed} times the speed; opens within ${drill.within.opens} s of the first failure, closes within ${drill.within.closes} s of the last`)}`,
  );
  const ground = {
    watcher: cloud.watcher,
    control: createControl(outputs.simulatorUrl),
    runJob: (name: string) => cloud.jobs.run(name),
    signal,
  };
  const result = await runDrill(drill, ground, (moment) => write(line(moment, speed)));
  for (const problem of result.problems) write(`  ${style.bad("✗")} ${problem}`);
  if (result.problems.length === 0) write(`  ${style.good("✓")} one alert, one notification each way`);
  return result;
}

function line({ what, at, text }: Moment, speed: number): string {
  const clock = `${String(Math.floor(at / 60)).padStart(3)} min ${String(Math.floor(at % 60)).padStart(2, "0")} s`;
  return `  ${clock}  ${style.dim(`(${(at / speed).toFixed(1)} s here)`)}  ${what.padEnd(13)}  ${text}`;
}

/** @throws {LocalError} `arguments_invalid` */
function readDrillArguments(argv: readonly string[]) {
  const { values, positionals } = parse(argv);
  const speed = Number(values.speed ?? DEFAULT_SPEED);
  if (!(speed >= 1 && speed <= 120)) throw invalid(`--speed ${values.speed} is not a number from 1 to 120.`);
  const [name] = positionals;
  const drills = name === "all" ? DRILLS : DRILLS.filter((drill) => drill.name === name);
  if (drills.length === 0 && !values.help) throw invalid(`There is no drill "${name ?? ""}".`);
  return { drills, speed, basePort: readBasePort(values.port ?? DEFAULT_PORT), help: values.help };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        speed: { type: "string" },
        port: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw invalid(asError(error).message);
  }
}

function invalid(seen: string): LocalError {
  return new LocalError(
    "arguments_invalid",
    seen,
    `See: npm run drill -- --help. There are: ${DRILL_NAMES.join(", ")}, all`,
  );
}

await endWith(main);
