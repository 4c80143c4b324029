import type { Timestamp } from "firebase-admin/firestore";
import pino from "pino";
import { expect, test } from "vitest";
import type { Profile } from "../channels/channel.ts";
import { createChannels } from "../channels/create.ts";
import type { Conversation } from "./model.ts";
import type { ReplyStore } from "./ports.ts";
import { knownPerson } from "./profile.ts";

const channels = createChannels({
  graphBaseUrl: "http://127.0.0.1:9",
  graphVersion: "v26.0",
  whatsapp: { token: "t", phoneId: "1" },
  messenger: { token: "t", pageId: "2" },
  instagram: { token: "t", accountId: "3" },
});

/** Who a conversation is with, when the channel answers so. */
async function ask(fields: Partial<Conversation>, found: Profile = { settled: true, name: "Cliente de exemplo" }) {
  const asked: string[] = [];
  const learned: unknown[] = [];
  const store = {
    person: async () => ({ userType: "cliente" }),
    learned: async (id: string, name?: string) => void learned.push([id, name]),
  } as Pick<ReplyStore, "person" | "learned"> as ReplyStore;
  const profile = async (customer: string) => {
    asked.push(customer);
    return found;
  };
  const conversation = { id: "facebook_24", channel: "facebook", ...fields } as Conversation;
  const person = await knownPerson(
    { store, log: pino({ level: "silent" }), channels: { ...channels, facebook: { ...channels.facebook, profile } } },
    conversation,
  );
  return { person, asked, learned };
}

test("a customer of Messenger's is asked for once, and answered by name", async () => {
  expect(await ask({})).toEqual({
    person: { userType: "cliente", name: "Cliente de exemplo" },
    asked: ["24"],
    learned: [["facebook_24", "Cliente de exemplo"]],
  });
});

test("a refusal is remembered; no answer is not", async () => {
  expect(await ask({}, { settled: true })).toMatchObject({ learned: [["facebook_24", undefined]] });
  expect(await ask({}, { settled: false })).toMatchObject({ person: { userType: "cliente" }, learned: [] });
});

test.each([
  ["the name is known", { contact: { name: "Cliente" } }],
  ["it was asked for before", { contact: { profileAt: {} as Timestamp } }],
  ["WhatsApp tells it with each message", { id: "whatsapp_1", channel: "whatsapp" as const }],
  ["the web chat knows none", { id: "webchat_1", channel: "webchat" as const }],
])("nobody is asked when %s", async (_, fields) => {
  expect(await ask(fields)).toEqual({ person: { userType: "cliente" }, asked: [], learned: [] });
});
