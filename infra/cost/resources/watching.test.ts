import { expect, test } from "vitest";
import { estimate } from "../estimate.ts";
import { quantityText, spanText } from "../money.ts";
import { PROFILES } from "../usage/profiles.ts";

/** Each resource's components with quantity and cost, external costs left out. */
function linesOf(...resources: readonly { type: string; inputs: Record<string, unknown> }[]): string[] {
  const named = resources.map((resource, index) => ({ ...resource, name: `example-${index}` }));
  return estimate(named, PROFILES.specification)
    .lines.filter(({ type }) => type !== "external")
    .map(({ component, quantity, gross }) => `${component}: ${quantityText(quantity)}, ${spanText(gross)}`);
}

test("an alert costs by its conditions, at both ends of an unconfirmed price, and by their evaluations", () => {
  const conditions = [{ displayName: "example" }, { displayName: "example" }];
  expect(linesOf({ type: "gcp:monitoring/alertPolicy:AlertPolicy", inputs: { conditions } })).toEqual([
    "conditions: 2, $0.00 to $3.00",
    "evaluations: 172,800, $0.00 to $0.06",
  ]);
});

test("a log-based metric costs by its points: ten times as much for a distribution", () => {
  const metric = (valueType: string) => ({
    type: "gcp:logging/metric:Metric",
    inputs: { metricDescriptor: { metricKind: "DELTA", valueType } },
  });
  expect(linesOf(metric("INT64"), metric("DISTRIBUTION"))).toEqual(["points: 2.64, $0.68", "points: 26.37, $6.80"]);
});

test("an uptime check runs from every place that it names, or from six", () => {
  const check = (inputs: Record<string, unknown>) => ({
    type: "gcp:monitoring/uptimeCheckConfig:UptimeCheckConfig",
    inputs,
  });
  expect(linesOf(check({ period: "300s", selectedRegions: ["USA", "EUROPE", "SOUTH_AMERICA"] }), check({}))).toEqual([
    "executions: 25,920, $7.78",
    "executions: 259,200, $77.76",
  ]);
});

test("five forwarding rules cost as much as one, the sixth its own price", () => {
  const rule = { type: "gcp:compute/globalForwardingRule:GlobalForwardingRule", inputs: {} };
  const lines = linesOf(rule, rule, rule, rule, rule, rule);
  expect(lines).toEqual(["up to five rules: 720, $18.00", expect.any(String), "further rule: 720, $7.20"]);
});

test("a daily backup is as many copies as days it is kept, a weekly one as many as weeks", () => {
  const backup = (inputs: Record<string, unknown>) => ({ type: "gcp:firestore/backupSchedule:BackupSchedule", inputs });
  const retention = "1209600s";
  expect(linesOf(backup({ retention, dailyRecurrence: {} }), backup({ retention, weeklyRecurrence: {} }))).toEqual([
    "copies: 140, $4.20 to $7.00",
    "copies: 20, $0.60 to $1.00",
  ]);
});

test("a secret kept in two places is two versions", () => {
  const replicas = [{ location: "us-west1" }, { location: "southamerica-east1" }];
  const resources = ["secret:Secret", "secretVersion:SecretVersion"].map((type) => ({
    type: `gcp:secretmanager/${type}`,
    name: "example",
    inputs: { replication: { userManaged: { replicas } }, labels: { part: "secrets" } },
  }));
  const [line] = estimate(resources, PROFILES.specification).lines;
  expect(line).toMatchObject({ component: "version", quantity: 2_000_000n, part: "secrets" });
});
