import { Timestamp } from "firebase-admin/firestore";
import { expect, test } from "vitest";
import { answeredBy, stillWaiting } from "./waiting.ts";

const NOON = Date.UTC(2026, 10, 23, 12);
const at = (minutes: number) => Timestamp.fromMillis(NOON + minutes * 60_000);

test("the bot's first answer of all, measured from the oldest message that it answers", () => {
  expect(answeredBy("bot", {}, NOON, NOON - 60_000)).toEqual({
    fields: { waitingSince: null, session: { since: at(-1), bot: true } },
    row: { waitingSince: at(-1), firstResponse: true },
  });
});

test("its next one is no first response", () => {
  const session = { since: at(-9), bot: true };
  expect(answeredBy("bot", { session }, NOON, NOON - 60_000)).toEqual({
    fields: { waitingSince: null, session },
    row: { waitingSince: at(-1) },
  });
});

test("a person's first answer is measured from the words that made the bot hand over", () => {
  const before = { session: { since: at(-9), bot: true }, waitingSince: at(-5), lastInboundAt: at(-2) };
  expect(answeredBy("person", before, NOON).row).toEqual({ waitingSince: at(-5), firstResponse: true });
});

test("a person who is faster than the bot ends the customer's wait all the same", () => {
  const before = { inboundCount: 2, answeredCount: 1, lastInboundAt: at(-2) };
  expect(answeredBy("person", before, NOON)).toEqual({
    fields: { waitingSince: null, session: { since: at(-2), person: true } },
    row: { waitingSince: at(-2), firstResponse: true },
  });
});

test("somebody who writes without being asked is measured by nothing", () => {
  expect(answeredBy("person", { inboundCount: 1, answeredCount: 1, lastInboundAt: at(-2) }, NOON).row).toEqual({});
});

test("a customer who writes again while a person is due has waited since the first time", () => {
  expect(stillWaiting({ waitingSince: at(-5) }, NOON)).toEqual({ waitingSince: at(-5) });
  expect(stillWaiting({}, NOON)).toEqual({ waitingSince: at(0) });
  expect(stillWaiting({})).toEqual({});
});
