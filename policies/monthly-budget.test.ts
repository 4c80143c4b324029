import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { estimate } from "../infra/cost/estimate.ts";
import { dollars, type MicroUsd } from "../infra/cost/money.ts";
import { reportJson } from "../infra/cost/report/formats.ts";
import { report } from "../infra/cost/report/report.ts";
import { PROFILES } from "../infra/cost/usage/profiles.ts";
import { type Recording, runProgram } from "../infra/testing.ts";
import { monthlyBudget } from "./monthly-budget.ts";
import { type Sample, type Settings, UNKNOWN, violations, withUnknowns } from "./testing.ts";

const folder = mkdtempSync(join(tmpdir(), "servio-budget-"));
afterAll(() => rmSync(folder, { recursive: true }));

const PRODUCTION = {
  environment: "prod",
  dataProtection: "guarded",
  customDomain: "omni.example.com",
  apiMinInstances: "1",
  webhookMinInstances: "1",
};
const DOUBLED = { ...PRODUCTION, apiMinInstances: "2", webhookMinInstances: "2" };

const { "monthly-budget": inProduction } = JSON.parse(
  readFileSync(new URL("prod.json", import.meta.url), "utf8"),
) as Record<string, Settings>;

const production = await runProgram({ settings: PRODUCTION });
const doubled = await runProgram({ settings: DOUBLED });

function samples({ resources }: Recording): Sample[] {
  return resources.map(({ type, name, inputs }) => ({ type, name, props: inputs }));
}

function highEnd({ resources }: Recording): MicroUsd {
  return estimate(resources, PROFILES.specification).totals.total.high;
}

/** An estimate as `--json` saves it. */
function saved({ resources }: Recording): string {
  const path = join(folder, "baseline.json");
  const result = estimate(resources, PROFILES.specification);
  writeFileSync(path, reportJson(report({ stack: "prod", project: "example", resources, estimate: result })));
  return path;
}

test("production as it ships is within its budget", async () => {
  expect(await violations(monthlyBudget, samples(production), inProduction)).toEqual([]);
});

test("twice the warm instances are stopped in production, with the amount", async () => {
  const [found = "", ...more] = await violations(monthlyBudget, samples(doubled), inProduction);
  expect(more).toEqual([]);
  const budget = BigInt(Number(inProduction?.budgetUsd)) * 1_000_000n;
  expect(found).toContain(`wanted: an estimate of at most ${dollars(budget)} a month (profile specification)`);
  expect(found).toContain(
    `found:  ${dollars(highEnd(doubled))}, which is ${dollars(highEnd(doubled) - budget)} too much`,
  );
  expect(dollars(highEnd(doubled) - highEnd(production))).toBe("$19.44");
});

test("so they are at a preview, which knows no address and no id yet", async () => {
  const preview = await runProgram({ settings: DOUBLED, preview: true });
  const previewed = samples(preview).map((sample) => ({
    ...sample,
    props: withUnknowns(sample.props) as Record<string, unknown>,
  }));
  expect(JSON.stringify(previewed).split(UNKNOWN).length - 1).toBeGreaterThan(50);
  const [found] = await violations(monthlyBudget, previewed, inProduction);
  expect(found).toContain(`found:  ${dollars(highEnd(doubled))}`);
});

test("a whole input that is unknown is passed over, not fallen over", async () => {
  const service = { type: "gcp:cloudrunv2/service:Service", props: { location: "us-west1", template: UNKNOWN } };
  const [found] = await violations(monthlyBudget, [service], { budgetUsd: 1 });
  expect(found).toContain("wanted: an estimate of at most $1.00 a month");
});

test("a change may add only so much to the baseline, in dollars and in percent", async () => {
  const settings = { budgetUsd: 1000, maxIncreaseUsd: 15, maxIncreasePercent: 10, baseline: saved(production) };
  expect(await violations(monthlyBudget, samples(production), settings)).toEqual([]);
  const [found = "", ...more] = await violations(monthlyBudget, samples(doubled), settings);
  expect(more).toEqual([]);
  expect(found).toContain(`wanted: at most $15.00 and 10 % more than the ${dollars(highEnd(production))}`);
  expect(found).toContain(": $19.44 more (+");
  expect(found).toContain("api (cloudrunv2.Service), CPU of warm instances (+$6.48)");
});

test("either limit is enough by itself, and a change within both passes", async () => {
  const baseline = saved(production);
  const one = (limits: Settings) =>
    violations(monthlyBudget, samples(doubled), { budgetUsd: 1000, baseline, ...limits });
  expect(await one({ maxIncreaseUsd: 19.43 })).toHaveLength(1);
  expect(await one({ maxIncreaseUsd: 19.44 })).toEqual([]);
  expect(await one({ maxIncreasePercent: 10 })).toHaveLength(1);
  expect(await one({ maxIncreasePercent: 30 })).toEqual([]);
});

test("a baseline that is not there is said, with the command that saves one", async () => {
  const [found] = await violations(monthlyBudget, samples(production), { budgetUsd: 1000, baseline: "no-such.json" });
  expect(found).toContain("cost_baseline_missing");
  expect(found).toContain("npm run --silent cost -- --json > no-such.json");
});

test("a region without prices is a violation, not a crash", async () => {
  const { resources } = await runProgram({ settings: { "gcp:region": "europe-west1" } });
  const [found] = await violations(monthlyBudget, samples({ ...production, resources }));
  expect(found).toContain("cost_region_unknown: There are no prices for europe-west1");
});

test("the usage is a setting", async () => {
  const [found] = await violations(monthlyBudget, samples(production), { profile: "busy" });
  expect(found).toContain("(profile busy)");
  expect(await violations(monthlyBudget, samples(production), { profile: "small" })).toEqual([]);
});
