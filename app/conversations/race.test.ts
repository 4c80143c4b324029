import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answerJob } from "./answer.ts";
import { sendManualMessage } from "./manual-message.ts";
import { COLLECTIONS } from "./model.ts";
import { actOnConversation } from "./staff.ts";
import { startFirestore, type TestFirestore } from "./testing/firestore.ts";
import { aroundSteps } from "./testing/steps.ts";
import { createWorld, type World } from "./testing/world.ts";

const CUSTOMER = "5511900000001";
const CONVERSATION = `whatsapp_${CUSTOMER}`;
const JOB = { conversationId: CONVERSATION };

let store: TestFirestore;
beforeAll(async () => {
  store = await startFirestore();
});
afterAll(() => store.stop());

/** Runs a job as the queue would: again when it says so, or when two transactions stood in each other's way. */
async function runJob(world: World, deps: World["deps"], job: string): Promise<void> {
  for (let delivery = 1; delivery <= 20; delivery += 1) {
    try {
      const result = await answerJob(deps, JOB, job);
      if (result.state === "done") return;
      world.now = Math.max(world.now, result.until);
    } catch (error) {
      // 10 is ABORTED: the store gave up a transaction for another's sake, and the queue delivers again.
      if (!(error instanceof Error) || !("code" in error) || error.code !== 10) throw error;
    }
  }
  throw new Error("The job was not acknowledged in twenty deliveries.");
}

/** What the lists say once everybody is done, with jobs that were queued on the way. */
async function settle(world: World): Promise<void> {
  for (let n = 0; world.jobs.length > 0 && n < 10; n += 1) {
    world.jobs.length = 0;
    await runJob(world, world.deps, `settle-${n}`);
  }
}

test("many jobs for one conversation at once give one answer", async () => {
  const world = createWorld(store.fresh());
  await world.customerWrites(CUSTOMER, "Oi");
  await Promise.all(Array.from({ length: 12 }, (_, n) => runJob(world, world.deps, `job-${n}`)));
  await settle(world);
  expect(world.provider.sent).toHaveLength(1);
  expect((await world.read(CUSTOMER)).conversation).toMatchObject({ awaitingReply: false, lease: null });
});

test("one job delivered several times at once gives one answer", async () => {
  const world = createWorld(store.fresh());
  await world.customerWrites(CUSTOMER, "Oi");
  await Promise.all(Array.from({ length: 4 }, () => runJob(world, world.deps, "job-1")));
  expect(world.provider.sent).toHaveLength(1);
  expect((await world.read(CUSTOMER)).conversation).toMatchObject({ awaitingReply: false, lease: null });
});

test("jobs and messages side by side: every message is answered, none twice", async () => {
  const world = createWorld(store.fresh());
  const write = async (n: number) => {
    await world.customerWrites(CUSTOMER, `m${n}`);
    await runJob(world, world.deps, `job-${n}`);
  };
  await Promise.all(Array.from({ length: 6 }, (_, n) => write(n)));
  await settle(world);
  const { conversation, messages, rows } = await world.read(CUSTOMER);
  expect(conversation).toMatchObject({ awaitingReply: false, inboundCount: 6, answeredCount: 6, lease: null });
  const answers = messages.filter(({ senderType }) => senderType === "bot").map(({ id }) => id);
  expect(world.provider.sent.map(({ messageId }) => messageId).sort()).toEqual(answers.sort());
  expect(rows.every(({ status }) => status === "sent")).toBe(true);
  expect(world.asked.at(-1)?.history.filter(({ author }) => author === "customer")).toHaveLength(6);
});

/** What happened in which order, as the people and the bot saw it. */
interface Note {
  readonly what: "person took over" | "begins" | "bot sends";
  readonly message?: string;
}

/** Notes when the worker asks whether it may send a message, and when the bot then does. */
function noting(deps: World["deps"], notes: Note[]): World["deps"] {
  const { outbox, channels } = deps;
  const { whatsapp } = channels;
  return {
    ...deps,
    outbox: {
      ...outbox,
      begin: (message) => {
        notes.push({ what: "begins", message });
        return outbox.begin(message);
      },
    },
    channels: {
      ...channels,
      whatsapp: {
        ...whatsapp,
        send: (text) => {
          if (text.author === "bot") notes.push({ what: "bot sends", message: text.messageId });
          return whatsapp.send(text);
        },
      },
    },
  };
}

async function race(scheduler: fc.Scheduler, takeovers: readonly ("write" | "mode")[]): Promise<void> {
  const world = createWorld(store.fresh());
  const notes: Note[] = [];
  await world.customerWrites(CUSTOMER, "Oi");
  const turn = (label: string) => scheduler.schedule(Promise.resolve(), label);
  const deps = aroundSteps(noting(world.deps, notes), async (step, when) => {
    if (when === "before") await turn(`worker ${step}`);
  });
  const person = async (how: "write" | "mode", n: number) => {
    await turn(`person ${n}`);
    if (how === "mode")
      await actOnConversation(world.db, CONVERSATION, { type: "mode", mode: "human" }, `agent-${n}`, world.now);
    else {
      const manual = {
        conversationId: CONVERSATION,
        text: `pessoa ${n}`,
        clientMessageId: `c-${n}`,
        author: `agent-${n}`,
      };
      const result = await sendManualMessage({ ...world.deps, db: world.db }, manual);
      expect(result.state).toBe("written");
    }
    notes.push({ what: "person took over" });
  };
  const again = async () => {
    await turn("customer");
    await world.customerWrites(CUSTOMER, "E aí?");
    await runJob(world, deps, "job-2");
  };
  const everybody = Promise.all([runJob(world, deps, "job-1"), again(), ...takeovers.map(person)]);
  await scheduler.waitFor(everybody);
  await settle(world);

  // Whoever asks after a person has taken over must be told no: each of the bot's sends was allowed before.
  const tookOver = notes.findIndex(({ what }) => what === "person took over");
  for (const { message } of notes.filter(({ what }) => what === "bot sends")) {
    const allowed = notes.findIndex((note) => note.what === "begins" && note.message === message);
    expect(allowed).toBeLessThan(tookOver);
  }
  const fromBot = world.provider.sent.filter(({ author }) => author === "bot");
  expect(new Set(fromBot.map(({ messageId }) => messageId)).size).toBe(fromBot.length);
  const written = world.provider.sent.filter(({ author }) => author === "person").map(({ text }) => text);
  const expected = takeovers.flatMap((how, n) => (how === "write" ? [`pessoa ${n}`] : []));
  expect(written.sort()).toEqual(expected);
  const { conversation } = await world.read(CUSTOMER);
  expect(conversation).toMatchObject({ mode: "human", awaitingReply: false });
  expect(conversation.lease ?? null).toBeNull();
  const open = await world.db.collection(COLLECTIONS.outbox).where("status", "in", ["pending", "sending"]).get();
  expect(open.size).toBe(0);
}

test("two people and the bot: no bot message after a takeover, no message twice", { timeout: 120_000 }, async () => {
  const takeovers = fc.tuple(
    fc.constantFrom("write" as const, "mode" as const),
    fc.constantFrom("write" as const, "mode" as const),
  );
  await fc.assert(fc.asyncProperty(fc.scheduler(), takeovers, race), { numRuns: 20, endOnFailure: true });
});
