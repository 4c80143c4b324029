import { describe, expect, test } from "vitest";
import { HOUR, MINUTE, NOON } from "../testing/examples.ts";
import { dayStrip, incidents, SLOTS, worstFirst } from "./health.ts";

test("a day nobody looked at is unknown", () => {
  expect(dayStrip([], NOON)).toEqual(Array.from({ length: SLOTS }, () => "unknown"));
});

test("a state lasts until the next one; a slot shows the worst that it saw", () => {
  const strip = dayStrip(
    [
      { at: NOON - 30 * HOUR, state: "online" },
      { at: NOON - 2 * HOUR + MINUTE, state: "offline" },
      { at: NOON - 2 * HOUR + 10 * MINUTE, state: "degraded" },
      { at: NOON - HOUR, state: "online" },
    ],
    NOON,
  );
  expect(strip.slice(0, 44)).toEqual(Array.from({ length: 44 }, () => "online"));
  expect(strip.slice(44)).toEqual(["offline", "degraded", "online", "online"]);
});

test("the slot of the first look shows what was seen", () => {
  expect(dayStrip([{ at: NOON - MINUTE, state: "online" }], NOON).slice(-2)).toEqual(["unknown", "online"]);
});

test("the worst channel comes first", () => {
  const of = (channel: "whatsapp" | "instagram" | "facebook", state: "online" | "offline" | "degraded") =>
    ({ channel, state, history: [], notices: [] }) as const;
  const order = worstFirst([of("whatsapp", "online"), of("instagram", "degraded"), of("facebook", "offline")]);
  expect(order.map((health) => health.channel)).toEqual(["facebook", "instagram", "whatsapp"]);
});

describe("incidents", () => {
  test("go from leaving online to coming back, are as bad as their worst, and name what began them", () => {
    const history = [
      { at: NOON - 9 * HOUR, state: "online" },
      { at: NOON - 3 * HOUR, state: "degraded", reason: "unreachable" },
      { at: NOON - 2 * HOUR, state: "offline", reason: "token_invalid" },
      { at: NOON - HOUR, state: "online" },
      { at: NOON - MINUTE, state: "degraded", reason: "quality_low" },
    ] as const;
    expect(incidents(history, NOON)).toEqual([
      { from: NOON - MINUTE, state: "degraded", reason: "quality_low" },
      { from: NOON - 3 * HOUR, until: NOON - HOUR, state: "offline", reason: "unreachable" },
    ]);
  });

  test("older than a day are left out, unless they go on", () => {
    const old = { at: NOON - 40 * HOUR, state: "offline" } as const;
    expect(incidents([old], NOON)).toEqual([{ from: old.at, state: "offline" }]);
    expect(incidents([old, { at: NOON - 30 * HOUR, state: "online" }], NOON)).toEqual([]);
  });
});
