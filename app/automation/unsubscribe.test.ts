import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { readUnsubscribeToken, unsubscribeToken } from "./unsubscribe.ts";

const SECRETS = ["novo", "antigo"];

property.prop([fc.string({ minLength: 1 }).filter((id) => !id.includes("/") && id.isWellFormed())])(
  "a link names exactly whom it was made for, while its secret is known",
  (userId) => {
    for (const secret of SECRETS) expect(readUnsubscribeToken(unsubscribeToken(userId, secret), SECRETS)).toBe(userId);
    expect(readUnsubscribeToken(unsubscribeToken(userId, "outro"), SECRETS)).toBeUndefined();
  },
);

property.prop([fc.string()])("nothing else is a link", (text) => {
  expect(readUnsubscribeToken(text, SECRETS)).toBeUndefined();
});

test("a changed name needs a new signature", () => {
  const [, signature] = unsubscribeToken("a@example.com", "novo").split(".");
  const [other] = unsubscribeToken("b@example.com", "novo").split(".");
  expect(readUnsubscribeToken(`${other}.${signature}`, SECRETS)).toBeUndefined();
});
