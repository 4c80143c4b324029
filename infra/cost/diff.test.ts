import { expect, test } from "vitest";
import { runProgram } from "../testing.ts";
import { difference, differenceText, percentText, readBaseline } from "./diff.ts";
import { estimate } from "./estimate.ts";
import { dollars } from "./money.ts";
import { reportJson } from "./report/formats.ts";
import { type Report, report } from "./report/report.ts";
import { PROFILES, type Profile } from "./usage/profiles.ts";

async function reportOf(settings: Record<string, string>, profile: Profile = PROFILES.specification): Promise<Report> {
  const { resources } = await runProgram({ settings });
  return report({ stack: "example", project: "p", resources, estimate: estimate(resources, profile) });
}

const plain = await reportOf({});
const baseline = readBaseline(reportJson(plain));

test("an estimate is the same as itself", () => {
  const same = difference(baseline, plain);
  expect(same.changes).toEqual([]);
  expect(differenceText(same)).toMatch(/^The monthly estimate stays at \$\d+\.\d\d( to \$\d+\.\d\d)?\.$/);
});

test("a warm instance is two lines more, and one sentence", async () => {
  const warm = difference(baseline, await reportOf({ apiMinInstances: "1" }));
  expect(warm.changes.map(({ sign, what, by }) => `${sign} ${what} ${dollars(by)}`)).toEqual([
    "+ api (cloudrunv2.Service), CPU of warm instances $6.48",
    "+ api (cloudrunv2.Service), memory of warm instances $3.24",
  ]);
  expect(differenceText(warm)).toMatch(/^The monthly estimate rises by \$9\.72 \(\+9\.\d %\), from \$/);
});

test("what is gone and what changed are told apart, the largest first, free tiers by themselves", async () => {
  const small = difference(baseline, await reportOf({ schedulesEnabled: "false" }, PROFILES.small));
  const signs = new Map(small.changes.map(({ sign, what }) => [what, sign]));
  expect(signs.get("api (cloudrunv2.Service), CPU of scheduled calls")).toBe("-");
  expect(signs.get("WhatsApp (external), service messages, brazil")).toBe("~");
  expect(signs.get("free tier, Cloud Run: first 180,000 vCPU-seconds a month, by billing account")).toBe("~");
  const sizes = small.changes.map(({ by }) => (by < 0n ? -by : by));
  expect(sizes).toEqual(sizes.toSorted((left, right) => (right > left ? 1 : right < left ? -1 : 0)));
  expect(differenceText(small)).toMatch(/^The monthly estimate falls by \$\d+\.\d\d \(-\d\d\.\d %\)/);
});

test.each(["", "{", "[]", '{"format":"servio-cost/2"}'])("%j is no baseline", (text) => {
  expect(() => readBaseline(text)).toThrow(/The baseline is not/);
});

test("parts are shown in tenths of a percent", () => {
  expect([percentText(5n, 1000n), percentText(-1n, 3n), percentText(1n, 0n)]).toEqual([
    "+0.5 %",
    "-33.3 %",
    "from nothing",
  ]);
});
