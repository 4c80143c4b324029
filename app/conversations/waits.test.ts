import { Timestamp } from "firebase-admin/firestore";
import { beforeEach, describe, expect, test } from "vitest";
import { answerJob } from "./answer.ts";
import { plainReason } from "./failure-reason.ts";
import { COLLECTIONS } from "./model.ts";
import { staffFields } from "./staff.ts";
import { firestoreForTests } from "./testing/firestore.ts";
import { CONVERSATION, CUSTOMER, createWorld, handoff, JOB, reply, START, type World } from "./testing/world.ts";

/** What happens while an answer waits for its next try, and what then becomes of it. */

const store = firestoreForTests();
let world: World;
beforeEach(() => {
  world = createWorld(store.fresh());
});

/** The channel asks for patience: the answer is written, and has not left. */
async function waits(...texts: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const text of texts) ids.push(await world.customerWrites(CUSTOMER, text));
  world.provider.results.push({ ok: false, failure: "retry", code: 130429, message: "rate" });
  expect(await answerJob(world.deps, JOB, "job-1")).toEqual({ state: "again", until: START + 10_000 });
  world.now += 1_000;
  return ids;
}

/** As the webhook folds an unsend. */
async function unsend(...ids: string[]): Promise<void> {
  const at = Timestamp.fromMillis(world.now);
  for (const id of ids) await world.db.collection(COLLECTIONS.messages).doc(id).update({ deletedAt: at, text: "" });
  await world.db.collection(COLLECTIONS.conversations).doc(CONVERSATION).update({ takenBackAt: at });
}

const update = (fields: object) => world.db.collection(COLLECTIONS.conversations).doc(CONVERSATION).update(fields);
const texts = () => world.provider.sent.map(({ text }) => text);

async function nextTry(): Promise<void> {
  world.now += 10_000;
  expect(await answerJob(world.deps, JOB, "job-1")).toEqual({ state: "done" });
}

describe("the customer takes back what it answers", () => {
  test("all of it: the answer does not leave, and nobody is called for that", async () => {
    await unsend(...(await waits("Minha senha é 1234", "Ela serve?")));
    await nextTry();
    expect(texts()).toEqual([]);
    const { conversation, messages, rows } = await world.read(CUSTOMER);
    expect(rows).toMatchObject([{ status: "failed", attempts: 1, error: { failure: "taken_back" } }]);
    expect(messages.at(-1)).toMatchObject({ status: "failed", error: { message: plainReason("taken_back") } });
    expect(conversation.needsPerson).toBeUndefined();
    expect(conversation).toMatchObject({ awaitingReply: false, lease: null });
  });

  test("part of it: the rest is answered", async () => {
    const [first = ""] = await waits("Minha senha é 1234", "Vocês pintam salas?");
    await unsend(first);
    await nextTry();
    expect(texts()).toEqual(["Resposta 1"]);
  });

  test("something else, earlier: the answer leaves", async () => {
    const earlier = await world.customerWrites(CUSTOMER, "Oi");
    await answerJob(world.deps, JOB, "job-0");
    await waits("Vocês pintam salas?");
    await unsend(earlier);
    await nextTry();
    expect(texts()).toEqual(["Resposta 1", "Resposta 2"]);
  });

  test("and goes on writing: that is answered, without what was never said", async () => {
    await unsend(...(await waits("Minha senha é 1234")));
    await world.customerWrites(CUSTOMER, "Vocês pintam salas?");
    world.answer = async () => reply("Pintamos, sim.");
    await nextTry();
    expect(texts()).toEqual(["Pintamos, sim."]);
    expect(world.asked.at(-1)?.history.map(({ text }) => text)).toEqual(["Vocês pintam salas?"]);
  });

  test("while nobody knows whether it left: it is not sent a second time", async () => {
    const id = await world.customerWrites(CUSTOMER, "Minha senha é 1234");
    world.provider.proves = false;
    world.provider.results.push({ ok: false, failure: "unknown", code: -1, message: "no answer" });
    await answerJob(world.deps, JOB, "job-1");
    await unsend(id);
    world.now += 60_000;
    await answerJob(world.deps, JOB, "job-1");
    expect(world.provider.sent).toHaveLength(1);
    expect((await world.read(CUSTOMER)).rows).toMatchObject([{ error: { failure: "taken_back" } }]);
  });
});

describe("a person acts", () => {
  const act = (action: Parameters<typeof staffFields>[0]) => update(staffFields(action, {}, "ana", world.now));

  test.each([
    ["takes it over", [{ type: "mode", mode: "human" }]],
    [
      "takes it over and hands it back",
      [
        { type: "mode", mode: "human" },
        { type: "mode", mode: "bot" },
      ],
    ],
    ["closes it", [{ type: "close" }]],
  ] as const)("%s: the answer to what was asked before does not leave", async (_what, actions) => {
    await waits("Quanto custa?");
    for (const action of actions) await act(action);
    await nextTry();
    expect(texts()).toEqual([]);
    expect((await world.read(CUSTOMER)).rows).toMatchObject([{ status: "failed", error: { failure: "superseded" } }]);
  });

  test("hands it back before the question: the answer leaves", async () => {
    await world.customerWrites(CUSTOMER, "Oi");
    await answerJob(world.deps, JOB, "job-0");
    await act({ type: "mode", mode: "bot" });
    world.now = START + 1;
    await world.customerWrites(CUSTOMER, "Quanto custa?");
    world.provider.results.push({ ok: false, failure: "retry", code: 130429, message: "rate" });
    await answerJob(world.deps, JOB, "job-1");
    await nextTry();
    expect(texts()).toEqual(["Resposta 1", "Resposta 2"]);
  });

  test("nobody does, and the bot has it again: its farewell no longer leaves", async () => {
    world.answer = async () => handoff("Vou chamar alguém.");
    await waits("Quero uma pessoa");
    await update({ mode: "bot", handoffAt: null, botSince: Timestamp.fromMillis(world.now) });
    await nextTry();
    expect(texts()).toEqual([]);
  });
});

test("the customer stops automatic messages: what they asked themselves is answered", async () => {
  await waits("Quanto custa?");
  await update({ "contact.optOut": true });
  await nextTry();
  expect(texts()).toEqual(["Resposta 1"]);
});
