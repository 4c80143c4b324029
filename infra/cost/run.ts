import { runProgram } from "../testing.ts";
import { compareActual } from "./actual/compare.ts";
import { readBillingExport } from "./actual/export.ts";
import { actualText } from "./actual/text.ts";
import { difference, differenceText, readBaseline } from "./diff.ts";
import { CostError } from "./errors.ts";
import { estimate, knownRegion } from "./estimate.ts";
import { reportCsv, reportJson } from "./report/formats.ts";
import { report } from "./report/report.ts";
import { reportText } from "./report/table.ts";
import { readStackFile } from "./stack-file.ts";
import { profileOf, USAGE_NAMESPACE } from "./usage/overrides.ts";

/** What an estimate is asked for. Files are named as the person named them. */
export interface CostOptions {
  readonly stack: string;
  readonly profile?: string;
  readonly format: "text" | "json" | "csv";
  /** A saved estimate to compare with. */
  readonly diff?: string;
  /** Google's billing export to compare with. */
  readonly actual?: string;
}

/** @throws when there is no such file. */
export type ReadText = (path: string) => Promise<string>;

/** Everything `npm run cost` prints. @throws {CostError} */
export async function runCost(options: CostOptions, read: ReadText): Promise<string> {
  if (options.stack === "local") {
    throw new CostError("cost_stack_local", "The stack local runs on this machine and costs nothing. Try --stack dev.");
  }
  const file = `Pulumi.${options.stack}.yaml`;
  const settings = readStackFile(file, await read(file));
  const profile = profileOf(settings, options.profile);
  const program = Object.entries(settings).filter(([key]) => !key.startsWith(`${USAGE_NAMESPACE}:`));
  const region = knownRegion(settings["gcp:region"] ?? "us-west1");
  const { resources } = await runProgram({ settings: Object.fromEntries(program) });
  const result = estimate(resources, profile, region);
  if (options.actual !== undefined) {
    const actual = compareActual(result, readBillingExport(await read(options.actual)));
    return options.format === "json" ? reportJson(actual) : actualText(actual);
  }
  const project = settings["gcp:project"] ?? "not set";
  const whole = report({ stack: options.stack, project, resources, estimate: result });
  if (options.diff !== undefined) {
    const changed = difference(readBaseline(await read(options.diff)), whole);
    return options.format === "json" ? reportJson(changed) : differenceText(changed);
  }
  if (options.format === "json") return reportJson(whole);
  return options.format === "csv" ? reportCsv(whole) : reportText(whole);
}
