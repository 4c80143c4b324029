import { Timestamp } from "firebase-admin/firestore";
import { beforeEach } from "vitest";
import type { ChannelEvent, MessageEvent } from "../../channels/channel.ts";
import { millis, START } from "../../channels/shapes/index.ts";
import { messageId } from "../../conversations/ids.ts";
import { createInboundStore } from "../persist.ts";
import { type MemoryStore, memoryStore } from "./memory-store.ts";

/** The customer of most shapes. */
export const CONVERSATION = "whatsapp_5511900000001";

/** The second of a shape, as a document holds it. */
export const at = (n: number): Timestamp => Timestamp.fromMillis(millis(n));

/** A store in memory for the tests of one file, empty before each: what is persisted, and what stands there then. */
export function persistingForTests() {
  const inbound = {
    port: memoryStore() as MemoryStore,
    /** Unix milliseconds. */
    now: 0,
    persist: (...events: ChannelEvent[]) =>
      createInboundStore(inbound.port, { now: () => inbound.now }).persist(events, { trace: "t1" }),
    message: (event: MessageEvent) => inbound.port.documents.get(`messages/${idOf(event)}`),
    conversation: (id = CONVERSATION) => inbound.port.documents.get(`conversations/${id}`),
  };
  beforeEach(() => {
    inbound.port = memoryStore();
    inbound.now = (START + 20) * 1000;
  });
  return inbound;
}

export function idOf(event: MessageEvent): string {
  return messageId(event.channel, event.account, event.providerId);
}
