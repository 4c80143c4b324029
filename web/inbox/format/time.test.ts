import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE, NOON, SAO_PAULO } from "../testing/examples.ts";
import { clockTime, dayLine, daysBetween, duration, rowTime } from "./time.ts";

describe("rowTime", () => {
  test.each([
    ["this minute", NOON, "12:00"],
    ["this morning", NOON - 11 * HOUR, "01:00"],
    ["yesterday at 23:59", NOON - 12 * HOUR - MINUTE, "ontem"],
    ["six days ago", NOON - 6 * DAY, "ter."],
    ["a week ago", NOON - 7 * DAY, "16/11"],
    ["last year", Date.parse("2025-12-31T15:00:00Z"), "31/12/2025"],
    ["a minute ahead of this machine's clock", NOON + MINUTE, "12:01"],
  ])("%s", (_, at, words) => {
    expect(rowTime(at, NOON, SAO_PAULO)).toBe(words);
  });

  test("speaks English and Spanish", () => {
    expect(rowTime(NOON - DAY, NOON, { ...SAO_PAULO, locale: "en" })).toBe("yesterday");
    expect(rowTime(NOON - DAY, NOON, { ...SAO_PAULO, locale: "es" })).toBe("ayer");
  });
});

describe("dayLine", () => {
  test.each([
    ["today", NOON, "Hoje"],
    ["yesterday", NOON - DAY, "Ontem"],
    ["this year", NOON - 3 * DAY, "Sexta-feira, 20 de novembro"],
    ["another year", Date.parse("2025-12-31T15:00:00Z"), "Quarta-feira, 31 de dezembro de 2025"],
  ])("%s", (_, at, words) => {
    expect(dayLine(at, NOON, SAO_PAULO)).toBe(words);
  });
});

test("days are the reader's, not those of Greenwich", () => {
  const lateEvening = Date.parse("2026-11-23T02:30:00Z");
  expect(daysBetween(lateEvening, NOON, SAO_PAULO)).toBe(1);
  expect(daysBetween(lateEvening, NOON, { ...SAO_PAULO, timeZone: "UTC" })).toBe(0);
  expect(clockTime(lateEvening, SAO_PAULO)).toBe("23:30");
});

test.each([
  [0, "1min"],
  [59 * MINUTE, "59min"],
  [HOUR, "1h"],
  [47 * HOUR, "1dia"],
])("%d ms lasts %s", (ms, words) => {
  expect(duration(ms, { locale: "pt-BR" }).replace(/\s/g, "")).toBe(words);
});
