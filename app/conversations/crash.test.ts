import { describe, expect, test } from "vitest";
import { answerJob } from "./answer.ts";
import { LEASE_MS } from "./decide.ts";
import { PROOF_MS } from "./outbox.ts";
import { sweep } from "./sweep.ts";
import { firestoreForTests } from "./testing/firestore.ts";
import { aroundSteps } from "./testing/steps.ts";
import { CUSTOMER, createWorld, handoff, reply, START, type World } from "./testing/world.ts";

const store = firestoreForTests();

class Crash extends Error {}

/** Every step of an ordinary run, in order; each is a place to die before and after. */
const STEPS = ["claim", "person", "history", "answer", "commit", "send", "record", "release"];

/** A run that dies at its n-th moment: from then on nothing of it happens any more. */
function dyingAt(world: World, moment: number, seen: string[] = []) {
  return aroundSteps(world.deps, async (step, when) => {
    if (seen.length > moment) throw new Crash();
    seen.push(`${when} ${step}`);
    if (seen.length > moment) throw new Crash();
  });
}

async function dies(world: World, customer: string, moment: number, job: string): Promise<boolean> {
  try {
    await answerJob(dyingAt(world, moment), { conversationId: `whatsapp_${customer}` }, job);
    return false;
  } catch (error) {
    if (error instanceof Crash) return true;
    throw error;
  }
}

/** Delivers a job again and again, as the queue does, until it is acknowledged. */
async function redeliver(world: World, customer: string, job: string): Promise<void> {
  for (let delivery = 1; delivery <= 10; delivery += 1) {
    const result = await answerJob(world.deps, { conversationId: `whatsapp_${customer}` }, job);
    if (result.state === "done") return;
    world.now = Math.max(world.now, result.until);
  }
  throw new Error("The job was not acknowledged in ten deliveries.");
}

/** Nothing waits, nothing is half done, and each burst has one message, one row and one log row. */
async function expectConsistent(world: World, customer: string): Promise<void> {
  const { conversation, messages, rows, logs } = await world.read(customer);
  expect(conversation).toMatchObject({ awaitingReply: false, answeredCount: 2, lease: null, lastMessage: "Resposta" });
  expect(messages.map(({ sender, status }) => [sender, status])).toEqual([
    [customer, "received"],
    [customer, "received"],
    ["omni_ia", "sent"],
  ]);
  expect(rows.map(({ status }) => status)).toEqual(["sent"]);
  expect(logs.map(({ type, success }) => [type, success])).toEqual([["message_processed", true]]);
  const later = world.now + 10 * LEASE_MS;
  expect((await sweep(world.db, world.queues, later)).published).toBe(0);
}

async function waitingWorld(customer: string): Promise<World> {
  const world = createWorld(store.fresh());
  world.answer = async () => reply("Resposta");
  await world.customerWrites(customer, "Oi");
  await world.customerWrites(customer, "Alguém aí?");
  return world;
}

const MOMENTS = STEPS.flatMap((step) => [`before ${step}`, `after ${step}`]).map((name, moment) => ({ name, moment }));

test("the matrix covers every step of a run", async () => {
  const world = await waitingWorld(CUSTOMER);
  const seen: string[] = [];
  await answerJob(dyingAt(world, Number.POSITIVE_INFINITY, seen), { conversationId: `whatsapp_${CUSTOMER}` }, "job-1");
  // Two of the steps are taken side by side.
  expect(seen.toSorted()).toEqual(MOMENTS.map(({ name }) => name).toSorted());
});

describe("the process dies, the queue delivers the same job again", () => {
  test.each(MOMENTS)("$name", async ({ moment }) => {
    const world = await waitingWorld(CUSTOMER);
    expect(await dies(world, CUSTOMER, moment, "job-1")).toBe(true);
    await redeliver(world, CUSTOMER, "job-1");
    expect(world.provider.sent.map(({ text }) => text)).toEqual(["Resposta"]);
    await expectConsistent(world, CUSTOMER);
  });
});

describe("the process dies and the job is lost: the sweep finds what is left", () => {
  test.each(MOMENTS)("$name", async ({ moment }) => {
    const world = await waitingWorld(CUSTOMER);
    await dies(world, CUSTOMER, moment, "job-1");
    world.now += LEASE_MS + 1;
    await sweep(world.db, world.queues, world.now);
    for (const _job of world.jobs) await redeliver(world, CUSTOMER, "job-2");
    expect(world.provider.sent.map(({ text }) => text)).toEqual(["Resposta"]);
    // Dying before letting go leaves only a lease that has run out, and nothing to queue a job for.
    if (world.jobs.length > 0) await expectConsistent(world, CUSTOMER);
  });
});

describe("the process dies twice", () => {
  test.each(MOMENTS)("$name, then at another moment of the next run", async ({ moment }) => {
    const world = await waitingWorld(CUSTOMER);
    await dies(world, CUSTOMER, moment, "job-1");
    world.now += PROOF_MS;
    await dies(world, CUSTOMER, (moment * 7 + 3) % 12, "job-1");
    await redeliver(world, CUSTOMER, "job-1");
    const state = await world.read(CUSTOMER);
    if (state.rows[0]?.status === "failed") {
      // Twice nobody could tell whether it had left: a third send would risk an answer too many, so a person decides.
      expect(state.rows[0]).toMatchObject({ unsure: 1, error: { failure: "unknown" } });
      expect(state.conversation).toMatchObject({ awaitingReply: false, needsPerson: true, lease: null });
      expect(world.provider.sent).toEqual([]);
      return;
    }
    await expectConsistent(world, CUSTOMER);
    expect(world.provider.sent).toHaveLength(1);
  });
});

test("without any proof that it left, a message is sent at most twice", async () => {
  const world = await waitingWorld(CUSTOMER);
  world.provider.proves = false;
  const afterSend = MOMENTS.findIndex(({ name }) => name === "after send");
  expect(await dies(world, CUSTOMER, afterSend, "job-1")).toBe(true);
  expect(await answerJob(world.deps, { conversationId: `whatsapp_${CUSTOMER}` }, "job-1")).toEqual({
    state: "again",
    until: START + PROOF_MS,
  });
  world.now += PROOF_MS;
  await redeliver(world, CUSTOMER, "job-1");
  expect(world.provider.sent.map(({ text }) => text)).toEqual(["Resposta", "Resposta"]);
  await expectConsistent(world, CUSTOMER);
});

test("a handoff whose farewell was cut off still says it, unless a person was faster", async () => {
  const beforeSend = MOMENTS.findIndex(({ name }) => name === "before send");
  for (const personSpoke of [false, true]) {
    const world = await waitingWorld(CUSTOMER);
    world.answer = async () => handoff("Vou chamar alguém.");
    await dies(world, CUSTOMER, beforeSend, "job-1");
    const conversation = world.db.collection("conversations").doc(`whatsapp_${CUSTOMER}`);
    if (personSpoke) await conversation.update({ lastMessageSender: "agent-1", needsPerson: false });
    await redeliver(world, CUSTOMER, "job-1");
    expect(world.provider.sent.map(({ text }) => text)).toEqual(personSpoke ? [] : ["Vou chamar alguém."]);
  }
});
