import fc from "fast-check";
import type { Firestore } from "firebase-admin/firestore";
import { expect } from "vitest";
import type { Turn } from "../../assistant/assistant.ts";
import { createInboundStore, firestoreStore } from "../../inbound/index.ts";
import { answerJob } from "../answer.ts";
import { sendManualMessage } from "../manual-message.ts";
import { COLLECTIONS } from "../model.ts";
import { actOnConversation } from "../staff.ts";
import type { Order } from "./order.ts";
import { aroundSteps } from "./steps.ts";
import { createWorld, reply, type World } from "./world.ts";

/** Two people and the bot at one conversation, in an order that somebody else chooses. */

/** How a person takes over: writes in the inbox, presses the button, or writes in Meta's own app. */
export type Takeover = "write" | "mode" | "echo";
export const takeovers: fc.Arbitrary<readonly Takeover[]> = fc.tuple(
  fc.constantFrom<Takeover>("write", "mode", "echo"),
  fc.constantFrom<Takeover>("write", "mode", "echo"),
);

/** Runs a job as the queue would: again when it says so, or when two transactions stood in each other's way. */
export async function runJob(world: World, deps: World["deps"], conversationId: string, job: string): Promise<void> {
  for (let delivery = 1; delivery <= 20; delivery += 1) {
    try {
      const result = await answerJob(deps, { conversationId }, job);
      if (result.state === "done") return;
      world.now = Math.max(world.now, result.until);
    } catch (error) {
      // 10 is ABORTED: the store gave up a transaction for another's sake, and the queue delivers again.
      if (!(error instanceof Error) || !("code" in error) || error.code !== 10) throw error;
    }
  }
  throw new Error("The job was not acknowledged in twenty deliveries.");
}

/**
 * Runs a job once. What has to wait is queued for later: ten seconds pass in the queue, in which everybody else is done
 * with the call that was under way.
 */
async function runOnce(world: World, deps: World["deps"], conversationId: string, job: string): Promise<void> {
  const result = await answerJob(deps, { conversationId }, job);
  if (result.state === "again") world.jobs.push({ conversationId });
}

/** Works on the jobs that were queued on the way, until there are none. */
export async function settle(world: World, conversationId: string): Promise<void> {
  for (let n = 0; world.jobs.length > 0 && n < 10; n += 1) {
    world.jobs.length = 0;
    await runJob(world, world.deps, conversationId, `settle-${n}`);
  }
}

/** What happened in which order, as the people and the bot saw it. */
export interface Note {
  readonly what: "person took over" | "may send";
  readonly message?: string;
}

/** Notes when the worker asks whether it may send a message: from then on nobody else is asked. */
function noting(deps: World["deps"], notes: Note[]): World["deps"] {
  const begin: typeof deps.outbox.begin = (message, recent) => {
    notes.push({ what: "may send", message });
    return deps.outbox.begin(message, recent);
  };
  const commit: typeof deps.store.commit = async (answer, recent) => {
    // Which message it is becomes known with the answer; the question is asked now.
    const asked: { what: "may send"; message?: string } = { what: "may send" };
    notes.push(asked);
    const result = await deps.store.commit(answer, recent);
    if (result.state === "committed") asked.message = result.row.id;
    return result;
  };
  return { ...deps, store: { ...deps.store, commit }, outbox: { ...deps.outbox, begin } };
}

/** What the bot says: how many of the customer's messages it answers to. */
function seen(history: readonly Turn[]): string {
  return `lidas: ${history.filter(({ author }) => author === "customer").length}`;
}

/**
 * One run: a customer's two messages, two jobs, two people, one conversation.
 * @param written the store's own record of what was written when; else what its callers saw stands for it
 */
export async function race(
  db: Firestore,
  customer: string,
  order: Order,
  how: readonly Takeover[],
  written?: readonly Note[],
): Promise<void> {
  const id = `whatsapp_${customer}`;
  const world = createWorld(db);
  world.answer = async ({ history }) => reply(seen(history));
  const notes: Note[] = [];
  const deps = aroundSteps(noting(world.deps, notes), async (_, when) => {
    if (when === "before") order.step();
  });
  const first = () => runOnce(world, deps, id, "job-1");
  const again = async () => {
    await world.customerWrites(customer, "E aí?");
    await runOnce(world, deps, id, "job-2");
  };
  const person = async (takeover: Takeover, n: number) => {
    await takeOver(world, customer, takeover, n);
    notes.push({ what: "person took over" });
  };
  await order.run([async () => void (await world.customerWrites(customer, "Oi"))]);
  await order.run([first, again, ...how.map((takeover, n) => () => person(takeover, n))]);
  await order.run([() => settle(world, id)]);
  await order.run([() => judge(world, customer, written ?? notes, how)]);
}

/** For a store in memory: notes each send that is allowed and each takeover at the moment at which it is written. */
export function notingWrites(notes: Note[]): (path: string, data: Readonly<Record<string, unknown>>) => void {
  return (path, data) => {
    if (path.startsWith("conversations/") && data.mode === "human") notes.push({ what: "person took over" });
    const sending = path.startsWith("outbox/") && data.author === "bot" && data.status === "sending";
    if (sending) notes.push({ what: "may send", message: String(data.id) });
  };
}

async function takeOver(world: World, customer: string, takeover: Takeover, n: number): Promise<void> {
  const id = `whatsapp_${customer}`;
  switch (takeover) {
    case "mode":
      await actOnConversation(world.db, id, { type: "mode", mode: "human" }, `agent-${n}`, world.now);
      return;
    case "write": {
      const manual = { conversationId: id, text: `pessoa ${n}`, clientMessageId: `c-${n}`, author: `agent-${n}` };
      const result = await sendManualMessage({ ...world.deps, db: world.db }, manual);
      expect(result.state).toBe("written");
      return;
    }
    case "echo": {
      const inbound = createInboundStore(firestoreStore(world.db), { now: () => world.now });
      const echo = { type: "message", direction: "echo", channel: "whatsapp", kind: "text" } as const;
      const from = { account: "100000000000001", customer, providerId: `wamid.echo.${customer}.${n}` };
      await inbound.persist([{ ...echo, ...from, at: world.now, text: `pessoa ${n}`, attachments: [] }], {});
    }
  }
}

async function judge(world: World, customer: string, notes: readonly Note[], how: readonly Takeover[]): Promise<void> {
  // Whoever asks after a person has taken over must be told no: each of the bot's sends was allowed before.
  const tookOver = notes.findIndex(({ what }) => what === "person took over");
  const fromBot = world.provider.sent.filter(({ author }) => author === "bot");
  for (const { messageId } of fromBot) {
    const allowed = notes.findIndex(({ what, message }) => what === "may send" && message === messageId);
    expect(allowed).toBeGreaterThanOrEqual(0);
    expect(allowed).toBeLessThan(tookOver);
  }
  // Never two answers to the same messages, nor one message twice.
  expect(new Set(fromBot.map(({ messageId }) => messageId)).size).toBe(fromBot.length);
  expect(new Set(fromBot.map(({ text }) => text)).size).toBe(fromBot.length);
  expect(fromBot.every(({ text }) => /^lidas: [12]$/.test(text))).toBe(true);
  const written = world.provider.sent.filter(({ author }) => author === "person").map(({ text }) => text);
  expect(written.sort()).toEqual(how.flatMap((takeover, n) => (takeover === "write" ? [`pessoa ${n}`] : [])));
  const { conversation, rows } = await world.read(customer);
  expect(conversation).toMatchObject({ mode: "human", awaitingReply: false });
  expect(conversation.lease ?? null).toBeNull();
  expect(rows.filter(({ status }) => status === "pending" || status === "sending")).toEqual([]);
  const outbox = world.db.collection(COLLECTIONS.outbox).where("conversationId", "==", conversation.id);
  expect((await outbox.where("status", "in", ["pending", "sending"]).get()).size).toBe(0);
}
