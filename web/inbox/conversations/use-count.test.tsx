// @vitest-environment happy-dom

import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { Conversation, ConversationFilter, PageListener } from "../data/model.ts";
import { exampleConversation, HOUR, MINUTE } from "../testing/examples.ts";
import { fakeInbox } from "../testing/fake-inbox.tsx";
import { show } from "../testing/render.tsx";
import { useCount } from "./use-count.ts";

const NOW = Date.now();
const aside = (id: string, changes: Partial<Conversation> = {}) =>
  exampleConversation({ id, snooze: { until: NOW + HOUR, at: NOW }, lastInboundAt: NOW - MINUTE, ...changes });
const SNOOZED = [
  aside("whatsapp_1"),
  aside("instagram_2", { channel: "instagram" }),
  // The customer has written since: it is open again.
  aside("whatsapp_3", { lastInboundAt: NOW + MINUTE }),
  aside("whatsapp_4", { status: "closed" }),
];

function Count({ filter, hasMore }: { readonly filter: ConversationFilter; readonly hasMore: boolean }) {
  const count = useCount(filter, { items: [exampleConversation()], hasMore });
  return <output>{count ?? "?"}</output>;
}

/** @returns which views were listened to */
function open(filter: ConversationFilter, hasMore: boolean): string[] {
  const inbox = fakeInbox();
  const watched: string[] = [];
  const watch = (asked: ConversationFilter, listener: PageListener<Conversation>) => {
    watched.push(asked.view);
    listener.next({ items: SNOOZED, hasMore: false });
    return { more: () => undefined, look: () => undefined, stop: () => undefined };
  };
  vi.spyOn(inbox.store, "watchConversations").mockImplementation(watch);
  vi.spyOn(inbox.store, "count").mockResolvedValue(1_000);
  show(inbox.around(<Count filter={filter} hasMore={hasMore} />));
  return watched;
}

test.each<[string, ConversationFilter, string]>([
  ["all open ones", { view: "open" }, "998"],
  ["a channel's open ones", { view: "open", channel: "instagram" }, "999"],
  ["closed ones", { view: "closed" }, "1000"],
])("%s are counted without those put aside", async (_what, filter, expected) => {
  open(filter, true);
  expect(await screen.findByText(expected)).toBeTruthy();
});

test("where all are here they are counted here, and nothing more is read", () => {
  expect(open({ view: "open" }, false)).toEqual([]);
  expect(screen.getByText("1")).toBeTruthy();
});
