import { expect, test } from "vitest";
import { readFound } from "./read-found.ts";

const CONVERSATION = {
  id: "whatsapp_5511900000001",
  channel: "whatsapp",
  lastMessage: "Oi",
  lastMessageAt: "2026-11-23T12:00:00.000Z",
  lastMessageSender: "omni_ia",
  contact: { name: "Cliente de exemplo" },
  windowExpiresAt: "2026-11-24T12:00:00.000Z",
};

test("a person found is a row of the list", () => {
  expect(readFound({ conversation: CONVERSATION })).toMatchObject({
    id: CONVERSATION.id,
    customer: "5511900000001",
    name: "Cliente de exemplo",
    lastMessage: "Oi",
    lastMessageAt: Date.UTC(2026, 10, 23, 12),
    windowExpiresAt: Date.UTC(2026, 10, 24, 12),
  });
});

test("a message found stands in the place of the last one", () => {
  const message = { text: "Um orçamento", timestamp: "2026-10-01T00:00:00.000Z", sender: "5511900000001" };
  expect(readFound({ conversation: CONVERSATION, message })).toMatchObject({
    lastMessage: "Um orçamento",
    lastMessageAt: Date.UTC(2026, 9, 1),
    lastMessageSender: "5511900000001",
  });
});

test.each([null, {}, { conversation: {} }, { conversation: "x" }])("%j is none", (value) => {
  expect(readFound(value)).toBeUndefined();
});
