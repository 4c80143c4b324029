import { describe, expect, test } from "vitest";
import { advance } from "./advance.ts";
import type { ChannelHealth, Check } from "./model.ts";

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 23, 12);
const OK: Check = { name: "token", state: "ok" };
const FAILED: Check = { name: "token", state: "failed", code: "token_invalid", advice: "Gere outro." };
const WARNING: Check = { name: "rhythm", state: "warning", code: "silent", advice: "Teste." };

/** One letter a probe, five minutes apart: `.` good, `x` failed, `w` warning. */
function story(probes: string): { statuses: string; told: string[]; health: ChannelHealth | undefined } {
  let health: ChannelHealth | undefined;
  const statuses: string[] = [];
  const told: string[] = [];
  for (const [index, letter] of [...probes].entries()) {
    const check = { ".": OK, x: FAILED, w: WARNING }[letter] ?? OK;
    const advanced = advance("whatsapp", health, { checks: [check] }, START + index * 5 * MINUTE);
    health = advanced.health;
    statuses.push({ online: ".", degraded: "d", offline: "X" }[health.status]);
    for (const { kind, lastedMs } of advanced.notices) {
      told.push(`${index} ${kind}${lastedMs === undefined ? "" : ` ${lastedMs / MINUTE}`}`);
    }
  }
  return { statuses: statuses.join(""), told, health };
}

describe("the status after each probe, and what is told", () => {
  test.each([
    ["one failure is not an outage", ".x.", ".d.", []],
    ["nor are two", ".xx.", ".dd.", []],
    ["three in a row are", ".xxx", ".ddX", ["3 offline"]],
    ["told once, however long it lasts", ".xxxxxxx", ".ddXXXXX", ["3 offline"]],
    ["recovery is told once, with how long it lasted", ".xxxxx...", ".ddXXX...", ["3 offline", "6 recovered 15"]],
    ["a warning never makes an outage", "wwwwww", "dddddd", []],
    ["a warning ends one", ".xxxw", ".ddXd", ["3 offline", "4 recovered 5"]],
    ["failures that are not in a row never make one", ".xx.xx.xx.xx.", ".dd.dd.dd.dd.", []],
    ["from the first probe on", "xxx", "ddX", ["2 offline"]],
    [
      "a flapping channel is told of once, until it is stable for an hour",
      `.${"xxx.".repeat(6)}${".".repeat(12)}`,
      `.${"ddX.".repeat(6)}${".".repeat(12)}`,
      ["3 offline", "4 recovered 5", "7 offline", "8 recovered 5", "11 flapping", "36 stable 60"],
    ],
  ])("%s", (_name, probes, statuses, told) => {
    const seen = story(probes);
    expect(seen.statuses).toBe(statuses);
    expect(seen.told).toEqual(told);
  });

  test("why, since when, and what came before", () => {
    const { health } = story(".xxxx");
    expect(health).toMatchObject({
      status: "offline",
      failures: 4,
      reason: { code: "token_invalid", advice: "Gere outro." },
    });
    expect(health?.since.toMillis()).toBe(START + 15 * MINUTE);
    expect(health?.history.map(({ status }) => status)).toEqual(["online", "degraded", "offline"]);
  });

  test("the document keeps the newest fifty changes", () => {
    expect(story(".x".repeat(60)).health?.history).toHaveLength(50);
  });
});
