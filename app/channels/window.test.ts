import { expect, test } from "vitest";
import { sendingWindow } from "./window.ts";

const HOUR = 3_600_000;
const LAST = Date.UTC(2026, 10, 20);

test.each([
  ["whatsapp", 0, "open", 24],
  ["whatsapp", 24 * HOUR - 1, "open", 24],
  ["whatsapp", 24 * HOUR, "template_only", 24],
  ["whatsapp", 300 * HOUR, "template_only", 24],
  ["facebook", 24 * HOUR - 1, "open", 24],
  ["facebook", 24 * HOUR, "person_only", 7 * 24],
  ["facebook", 7 * 24 * HOUR - 1, "person_only", 7 * 24],
  ["facebook", 7 * 24 * HOUR, "closed", 7 * 24],
  ["instagram", 24 * HOUR, "person_only", 7 * 24],
  ["instagram", 7 * 24 * HOUR, "closed", 7 * 24],
] as const)("%s after %i ms: %s", (channel, elapsed, state, hours) => {
  expect(sendingWindow(channel, LAST, LAST + elapsed)).toEqual({ state, expiresAt: LAST + hours * HOUR });
});
