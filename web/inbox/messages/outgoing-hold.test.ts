import { expect, test } from "vitest";
import { ApiError, type SendMessage } from "../data/api.ts";
import { exampleMessage, MINUTE, NOON } from "../testing/examples.ts";
import { OutgoingMessages } from "./outgoing.ts";

const ID = "whatsapp_5511900000001";

function setUp(fault?: ApiError) {
  const sent: SendMessage[] = [];
  const timers = new Set<() => void>();
  const outgoing = new OutgoingMessages({
    api: {
      send: (message) => {
        sent.push(message);
        return fault === undefined || sent.length > 1 ? Promise.resolve("stored") : Promise.reject(fault);
      },
    },
    now: () => NOON,
    newId: () => `client-${sent.length}`,
    later: (run) => {
      timers.add(run);
      return () => timers.delete(run);
    },
    toApiError: (reason) => (reason instanceof ApiError ? reason : new ApiError("page", 0, String(reason))),
  });
  return { outgoing, sent, timers, states: () => outgoing.get().map(({ state }) => state) };
}

test("a held message can be taken back, and then never leaves", async () => {
  const { outgoing, sent, timers, states } = setUp();
  await outgoing.send(ID, "Cedo demais", [], { holdMs: 5_000 });
  expect(states()).toEqual(["held"]);
  expect(outgoing.takeBack("client-0")).toBe("Cedo demais");
  expect([timers.size, sent.length, states().length]).toEqual([0, 0, 0]);
  expect(outgoing.takeBack("client-0")).toBeUndefined();
});

test("it leaves once when its time is over, and at once when the page is left", async () => {
  const { outgoing, sent, timers } = setUp();
  await outgoing.send(ID, "Um", [], { holdMs: 5_000 });
  for (const run of [...timers]) run();
  await outgoing.send(ID, "Dois", [], { holdMs: 5_000 });
  outgoing.releaseAll();
  outgoing.releaseAll();
  expect(sent.map(({ text }) => text)).toEqual(["Um", "Dois"]);
});

test("what its author saw travels with it; who insists after a colleague's answer sends it without", async () => {
  const { outgoing, sent } = setUp(new ApiError("answered_meanwhile", 409, "A colleague answered."));
  const shown = [exampleMessage({ at: NOON - MINUTE }), exampleMessage({ id: "m0", at: NOON - 2 * MINUTE })];
  await outgoing.send(ID, "Resposta", shown, { replyTo: { id: "m1" } });
  expect(outgoing.get()).toMatchObject([{ state: "failed", error: { code: "answered_meanwhile" } }]);
  await outgoing.retry("client-0");
  expect(sent).toEqual([
    { conversationId: ID, text: "Resposta", clientMessageId: "client-0", replyTo: "m1", seenAt: NOON - MINUTE },
    { conversationId: ID, text: "Resposta", clientMessageId: "client-0", replyTo: "m1" },
  ]);
});
