import { describe, expect, test } from "vitest";
import { ApiError } from "../data/api.ts";
import { exampleMessage, MINUTE, NOON } from "../testing/examples.ts";
import { OutgoingMessages, unconfirmed } from "./outgoing.ts";

const ID = "whatsapp_5511900000001";

function setUp() {
  const sent: string[] = [];
  const answers: (() => void)[] = [];
  let fault: ApiError | undefined;
  let count = 0;
  const outgoing = new OutgoingMessages({
    api: {
      send: (message) =>
        new Promise((resolve, reject) => {
          sent.push(`${message.clientMessageId} ${message.text}`);
          answers.push(() => (fault === undefined ? resolve() : reject(fault)));
        }),
    },
    now: () => NOON,
    newId: () => `c${++count}`,
    toApiError: (reason) => (reason instanceof ApiError ? reason : new ApiError("page", 0, String(reason))),
  });
  return {
    outgoing,
    sent,
    states: () => outgoing.get().map(({ clientMessageId, state }) => `${clientMessageId} ${state}`),
    fail: (code: string | undefined) => {
      fault = code === undefined ? undefined : new ApiError(code, 503, "O banco não respondeu.");
    },
    answer: () => answers.shift()?.(),
  };
}

describe("OutgoingMessages", () => {
  test("shows a message before the API has answered, then as sent", async () => {
    const { outgoing, states, answer, sent } = setUp();
    const done = outgoing.send(ID, "Olá", []);
    expect(states()).toEqual(["c1 sending"]);
    answer();
    await done;
    expect(states()).toEqual(["c1 sent"]);
    expect(sent).toEqual(["c1 Olá"]);
  });

  test("a failed one keeps its reason and goes again under the same id", async () => {
    const { outgoing, states, answer, sent, fail } = setUp();
    fail("store_down");
    const done = outgoing.send(ID, "Olá", []);
    answer();
    await done;
    expect(outgoing.get()[0]).toMatchObject({ state: "failed", error: { code: "store_down" } });
    fail(undefined);
    const again = outgoing.retry("c1");
    expect(states()).toEqual(["c1 sending"]);
    expect(outgoing.get()[0]?.error).toBeUndefined();
    answer();
    await again;
    expect(sent).toEqual(["c1 Olá", "c1 Olá"]);
  });

  test("one that is under way is not sent a second time by a retry", async () => {
    const { outgoing, sent, answer } = setUp();
    const done = outgoing.send(ID, "Olá", []);
    await outgoing.retry("c1");
    expect(sent).toEqual(["c1 Olá"]);
    answer();
    await done;
  });

  test("forgets what the conversation holds, and what was discarded", async () => {
    const { outgoing, states, answer } = setUp();
    const done = outgoing.send(ID, "Olá", []);
    answer();
    await done;
    outgoing.settle(ID, [exampleMessage({ id: "s1", author: "person", clientMessageId: "c1", at: NOON })]);
    expect(states()).toEqual([]);
    void outgoing.send(ID, "Outra", []);
    outgoing.discard("c2");
    expect(states()).toEqual([]);
  });
});

describe("unconfirmed", () => {
  const pending = (clientMessageId: string, text = "Olá", before: string[] = []) =>
    ({ clientMessageId, conversationId: ID, text, at: NOON, state: "sent", before: new Set(before) }) as const;
  const stored = (id: string, changes = {}) =>
    exampleMessage({ id, author: "person", text: "Olá", at: NOON, ...changes });
  const left = (...args: Parameters<typeof unconfirmed>) => unconfirmed(...args).map((item) => item.clientMessageId);

  test("without the page's own id, a message with the same words confirms one, not two", () => {
    expect(left([pending("c1"), pending("c2")], ID, [stored("s1")])).toEqual(["c2"]);
  });

  test("a message with another page's id confirms nothing", () => {
    expect(left([pending("c1")], ID, [stored("s1", { clientMessageId: "c9" })])).toEqual(["c1"]);
  });

  test("one that was there before, is older, says something else or is the customer's confirms nothing", () => {
    expect(left([pending("c1", "Olá", ["s1"])], ID, [stored("s1")])).toEqual(["c1"]);
    expect(left([pending("c1")], ID, [stored("s1", { at: NOON - 2 * MINUTE })])).toEqual(["c1"]);
    expect(left([pending("c1")], ID, [stored("s1", { text: "Oi" })])).toEqual(["c1"]);
    expect(left([pending("c1")], ID, [stored("s1", { author: "customer" })])).toEqual(["c1"]);
  });

  test("those of other conversations are not listed", () => {
    expect(left([pending("c1")], "webchat_x", [])).toEqual([]);
  });
});
