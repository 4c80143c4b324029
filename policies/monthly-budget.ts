import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type ReportViolation, type StackValidationPolicy, UnknownValueError } from "@pulumi/policy";
import { type Baseline, type Change, difference, percentText, readBaseline } from "../infra/cost/diff.ts";
import { CostError } from "../infra/cost/errors.ts";
import { estimate, type Line } from "../infra/cost/estimate.ts";
import { dollars, type MicroUsd, parseUsd } from "../infra/cost/money.ts";
import { report as costReport, type Report } from "../infra/cost/report/report.ts";
import type { Resource } from "../infra/cost/resource.ts";
import { profileOf } from "../infra/cost/usage/overrides.ts";
import { report } from "./rule.ts";

interface Config {
  /** Dollars a month that the estimate may reach at its high end, what WhatsApp and SendGrid bill included. */
  readonly budgetUsd: number;
  /** Dollars that one change may add to the baseline. */
  readonly maxIncreaseUsd?: number;
  /** Percent that one change may add to the baseline. */
  readonly maxIncreasePercent?: number;
  /** An estimate saved with `npm run --silent cost -- --json`, by its path from the root of the repository. */
  readonly baseline?: string;
  /** The usage to estimate with. */
  readonly profile: string;
}

const ROOT = new URL("../", import.meta.url);

/** Costs are decided when a change is previewed, not when the bill comes. */
export const monthlyBudget: StackValidationPolicy = {
  name: "monthly-budget",
  description: "The stack's estimated month stays within its budget, and no change adds more than is allowed.",
  severity: "high",
  configSchema: {
    properties: {
      budgetUsd: { type: "number", default: 200, minimum: 0 },
      maxIncreaseUsd: { type: "number", minimum: 0 },
      maxIncreasePercent: { type: "number", minimum: 0 },
      baseline: { type: "string" },
      profile: { type: "string", default: "specification" },
    },
  },
  validateStack: (stack, reportViolation) => {
    const config = stack.getConfig<Config>();
    const resources = stack.resources.map(({ type, name, props }) => ({ type, name, inputs: known(props) }));
    try {
      check(config, resources, reportViolation);
    } catch (error) {
      if (!(error instanceof CostError)) throw error;
      report(reportViolation, {
        wanted: "a stack whose cost can be estimated",
        found: `${error.code}: ${error.message}`,
        change: "what the message names; settings of monthly-budget stand in policies/prod.json",
      });
    }
  },
};

function check(config: Config, resources: readonly Resource[], reportViolation: ReportViolation): void {
  const result = estimate(resources, profileOf({}, config.profile));
  const amount = result.totals.total.high;
  const budget = usd(config.budgetUsd);
  if (amount > budget) {
    report(reportViolation, {
      wanted: `an estimate of at most ${dollars(budget)} a month (profile ${config.profile})`,
      found: `${dollars(amount)}, which is ${dollars(amount - budget)} too much; the largest are ${largest(result.lines)}`,
      change: "take back what grew (npm run cost shows each resource), or raise monthly-budget in policies/prod.json",
    });
  }
  if (config.baseline === undefined) return;
  const now = costReport({ stack: "preview", project: "preview", resources, estimate: result });
  checkIncrease(config, savedEstimate(config.baseline), now, reportViolation);
}

function checkIncrease(config: Config, baseline: Baseline, now: Report, reportViolation: ReportViolation): void {
  const { changes, before, after } = difference(baseline, now);
  const by = after.high - before.high;
  const { maxIncreaseUsd, maxIncreasePercent } = config;
  const limits = [
    ...(maxIncreaseUsd === undefined ? [] : [{ most: usd(maxIncreaseUsd), text: dollars(usd(maxIncreaseUsd)) }]),
    ...(maxIncreasePercent === undefined
      ? []
      : [{ most: (before.high * usd(maxIncreasePercent)) / 100_000_000n, text: `${maxIncreasePercent} %` }]),
  ].filter(({ most }) => by > most);
  if (limits.length === 0) return;
  report(reportViolation, {
    wanted: `at most ${limits.map(({ text }) => text).join(" and ")} more than the ${dollars(before.high)} of ${config.baseline}`,
    found: `${dollars(after.high)}: ${dollars(by)} more (${percentText(by, before.high)}), most of all ${grown(changes)}`,
    change: "take back what grew, or, when it is meant, save the estimate as the new baseline",
  });
}

function savedEstimate(path: string): Baseline {
  const file = fileURLToPath(new URL(path, ROOT));
  try {
    return readBaseline(readFileSync(file, "utf8"));
  } catch (error) {
    if (error instanceof CostError) throw error;
    throw new CostError(
      "cost_baseline_missing",
      `${file} cannot be read (${String(error)}). Save one with: npm run --silent cost -- --json > ${path}`,
    );
  }
}

/** Settings are JSON numbers; from here on money is whole. */
function usd(amount: number): MicroUsd {
  return parseUsd(String(amount));
}

function largest(lines: readonly Line[]): string {
  return lines
    .toSorted((left, right) => (right.net.high > left.net.high ? 1 : -1))
    .slice(0, 3)
    .map(({ resource, component, net }) => `${resource}, ${component} (${dollars(net.high)})`)
    .join("; ");
}

function grown(changes: readonly Change[]): string {
  return changes
    .filter(({ by }) => by > 0n)
    .slice(0, 3)
    .map(({ what, by }) => `${what} (+${dollars(by)})`)
    .join("; ");
}

/**
 * A copy without what a preview does not know. The estimate asks for sizes and counts, which the program itself says; what
 * only the cloud will say, such as an address, costs nothing.
 */
function known(props: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const copy = knownValue(() => props);
  return typeof copy === "object" && copy !== null ? (copy as Record<string, unknown>) : {};
}

function knownValue(read: () => unknown): unknown {
  try {
    const value = read();
    if (Array.isArray(value)) return Array.from({ length: value.length }, (_, index) => knownValue(() => value[index]));
    if (typeof value !== "object" || value === null) return value;
    const object = value as Readonly<Record<string, unknown>>;
    return Object.fromEntries(Object.keys(object).map((key) => [key, knownValue(() => object[key])]));
  } catch (error) {
    if (error instanceof UnknownValueError) return undefined;
    throw error;
  }
}
