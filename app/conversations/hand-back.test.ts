import { Timestamp } from "firebase-admin/firestore";
import { beforeEach, describe, expect, test } from "vitest";
import { BACK_TEXT } from "../assistant/texts.ts";
import { answerJob } from "./answer.ts";
import { decideHandBack, handBackOverdue } from "./hand-back.ts";
import { sendManualMessage } from "./manual-message.ts";
import { COLLECTIONS } from "./model.ts";
import { actOnConversation } from "./staff.ts";
import { firestoreForTests } from "./testing/firestore.ts";
import { CONVERSATION, CUSTOMER, createWorld, handoff, JOB, reply, START, type World } from "./testing/world.ts";

const MINUTES = 60_000;
const TIMEOUT = 30 * MINUTES;
const at = (ms: number) => Timestamp.fromMillis(ms);

describe("decideHandBack", () => {
  const waiting = { mode: "human", status: "active", needsPerson: true, handoffAt: at(START) } as const;
  test.each([
    ["before its time", {}, "open", TIMEOUT - 1, "wait"],
    ["at its time", {}, "open", TIMEOUT, "offer"],
    ["after the window has closed", {}, "template_only", TIMEOUT, "quiet"],
    ["assigned to somebody", { assignedTo: "agent" }, "open", TIMEOUT, "taken"],
    ["a person has written", { needsPerson: false }, "open", TIMEOUT, "taken"],
    ["with the bot already", { mode: "bot" as const }, "open", TIMEOUT, "taken"],
    ["closed", { status: "closed" as const }, "open", TIMEOUT, "taken"],
    ["never handed over", { handoffAt: null }, "open", TIMEOUT, "taken"],
  ] as const)("%s", (_, fields, window, after, decision) => {
    expect(decideHandBack({ ...waiting, ...fields }, window, TIMEOUT, START + after)).toBe(decision);
  });
});

describe("handBackOverdue", () => {
  const store = firestoreForTests();
  let world: World;
  beforeEach(async () => {
    world = createWorld(store.fresh());
    await world.customerWrites(CUSTOMER, "Quero falar com alguém");
    world.answer = async () => handoff("Vou chamar uma pessoa.");
    await answerJob(world.deps, JOB, "job-1");
    world.answer = async ({ history }) => reply(history.map(({ text }) => text).join(" / "));
  });
  const deps = () => ({ ...world.deps, db: world.db });
  const sweepAt = (after: number) => {
    world.now = START + after;
    return handBackOverdue(deps(), TIMEOUT);
  };
  const texts = () => world.provider.sent.map(({ text }) => text);

  test("after the time the customer is offered the bot, once, and still waits for a person", async () => {
    expect(await sweepAt(TIMEOUT - 1)).toBe(0);
    const runs = await Promise.all([sweepAt(TIMEOUT), sweepAt(TIMEOUT), sweepAt(TIMEOUT)]);
    expect(runs.reduce((sum, returned) => sum + returned)).toBe(1);
    expect(world.jobs).toEqual([JOB]);
    await answerJob(world.deps, JOB, "job-2");
    expect(texts()).toEqual(["Vou chamar uma pessoa.", BACK_TEXT.pt]);
    expect(await sweepAt(TIMEOUT + MINUTES)).toBe(0);

    const { conversation, logs } = await world.read(CUSTOMER);
    expect(conversation).toMatchObject({ mode: "bot", needsPerson: true, handoffAt: null, awaitingReply: false });
    expect(conversation).toMatchObject({ lastMessage: BACK_TEXT.pt, lastMessageSender: "omni_ia" });
    const types = logs.map(({ type, outcome, success }) => [type, outcome, success]);
    expect(types).toContainEqual(["handoff_returned", "offer", true]);
    expect(types).toContainEqual(["message_processed", "handoff_returned", true]);
  });

  test("the model sees only what came since", async () => {
    world.now = START + MINUTES;
    await world.customerWrites(CUSTOMER, "Tem alguém aí?");
    await answerJob(world.deps, JOB, "job-2");
    await sweepAt(TIMEOUT);
    await answerJob(world.deps, JOB, "job-3");
    world.now += MINUTES;
    await world.customerWrites(CUSTOMER, "Então me diga o preço");
    await answerJob(world.deps, JOB, "job-4");
    expect(texts().at(-1)).toBe(`${BACK_TEXT.pt} / Então me diga o preço`);
  });

  test("in the customer's language", async () => {
    await world.db.collection(COLLECTIONS.conversations).doc(CONVERSATION).update({ language: "es" });
    await sweepAt(TIMEOUT);
    await answerJob(world.deps, JOB, "job-2");
    expect(texts().at(-1)).toBe(BACK_TEXT.es);
  });

  test("a person who has taken it keeps it, and it is not looked at again", async () => {
    await actOnConversation(world.db, CONVERSATION, { type: "mode", mode: "human" }, "agent-1", START + MINUTES);
    expect(await sweepAt(TIMEOUT)).toBe(0);
    const { conversation } = await world.read(CUSTOMER);
    expect(conversation).toMatchObject({ mode: "human", assignedTo: "agent-1", handoffAt: null });
  });

  test("a person who takes it just after the offer was written is not talked over", async () => {
    await sweepAt(TIMEOUT);
    const manual = { conversationId: CONVERSATION, text: "Olá!", clientMessageId: "c-1", author: "agent-1" };
    await sendManualMessage(deps(), manual);
    await answerJob(world.deps, JOB, "job-2");
    expect(texts()).toEqual(["Vou chamar uma pessoa.", "Olá!"]);
  });

  test("a second hand-off has a time of its own", async () => {
    await sweepAt(TIMEOUT);
    world.answer = async () => handoff("Chamo de novo.");
    await world.customerWrites(CUSTOMER, "atendente");
    await answerJob(world.deps, JOB, "job-2");
    expect(await sweepAt(TIMEOUT + TIMEOUT - 1)).toBe(0);
    expect(await sweepAt(TIMEOUT + TIMEOUT)).toBe(1);
  });

  test("zero minutes: it waits for a person for ever", async () => {
    world.now = START + 100 * TIMEOUT;
    expect(await handBackOverdue(deps(), 0)).toBe(0);
    expect((await world.read(CUSTOMER)).conversation.mode).toBe("human");
  });
});
