import { describe, expect, test } from "vitest";
import { barsOf, botShare, logShare, scaleTop, span, ticksUnder } from "./figures.ts";

describe("a span of time", () => {
  test.each([
    [850, "850 ms"],
    [3_240, "3,2 s"],
    [42_000, "42 s"],
    [240_000, "4 min"],
    [5_400_000, "1,5 h"],
    [172_800_000, "2 dias"],
  ])("%d ms is %s", (ms, words) => {
    expect(span(ms, "pt-BR").replace(/\u00a0/g, " ")).toBe(words);
  });
});

test("seconds and hours both have their place on the scale of times", () => {
  const hour = 3_600_000;
  expect(logShare(hour, hour)).toBe(1);
  expect(logShare(1_000, hour)).toBeGreaterThan(0.2);
  expect(logShare(1_000, hour)).toBeLessThan(logShare(60_000, hour));
  expect(logShare(20, hour)).toBe(0);
  expect(logShare(20, 50)).toBe(0);
  expect(ticksUnder(2 * hour)).toEqual([1_000, 60_000, hour]);
});

const volume = (inbound: number, bot: number, person = 0, automation = 0) => ({
  inbound,
  bot,
  person,
  automation,
  failed: 0,
});
const NOTHING = volume(0, 0);
const series = [
  {
    at: "2026-11-25T12:00:00Z",
    channels: { whatsapp: volume(7, 5, 1), instagram: volume(1, 1), facebook: NOTHING, webchat: volume(2, 0, 0, 2) },
  },
];

test("bars add up the channels, or show one", () => {
  expect(barsOf(series)[0]).toMatchObject({ inbound: 10, bot: 6, person: 1, automation: 2 });
  expect(barsOf(series, "whatsapp")[0]).toMatchObject({ inbound: 7, bot: 5, person: 1, automation: 0 });
});

test("the scale ends at a round number that holds every bar", () => {
  expect(scaleTop(barsOf(series))).toBe(10);
  expect(scaleTop([])).toBe(1);
  expect(scaleTop([{ at: 0, inbound: 11, bot: 0, person: 0, automation: 0 }])).toBe(20);
});

test("the assistant's share is of the answers, not of follow-ups", () => {
  expect(botShare(volume(9, 3, 1, 50))).toBe(0.75);
  expect(botShare(NOTHING)).toBeUndefined();
});
