import { expect, test } from "vitest";
import { type CostOptions, runCost } from "./run.ts";

const STACK = `
config:
  gcp:project: example-shop
  servio-omnichannel:environment: dev
  servio-omnichannel:apiMinInstances: "1"
  servio-omnichannel:metaAppSecret:
    secure: v1:example
  servio-cost:messagesPerDay: 600
`;

function files(contents: Readonly<Record<string, string>>): (path: string) => Promise<string> {
  return async (path) => contents[path] ?? Promise.reject(new Error(`no such file: ${path}`));
}

async function run(options: Partial<CostOptions>, contents: Readonly<Record<string, string>> = {}): Promise<string> {
  return runCost({ stack: "dev", format: "text", ...options }, files({ "Pulumi.dev.yaml": STACK, ...contents }));
}

test("a stack is estimated from its file alone: encrypted secrets and missing settings are no hindrance", async () => {
  const text = await run({});
  expect(text).toContain("Monthly cost of the stack dev (project example-shop, us-west1)");
  expect(text).toContain("specification, changed by the stack");
  expect(text).toContain("CPU of warm instances");
});

test("a profile can be named for once; what the stack says otherwise still holds", async () => {
  const small = JSON.parse(await run({ profile: "small", format: "json" })) as { profile: { usage: object } };
  expect(small.profile.usage).toMatchObject({ repliesPerDay: 70, messagesPerDay: 600 });
});

test("the region of the stack decides the prices", async () => {
  const there = STACK.replace("gcp:project", "gcp:region: southamerica-east1\n  gcp:project");
  const text = await run({}, { "Pulumi.dev.yaml": there });
  expect(text).toContain("southamerica-east1");
  expect(text).toMatch(/CPU of API requests +90,000 {2}vCPU-second +\$0\.0000336 +\$3\.02/);
});

test("an estimate that was saved is a baseline", async () => {
  const saved = await run({ format: "json" });
  const cheaper = STACK.replace('"1"', '"0"');
  const text = await run({ diff: "baseline.json" }, { "baseline.json": saved, "Pulumi.dev.yaml": cheaper });
  expect(text).toMatch(/^The monthly estimate falls by \$9\.72/);
});

test("as CSV it has one header", async () => {
  const [header] = (await run({ format: "csv" })).split("\n");
  expect(header).toMatch(/^stack,region,resource,/);
});

test("a bill is compared with the estimate of the stack", async () => {
  const bill =
    "service.description,sku.description,usage_start_time,cost,currency\nBigQuery,Analysis,2026-11-01 00:00:00 UTC,2,USD\n";
  expect(await run({ actual: "export.csv" }, { "export.csv": bill })).toMatch(/^1 day of Google's bill: \$2\.00/);
});

test.each([
  [{ stack: "local" }, "costs nothing"],
  [{ stack: "none" }, "no such file: Pulumi.none.yaml"],
  [{ profile: "huge" }, "there are specification, small, busy"],
])("%j is refused", async (options, complaint) => {
  await expect(run(options)).rejects.toThrow(complaint);
});

test("a file that is no stack's is refused", async () => {
  await expect(run({}, { "Pulumi.dev.yaml": "config: 1" })).rejects.toThrow("Pulumi.dev.yaml is no stack's file");
});
