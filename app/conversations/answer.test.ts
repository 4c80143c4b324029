import { Timestamp } from "firebase-admin/firestore";
import { beforeEach, describe, expect, test } from "vitest";
import { FALLBACK_TEXT } from "../assistant/assistant.ts";
import { answerJob } from "./answer.ts";
import { ALBUM_MS, LONGEST_ALBUM_MS, WINDOW_MS } from "./decide.ts";
import { plainReason } from "./failure-reason.ts";
import { COLLECTIONS } from "./model.ts";
import { UNANSWERED_PROOF_MS } from "./outbox.ts";
import { firestoreForTests } from "./testing/firestore.ts";
import {
  CONVERSATION,
  CUSTOMER,
  createWorld,
  fallback,
  handoff,
  JOB,
  raiseTo,
  reply,
  START,
  type World,
  type WriteOptions,
} from "./testing/world.ts";

const store = firestoreForTests();
let world: World;
beforeEach(() => {
  world = createWorld(store.fresh());
});

describe("an answer", () => {
  test("one message is answered once, and everything is written down", async () => {
    await world.customerWrites(CUSTOMER, "Preciso de ajuda");
    expect(await answerJob(world.deps, JOB, "job-1")).toEqual({ state: "done" });

    const { conversation, messages, rows, logs, modelCalls } = await world.read(CUSTOMER);
    expect(world.provider.sent.map(({ text, author, customer }) => [text, author, customer])).toEqual([
      ["Resposta 1", "bot", CUSTOMER],
    ]);
    expect(messages.map(({ sender, text, status }) => [sender, text, status])).toEqual([
      [CUSTOMER, "Preciso de ajuda", "received"],
      ["omni_ia", "Resposta 1", "sent"],
    ]);
    expect(messages[1]).toMatchObject({ providerId: "wamid.1", senderType: "bot", isAutomation: false });
    expect(rows.map(({ status, attempts, author }) => [status, attempts, author])).toEqual([["sent", 1, "bot"]]);
    expect(conversation).toMatchObject({
      awaitingReply: false,
      answeredCount: 1,
      lastMessage: "Resposta 1",
      lastMessageSender: "omni_ia",
      userType: "cliente",
      language: "pt",
      lease: null,
    });
    expect(logs).toMatchObject([{ type: "message_processed", success: true, outcome: "reply", userType: "cliente" }]);
    expect(logs[0]?.expireAt).toEqual(Timestamp.fromMillis(START + 90 * 86_400_000));
    expect(modelCalls).toMatchObject([{ model: "modelo", outcome: "reply", response: "Resposta 1" }]);
    expect(modelCalls[0]?.expireAt).toEqual(Timestamp.fromMillis(START + 30 * 86_400_000));
  });

  test("a burst gets one answer, to all of it", async () => {
    for (const text of ["Oi", "Tudo bem?", "Quero um orçamento"]) await world.customerWrites(CUSTOMER, text);
    await answerJob(world.deps, JOB, "job-1");
    await answerJob(world.deps, JOB, "job-2");
    expect(world.asked.map(({ history }) => history.map(({ text }) => text))).toEqual([
      ["Oi", "Tudo bem?", "Quero um orçamento"],
    ]);
    expect(world.provider.sent).toHaveLength(1);
  });

  test("a message that comes while the model thinks is answered with the others", async () => {
    await world.customerWrites(CUSTOMER, "Oi");
    world.answer = async (request) => {
      if (request.history.length === 1) await world.customerWrites(CUSTOMER, "Esqueci: é urgente");
      return reply(`a ${request.history.length}`);
    };
    await answerJob(world.deps, JOB, "job-1");
    expect(world.provider.sent.map(({ text }) => text)).toEqual(["a 2"]);
    expect((await world.read(CUSTOMER)).modelCalls).toHaveLength(2);
  });

  test("an album gets one answer, to all its pictures and what is written under them", async () => {
    await world.customerWrites(CUSTOMER, "", { kind: "image" });
    const later: [string, WriteOptions][] = [
      ["", { kind: "image" }],
      ["Quanto custa consertar?", {}],
    ];
    const { pause } = world.deps;
    const deps = {
      ...world.deps,
      pause: async (ms: number) => {
        const [next] = later.splice(0, 1);
        await pause(next ? 900 : ms);
        if (next) await world.customerWrites(CUSTOMER, ...next);
      },
    };
    await answerJob(deps, JOB, "job-1");
    expect(world.asked.map(({ history }) => history.map(({ text }) => text))).toEqual([
      ["[imagem]", "[imagem]", "Quanto custa consertar?"],
    ]);
    expect(world.provider.sent).toHaveLength(1);
    expect((await world.read(CUSTOMER)).conversation).toMatchObject({ answeredCount: 3, awaitingReply: false });
  });

  test("a single picture is waited on for three seconds, an endless album for nine", async () => {
    await world.customerWrites(CUSTOMER, "", { kind: "image" });
    await answerJob(world.deps, JOB, "job-1");
    expect(world.now - START).toBe(ALBUM_MS);
    const { pause } = world.deps;
    const began = world.now;
    await world.customerWrites(CUSTOMER, "", { kind: "image" });
    const endless = async (ms: number) => {
      await pause(Math.min(ms, 1000));
      await world.customerWrites(CUSTOMER, "", { kind: "image" });
    };
    await answerJob({ ...world.deps, pause: endless }, JOB, "job-2");
    expect(world.now - began).toBe(LONGEST_ALBUM_MS);
    expect(world.provider.sent).toHaveLength(2);
  });

  test("a person who takes over while an album comes in is not talked over", async () => {
    await world.customerWrites(CUSTOMER, "", { kind: "image" });
    const pause = async (ms: number) => {
      await world.deps.pause(ms);
      await world.db.collection(COLLECTIONS.conversations).doc(CONVERSATION).update({ mode: "human" });
    };
    await answerJob({ ...world.deps, pause }, JOB, "job-1");
    expect(world.asked).toEqual([]);
    expect(world.provider.sent).toEqual([]);
  });

  test("a customer who never stops writing is answered in the third round, and the rest is queued", async () => {
    await world.customerWrites(CUSTOMER, "1");
    world.answer = async (request) => {
      await world.customerWrites(CUSTOMER, "mais");
      return reply(`a ${request.history.length}`);
    };
    await answerJob(world.deps, JOB, "job-1");
    expect(world.provider.sent.map(({ text }) => text)).toEqual(["a 3"]);
    expect((await world.read(CUSTOMER)).conversation).toMatchObject({ answeredCount: 3, awaitingReply: true });
    expect(world.jobs).toEqual([JOB]);
  });
});

describe("no answer", () => {
  const silent = async (reason: string) => {
    expect(await answerJob(world.deps, JOB, "job-1")).toEqual({ state: "done" });
    const { conversation, logs } = await world.read(CUSTOMER);
    expect(world.provider.sent).toEqual([]);
    expect(conversation).toMatchObject({ awaitingReply: false, answeredCount: 1, lease: null });
    expect(logs).toMatchObject([{ type: "message_processed", success: true, outcome: reason }]);
  };

  test.each([
    ["skipped_human", { mode: "human" }],
    ["skipped_closed", { status: "closed" }],
  ])("%s", async (reason, fields) => {
    await world.customerWrites(CUSTOMER, "Oi");
    await world.db.collection(COLLECTIONS.conversations).doc(CONVERSATION).update(fields);
    await silent(reason);
    expect(world.asked).toEqual([]);
  });

  test("an event older than the window", async () => {
    await world.customerWrites(CUSTOMER, "Oi", { at: START - WINDOW_MS - 1 });
    await silent("skipped_too_old");
  });

  test("a person takes over while the model thinks", async () => {
    await world.customerWrites(CUSTOMER, "Oi");
    world.answer = async () => {
      await world.db.collection(COLLECTIONS.conversations).doc(CONVERSATION).update({ mode: "human" });
      return reply("tarde demais");
    };
    await silent("skipped_human");
    expect(world.asked).toHaveLength(1);
  });

  test("it was unsent while the model was thinking: nothing that quotes it leaves", async () => {
    const id = await world.customerWrites(CUSTOMER, "Minha senha é 1234");
    const deletedAt = Timestamp.fromMillis(START);
    world.answer = async () => {
      await world.db.collection(COLLECTIONS.messages).doc(id).update({ deletedAt, text: "" });
      await world.db.collection(COLLECTIONS.conversations).doc(CONVERSATION).update({ takenBackAt: deletedAt });
      return reply("Recebi a senha 1234");
    };
    await silent("skipped_deleted");
    expect(world.asked).toHaveLength(1);
  });

  test("everything was unsent", async () => {
    const id = await world.customerWrites(CUSTOMER, "Oi");
    await world.db
      .collection(COLLECTIONS.messages)
      .doc(id)
      .update({ deletedAt: Timestamp.fromMillis(START) });
    await silent("skipped_deleted");
  });

  test("an unknown conversation, and one with nothing waiting", async () => {
    expect(await answerJob(world.deps, { conversationId: "whatsapp_0" }, "job-1")).toEqual({ state: "done" });
    await world.customerWrites(CUSTOMER, "Oi");
    await answerJob(world.deps, JOB, "job-1");
    await answerJob(world.deps, JOB, "job-2");
    expect(world.asked).toHaveLength(1);
  });
});

describe("handing over", () => {
  test("a handoff says so, then keeps quiet", async () => {
    await world.customerWrites(CUSTOMER, "Quero falar com uma pessoa");
    world.answer = async () => handoff("Vou chamar alguém.");
    await answerJob(world.deps, JOB, "job-1");
    await world.customerWrites(CUSTOMER, "Obrigado");
    await answerJob(world.deps, JOB, "job-2");

    const { conversation, logs } = await world.read(CUSTOMER);
    expect(world.provider.sent.map(({ text }) => text)).toEqual(["Vou chamar alguém."]);
    expect(conversation).toMatchObject({ mode: "human", needsPerson: true, answeredCount: 2 });
    expect(logs.map(({ type, outcome }) => `${type} ${outcome}`).sort()).toEqual([
      "handoff asked_for_person",
      "message_processed handoff",
      "message_processed skipped_human",
    ]);
  });

  test("the fallback text goes out once per outage, and a person is asked for", async () => {
    world.answer = async () => fallback(FALLBACK_TEXT);
    for (const job of ["job-1", "job-2"]) {
      await world.customerWrites(CUSTOMER, "Oi");
      await answerJob(world.deps, JOB, job);
    }
    expect(world.provider.sent.map(({ text }) => text)).toEqual([FALLBACK_TEXT]);
    const { conversation, logs } = await world.read(CUSTOMER);
    expect(conversation).toMatchObject({ needsPerson: true, awaitingReply: false, answeredCount: 2 });
    expect(conversation.mode).toBeUndefined();
    expect(logs.map(({ success, error }) => [success, error])).toEqual([
      [false, "quota"],
      [false, "quota"],
    ]);
  });
});

describe("a send that does not work", () => {
  const fail = (failure: "retry" | "unknown" | "channel" | "window" | "message", retryAfterMs?: number) =>
    world.provider.results.push({
      ok: false,
      failure,
      code: 42,
      message: "provider's words",
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });

  test.each(["channel", "window", "message"] as const)("%s: failed, with a plain reason", async (failure) => {
    await world.customerWrites(CUSTOMER, "Oi");
    fail(failure);
    expect(await answerJob(world.deps, JOB, "job-1")).toEqual({ state: "done" });
    const { conversation, messages, rows, logs } = await world.read(CUSTOMER);
    expect(messages[1]).toMatchObject({ status: "failed", error: { code: 42, message: plainReason(failure) } });
    expect(rows[0]).toMatchObject({ status: "failed", error: { failure, code: 42, message: "provider's words" } });
    expect(conversation.needsPerson).toBe(true);
    expect(logs).toMatchObject([{ success: false, error: failure }]);
  });

  test("retry: comes back after the delay and is sent once", async () => {
    await world.customerWrites(CUSTOMER, "Oi");
    fail("retry");
    expect(await answerJob(world.deps, JOB, "job-1")).toEqual({ state: "again", until: START + 10_000 });
    expect((await world.read(CUSTOMER)).messages[1]?.status).toBe("pending");
    expect(await answerJob(world.deps, JOB, "job-1")).toEqual({ state: "again", until: START + 10_000 });
    world.now += 10_000;
    expect(await answerJob(world.deps, JOB, "job-1")).toEqual({ state: "done" });
    expect(world.provider.sent).toHaveLength(1);
    expect(world.asked).toHaveLength(1);
    expect((await world.read(CUSTOMER)).rows[0]).toMatchObject({ status: "sent", attempts: 2 });
  });

  test("retry: a long pause that the channel asks for is left to the sweep", async () => {
    await world.customerWrites(CUSTOMER, "Oi");
    fail("retry", 3_600_000);
    expect(await answerJob(world.deps, JOB, "job-1")).toEqual({ state: "done" });
    expect((await world.read(CUSTOMER)).rows[0]?.nextAttemptAt?.toMillis()).toBe(START + 3_600_000);
  });

  test("unknown, proven by a status: not sent again", async () => {
    await world.customerWrites(CUSTOMER, "Oi");
    fail("unknown");
    const until = START + UNANSWERED_PROOF_MS;
    expect(await answerJob(world.deps, JOB, "job-1")).toEqual({ state: "again", until });
    expect(await answerJob(world.deps, JOB, "job-1")).toEqual({ state: "done" });
    expect(world.provider.sent).toHaveLength(1);
    expect((await world.read(CUSTOMER)).rows[0]).toMatchObject({ status: "sent", providerId: "wamid.1" });
  });

  test("unknown without proof: once more, then failed", async () => {
    await world.customerWrites(CUSTOMER, "Oi");
    world.provider.proves = false;
    fail("unknown");
    fail("unknown");
    fail("unknown");
    for (const expected of ["again", "again", "done"]) {
      expect((await answerJob(world.deps, JOB, "job-1")).state).toBe(expected);
      world.now += UNANSWERED_PROOF_MS;
    }
    expect(world.provider.sent).toHaveLength(2);
    expect((await world.read(CUSTOMER)).messages[1]).toMatchObject({
      status: "failed",
      error: { code: 0, message: plainReason("unknown") },
    });
  });

  test("a status that a webhook raised is not lowered", async () => {
    await world.customerWrites(CUSTOMER, "Oi");
    const { send } = world.deps.channels.whatsapp;
    const channels = {
      ...world.deps.channels,
      whatsapp: {
        ...world.deps.channels.whatsapp,
        send: async (message: Parameters<typeof send>[0]) => {
          const result = await send(message);
          await raiseTo(world.db, message.messageId, "read", "wamid.1");
          return result;
        },
      },
    };
    await answerJob({ ...world.deps, channels }, JOB, "job-1");
    expect((await world.read(CUSTOMER)).messages[1]?.status).toBe("read");
  });
});

test("an older message that arrives last neither shows in the list nor closes the window", async () => {
  await world.customerWrites(CUSTOMER, "nova");
  await world.customerWrites(CUSTOMER, "antiga", { at: START - 2 * WINDOW_MS });
  await world.db.collection(COLLECTIONS.conversations).doc(CONVERSATION).update({ mode: "human" });
  await answerJob(world.deps, JOB, "job-1");
  const { conversation } = await world.read(CUSTOMER);
  expect(conversation.lastMessage).toBe("nova");
  expect(conversation.lastInboundAt?.toMillis()).toBe(START);
  expect(conversation.windowExpiresAt?.toMillis()).toBe(START + WINDOW_MS);
});
