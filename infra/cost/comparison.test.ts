import { expect, test } from "vitest";
import { runProgram } from "../testing.ts";
import { comparison } from "./comparison.ts";
import { estimate } from "./estimate.ts";
import { add, dollars, NOTHING, spanText } from "./money.ts";
import { PROFILES } from "./usage/profiles.ts";

const { resources } = await runProgram();
const plain = estimate(resources, PROFILES.specification);
const rows = comparison(plain);

test("each line of the specification's section 10 stands beside ours", () => {
  const named = rows.filter(({ section }) => section !== undefined);
  expect(named.map((row) => [row.section, row.line, dollars(row.specification), spanText(row.ours)])).toEqual([
    ["10.1", "Cloud Run", "$15.00", "$0.54"],
    ["10.2", "Firestore", "$5.00", "$1.36"],
    ["10.3", "Cloud Functions", "$2.00", "$0.21"],
    ["10.4", "Gemini", "$0.00", "$12.38"],
    ["10.5", "WhatsApp, Instagram, Facebook", "$0.00", "$44.20"],
    ["10.6", "SendGrid", "$0.00", "$19.95"],
  ]);
});

test("every difference is explained", () => {
  for (const { ours, specification, why } of rows) {
    if (ours.high !== specification) expect(why.length).toBeGreaterThan(40);
  }
});

test("nothing is counted twice or left out: the rows add up to the total", () => {
  const [total, ...others] = rows.toReversed();
  expect(others.map(({ ours }) => ours).reduce(add, NOTHING)).toEqual(plain.totals.total);
  expect(total).toMatchObject({ line: "total", specification: 22_000_000n, ours: plain.totals.total });
});

test("what only some stacks have is said where it is counted", async () => {
  const settings = { dataProtection: "guarded", apiMinInstances: "1" };
  const guarded = comparison(estimate((await runProgram({ settings })).resources, PROFILES.specification));
  const why = (line: string) => guarded.find((row) => row.line === line)?.why;
  expect(why("Cloud Run")).toContain("Warm instances, which the specification does without, add $9.72.");
  expect(why("Cloud Functions")).not.toContain("Warm");
  expect(why("Firestore")).toContain("Backups and point-in-time recovery add $5.70 to $8.80.");
});
