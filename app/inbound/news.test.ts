import { fc, test } from "@fast-check/vitest";
import { Timestamp } from "firebase-admin/firestore";
import { describe, expect } from "vitest";
import type { EarlyNews, Message, MessageStatus } from "../conversations/model.ts";
import { type Subject, withDeletion, withEarlyNews, withEdit, withReaction, withStatus } from "./news.ts";

const MESSAGE: Message = {
  id: "m1",
  conversationId: "c1",
  channel: "whatsapp",
  sender: "omni_ia",
  senderType: "bot",
  text: "original",
  timestamp: Timestamp.fromMillis(1_000),
  isAutomation: false,
  metadata: {},
  createdAt: Timestamp.fromMillis(1_000),
  status: "sent",
  payload: "p",
  attachments: [{ type: "image" }],
};
const EARLY: EarlyNews = {
  id: "m1",
  stub: true,
  channel: "whatsapp",
  providerId: "p1",
  expireAt: Timestamp.fromMillis(9e9),
};

type Change = <T extends Subject>(subject: T) => T;
const status = fc.constantFrom<MessageStatus>("sent", "delivered", "read", "failed");
const change: fc.Arbitrary<Change> = fc.oneof(
  status.map(
    (to): Change =>
      (subject) =>
        withStatus(subject, to, { code: 1, message: "x" }),
  ),
  fc.tuple(fc.constantFrom("a", "b"), fc.constantFrom("", "👍", "❤️"), fc.integer({ min: 1, max: 4 })).map(
    ([who, emoji, at]): Change =>
      (subject) =>
        withReaction(subject, who, emoji, at),
  ),
  fc.tuple(fc.constantFrom("um", "dois", ""), fc.integer({ min: 1, max: 3 })).map(
    ([text, revision]): Change =>
      (subject) =>
        withEdit(subject, text, revision, revision),
  ),
  fc.integer({ min: 1, max: 4 }).map(
    (at): Change =>
      (subject) =>
        withDeletion(subject, at),
  ),
);

const apply = <T extends Subject>(subject: T, changes: readonly Change[]): T =>
  changes.reduce<T>((result, one) => one(result), subject);

describe("news of a message", () => {
  test.prop([fc.array(change, { maxLength: 8 }), fc.infiniteStream(fc.nat())])(
    "lead to the same document in any order",
    (changes, numbers) => {
      const shuffled = changes.map((one) => ({ one, by: numbers.next().value as number })).sort((a, b) => a.by - b.by);
      expect(
        apply(
          MESSAGE,
          shuffled.map(({ one }) => one),
        ),
      ).toEqual(apply(MESSAGE, changes));
    },
  );

  test.prop([fc.array(change, { maxLength: 8 })])("change nothing when they come again", (changes) => {
    const once = apply(MESSAGE, changes);
    expect(apply(once, changes)).toEqual(once);
  });

  test.prop([fc.array(change, { maxLength: 8 }), fc.nat()])(
    "may come before the message, or some of them",
    (changes, cut) => {
      const early = changes.slice(0, cut % (changes.length + 1));
      const late = changes.slice(early.length);
      expect(apply(withEarlyNews(MESSAGE, apply(EARLY, early)), late)).toEqual(apply(MESSAGE, changes));
    },
  );
});

describe("a status", () => {
  test.prop([status, status])("of two the further one stays", (one, two) => {
    const order = ["sent", "failed", "delivered", "read"];
    const further = order.indexOf(one) > order.indexOf(two) ? one : two;
    expect(apply(MESSAGE, [(m) => withStatus(m, one), (m) => withStatus(m, two)]).status).toBe(further);
  });

  test("does not touch what the customer wrote", () => {
    const inbound: Message = { ...MESSAGE, status: "received" };
    expect(withStatus(inbound, "read")).toBe(inbound);
  });
});

describe("a deletion", () => {
  test("keeps nothing of what was said", () => {
    const deleted = withDeletion({ ...MESSAGE, referral: { a: "b" } }, 5);
    expect(deleted).toMatchObject({ text: "", deletedAt: Timestamp.fromMillis(5) });
    expect(Object.keys(deleted)).not.toEqual(expect.arrayContaining(["attachments"]));
    expect(deleted).not.toHaveProperty("payload");
    expect(deleted).not.toHaveProperty("referral");
  });
});
