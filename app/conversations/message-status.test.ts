import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mirrorStatus, provesItLeft, raiseStatus } from "./message-status.ts";
import type { MessageStatus } from "./model.ts";

const STATUSES: MessageStatus[] = ["received", "pending", "sending", "sent", "delivered", "read", "failed"];
const anyStatus = fc.constantFrom(...STATUSES);

describe("raiseStatus", () => {
  test.each<[MessageStatus | undefined, MessageStatus, MessageStatus]>([
    [undefined, "delivered", "delivered"],
    ["pending", "sending", "sending"],
    ["sending", "pending", "sending"],
    ["sent", "sending", "sent"],
    ["delivered", "sent", "delivered"],
    ["sent", "read", "read"],
    ["sent", "failed", "failed"],
    ["delivered", "failed", "delivered"],
    ["read", "failed", "read"],
    ["failed", "sent", "failed"],
    ["failed", "delivered", "delivered"],
    ["failed", "read", "read"],
  ])("%s, then %s: %s", (current, next, expected) => {
    expect(raiseStatus(current, next)).toBe(expected);
  });

  test("the order in which provider news arrive does not matter", () => {
    const news = fc.array(fc.constantFrom<MessageStatus>("sent", "delivered", "read", "failed"), { minLength: 1 });
    const settle = (list: readonly MessageStatus[]) => list.reduce<MessageStatus>(raiseStatus, "sending");
    fc.assert(fc.property(news, (list) => settle(list) === settle(list.toReversed()) || list.includes("failed")));
    fc.assert(
      fc.property(news, anyStatus, (list, extra) => settle([...list, extra, extra]) === settle([...list, extra])),
    );
  });

  test("what was read stays read", () => {
    fc.assert(fc.property(fc.array(anyStatus), (list) => list.reduce<MessageStatus>(raiseStatus, "read") === "read"));
  });
});

test("our own send may go back to be tried again, but not below what a webhook raised", () => {
  expect(STATUSES.map((current) => mirrorStatus(current, "pending"))).toEqual([
    "received",
    "pending",
    "pending",
    "sent",
    "delivered",
    "read",
    "failed",
  ]);
});

test("a provider's id or a status from sent upwards proves that it left", () => {
  expect(STATUSES.filter((status) => provesItLeft({ status }))).toEqual(["sent", "delivered", "read"]);
  expect(provesItLeft({ providerId: "wamid.1" })).toBe(true);
  expect(provesItLeft({})).toBe(false);
});
