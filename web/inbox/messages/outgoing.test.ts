import { describe, expect, test, vi } from "vitest";
import { ApiError } from "../data/api.ts";
import { exampleMessage, MINUTE, NOON } from "../testing/examples.ts";
import { confirmed, OutgoingMessages } from "./outgoing.ts";

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
          answers.push(() => (fault === undefined ? resolve(`stored ${message.clientMessageId}`) : reject(fault)));
        }),
    },
    now: () => NOON,
    newId: () => `c${++count}`,
    later: (run, ms) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
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

  test("remembers which stored message it became, from the API or from the conversation", async () => {
    const { outgoing, answer } = setUp();
    const done = outgoing.send(ID, "Olá", []);
    outgoing.settle(ID, [exampleMessage({ id: "stored c1", author: "person", text: "Olá", at: NOON })]);
    expect(outgoing.get()[0]).toMatchObject({ state: "sent", messageId: "stored c1" });
    answer();
    await done;
    expect(outgoing.get()[0]).toMatchObject({ state: "sent", messageId: "stored c1" });
  });

  test("one that failed on the way back and is there all the same counts as sent", async () => {
    const { outgoing, states, answer, fail } = setUp();
    fail("network");
    const done = outgoing.send(ID, "Olá", []);
    answer();
    await done;
    outgoing.settle(ID, [exampleMessage({ id: "s1", author: "person", text: "Olá", at: NOON })]);
    expect(states()).toEqual(["c1 sent"]);
  });

  test("what found no network goes again in its order, what was refused waits for the agent", async () => {
    const { outgoing, states, answer, sent, fail } = setUp();
    const sendOne = async (text: string, code: string) => {
      fail(code);
      const done = outgoing.send(ID, text, []);
      answer();
      await done;
    };
    await sendOne("um", "network");
    await sendOne("dois", "text_too_long");
    await sendOne("três", "network");
    fail(undefined);
    const again = outgoing.retryUnreached();
    answer();
    await vi.waitFor(() => expect(sent).toHaveLength(5));
    answer();
    await again;
    expect(sent.slice(3)).toEqual(["c1 um", "c3 três"]);
    expect(states()).toEqual(["c1 sent", "c2 failed", "c3 sent"]);
  });

  test("forgets what was discarded", () => {
    const { outgoing, states } = setUp();
    void outgoing.send(ID, "Outra", []);
    outgoing.discard("c1");
    expect(states()).toEqual([]);
  });
});

describe("confirmed", () => {
  const pending = (clientMessageId: string, changes: { text?: string; before?: string[]; messageId?: string } = {}) => {
    const { before = [], ...others } = changes;
    return {
      clientMessageId,
      conversationId: ID,
      text: "Olá",
      at: NOON,
      state: "sent",
      before: new Set(before),
      ...others,
    } as const;
  };
  const stored = (id: string, changes = {}) =>
    exampleMessage({ id, author: "person", text: "Olá", at: NOON, ...changes });
  const pairs = (...args: Parameters<typeof confirmed>) =>
    [...confirmed(...args)].map(([id, item]) => `${id} ${item.clientMessageId}`);

  test("a message with the same words confirms one, not two", () => {
    expect(pairs([pending("c1"), pending("c2")], ID, [stored("s1")])).toEqual(["s1 c1"]);
  });

  test("the message that the API named comes before one that resembles it", () => {
    expect(pairs([pending("c1"), pending("c2", { messageId: "s1" })], ID, [stored("s1"), stored("s2")])).toEqual([
      "s1 c2",
      "s2 c1",
    ]);
  });

  test("one that was there before, is older, says something else or is the customer's confirms nothing", () => {
    expect(pairs([pending("c1", { before: ["s1"] })], ID, [stored("s1")])).toEqual([]);
    expect(pairs([pending("c1")], ID, [stored("s1", { at: NOON - 2 * MINUTE })])).toEqual([]);
    expect(pairs([pending("c1")], ID, [stored("s1", { text: "Oi" })])).toEqual([]);
    expect(pairs([pending("c1")], ID, [stored("s1", { author: "customer" })])).toEqual([]);
  });

  test("those of other conversations are left alone", () => {
    expect(pairs([pending("c1")], "webchat_x", [stored("s1")])).toEqual([]);
  });
});
