import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { readConversation, readMessage } from "./read.ts";

const time = (millis: number) => ({ toMillis: () => millis });

describe("readConversation", () => {
  test("reads the specification's fields and ours", () => {
    const doc = {
      channel: "whatsapp",
      userType: "prestador",
      lastMessage: "Oi",
      lastMessageAt: time(1_000),
      lastMessageSender: "omni_ia",
      status: "active",
      mode: "human",
      assignedTo: "agente@exemplo.com",
      unread: 3,
      needsPerson: true,
      followUp: { trigger: "followup_48h", text: "Ainda posso ajudar?", reason: "window" },
      contact: { name: "Cliente de exemplo", phone: "5511900000001" },
      lastInboundAt: time(900),
      windowExpiresAt: time(2_000),
      language: "es",
    };
    expect(readConversation("whatsapp_5511900000001", doc)).toEqual({
      id: "whatsapp_5511900000001",
      channel: "whatsapp",
      customer: "5511900000001",
      userType: "prestador",
      lastMessage: "Oi",
      lastMessageAt: 1_000,
      lastMessageSender: "omni_ia",
      status: "active",
      mode: "human",
      assignedTo: "agente@exemplo.com",
      unread: 3,
      needsPerson: true,
      followUp: "Ainda posso ajudar?",
      name: "Cliente de exemplo",
      phone: "5511900000001",
      lastInboundAt: 900,
      windowExpiresAt: 2_000,
      language: "es",
    });
  });

  test("an empty document is a conversation with the bot, of the channel in its id", () => {
    expect(readConversation("instagram_178_41", {})).toEqual({
      id: "instagram_178_41",
      channel: "instagram",
      customer: "178_41",
      userType: "cliente",
      lastMessage: "",
      lastMessageAt: 0,
      lastMessageSender: "",
      status: "active",
      mode: "bot",
      needsPerson: false,
      unread: 0,
    });
  });
});

describe("readMessage", () => {
  const author = (doc: Record<string, unknown>) => readMessage("m", { conversationId: "whatsapp_551", ...doc }).author;

  test.each([
    ["customer", { sender: "551", senderType: "admin", status: "received" }],
    ["bot", { sender: "omni_ia", senderType: "bot" }],
    ["automation", { sender: "omni_ia", senderType: "bot", isAutomation: true }],
    ["person", { sender: "agente@exemplo.com", senderType: "admin", status: "sent" }],
  ])("knows the %s", (who, doc) => {
    expect(author(doc)).toBe(who);
  });

  test("keeps attachments and reactions, leaves out what is none", () => {
    const message = readMessage("m", {
      attachments: [{ type: "image", mediaId: "1" }, "odd", null],
      reactions: { "551": "👍", omni_ia: "" },
      error: { code: 131047, message: "Re-engagement message" },
    });
    expect(message.attachments).toEqual([{ type: "image", mediaId: "1" }]);
    expect(message.reactions).toEqual(["👍"]);
    expect(message.error).toEqual({ code: 131047, message: "Re-engagement message" });
  });
});

test.prop([fc.string(), fc.dictionary(fc.string(), fc.anything())])("no document is too odd to be shown", (id, doc) => {
  const conversation = readConversation(id, doc);
  expect(conversation.id).toBe(id);
  expect(conversation.unread).toBeGreaterThanOrEqual(0);
  expect(readMessage(id, doc).id).toBe(id);
});
