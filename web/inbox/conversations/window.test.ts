import { expect, test } from "vitest";
import { DAY, exampleConversation, HOUR, MINUTE, NOON } from "../testing/examples.ts";
import { replyWindow } from "./window.ts";

const at = (channel: "whatsapp" | "instagram" | "facebook" | "webchat", ago: number) =>
  replyWindow(exampleConversation({ channel, lastInboundAt: NOON - ago, windowExpiresAt: NOON - ago + DAY }), NOON);

test("open, with a notice under four hours and an urgent one under one", () => {
  expect(at("whatsapp", HOUR)).toEqual({ state: "open", leftMs: 23 * HOUR, notice: "none" });
  expect(at("whatsapp", 20 * HOUR)).toEqual({ state: "open", leftMs: 4 * HOUR, notice: "soon" });
  expect(at("whatsapp", 23 * HOUR)).toEqual({ state: "open", leftMs: HOUR, notice: "urgent" });
});

test("WhatsApp closes after 24 hours and says since when", () => {
  expect(at("whatsapp", DAY)).toEqual({ state: "closed", since: NOON });
});

test("Messenger and Instagram leave a person seven days", () => {
  expect(at("instagram", DAY)).toEqual({ state: "person_only", until: NOON + 6 * DAY });
  expect(at("facebook", 7 * DAY - MINUTE)).toEqual({ state: "person_only", until: NOON + MINUTE });
  expect(at("facebook", 7 * DAY)).toEqual({ state: "closed", since: NOON });
});

test("WebChat has no window", () => {
  expect(at("webchat", 30 * DAY)).toEqual({ state: "open", leftMs: Number.POSITIVE_INFINITY, notice: "none" });
});

test("nobody wrote yet: closed, without a since; the window's own end stands in for a missing last message", () => {
  const { lastInboundAt: _, windowExpiresAt: __, ...never } = exampleConversation();
  expect(replyWindow(never, NOON)).toEqual({ state: "closed" });
  expect(replyWindow({ ...never, windowExpiresAt: NOON + HOUR }, NOON)).toEqual({
    state: "open",
    leftMs: HOUR,
    notice: "urgent",
  });
});
