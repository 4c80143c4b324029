import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Simulators, startSimulators } from "../../local/simulators/index.ts";
import { FALLBACK_TEXT } from "../assistant/assistant.ts";
import { createAssistant } from "../assistant/create.ts";
import { pauselessClock } from "../assistant/testing/clocks.ts";
import { HANDOFF_TEXT, UNABLE_TEXT } from "../assistant/texts.ts";
import { answerJob } from "./answer.ts";
import { firestoreForTests } from "./testing/firestore.ts";
import { CUSTOMER, createWorld, JOB, type World } from "./testing/world.ts";

/**
 * Every way in which the model fails, from the simulator's wire through assistant, store and outbox: what the customer
 * reads, who has the conversation afterwards, and what the logs keep.
 */

/** What the simulator's attacker wants people to open. */
const EVIL = "pagamentos-servio.example";

const store = firestoreForTests();
let simulators: Simulators;
let world: World;
beforeAll(async () => {
  simulators = await startSimulators({ port: 0, host: "127.0.0.1" });
});
afterAll(async () => {
  await simulators.close();
});
beforeEach(() => {
  world = createWorld(store.fresh());
});

interface Options {
  readonly model?: string;
  /** Milliseconds for one answer, by the real clock; else pauses between calls take no time, and no call is cut off. */
  readonly deadlineMs?: number;
}

/** The worker with the real assistant, whose model fails in one way until it is told otherwise. */
async function failing(fault: object, options: Options = {}): Promise<void> {
  await control("DELETE");
  if (Object.keys(fault).length > 0) await control("POST", { target: "gemini", mode: "error", ...fault });
  const assistant = createAssistant({
    apiKey: "chave-de-exemplo",
    baseUrl: simulators.geminiBaseUrl,
    model: options.model ?? "gemini-3.5-flash-lite",
    log: pino({ enabled: false }),
    ...(options.deadlineMs === undefined ? { clock: pauselessClock() } : { deadlineMs: options.deadlineMs }),
  });
  world.answer = (request) => assistant.answer(request);
}

async function control(method: "POST" | "DELETE", body?: object): Promise<void> {
  const response = await fetch(`${simulators.url}/control/faults`, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  if (!response.ok) throw new Error(`${method} /control/faults answered ${response.status}: ${await response.text()}`);
}

interface End {
  readonly text: string;
  readonly mode: "bot" | "human";
  /** Of the row in `ia_logs`. */
  readonly ia: string;
  /** Of the row in `omni_logs`: whether the bot could do its part. */
  readonly success: boolean;
}

const waits = (ia: string): End => ({ text: FALLBACK_TEXT, mode: "bot", ia, success: false });
const handedOver = (ia: string): End => ({ text: UNABLE_TEXT.pt, mode: "human", ia, success: true });

type Row = readonly [name: string, fault: object, end: End, options?: Options];

const ROWS: readonly Row[] = [
  ["429 with RetryInfo longer than an answer may take", { code: "quota" }, waits("quota")],
  ["429 for the day", { code: "quota_day" }, waits("quota_day")],
  ["503", { code: "unavailable" }, waits("unavailable")],
  ["500", { code: "internal" }, waits("unavailable")],
  ["404: the model is gone", { code: "model_unknown" }, waits("model_unknown")],
  ["a model id that never was", {}, waits("model_unknown"), { model: "gemini-0-exemplo" }],
  ["a refused key", { code: "key_invalid" }, waits("refused")],
  ["no network", { mode: "down" }, waits("unavailable")],
  ["no answer in time", { mode: "hang" }, waits("timeout"), { deadlineMs: 1500 }],
  ["a blocked prompt", { code: "blocked_prompt" }, handedOver("blocked")],
  ["a blocked answer", { code: "blocked_candidate" }, handedOver("blocked")],
  ["recitation", { code: "recitation" }, handedOver("blocked")],
  ["no candidate", { code: "no_candidates" }, handedOver("blocked")],
  ["an empty answer", { code: "empty" }, handedOver("malformed")],
  ["a truncated answer", { code: "truncated" }, handedOver("malformed")],
  ["JSON that is none", { code: "malformed" }, handedOver("malformed")],
  ["the instruction given away", { code: "adversarial_leak" }, handedOver("unsafe")],
  ["a foreign link", { code: "adversarial_url" }, handedOver("unsafe")],
  ["everything an attacker wants", { code: "adversarial" }, handedOver("unsafe")],
];

describe("the model fails", () => {
  test.each(ROWS.map(([name, ...row]) => [name, row] as const))("%s", async (_, [fault, end, options]) => {
    await failing(fault, options);
    await world.customerWrites(CUSTOMER, "Bom dia, quero um orçamento");
    expect(await answerJob(world.deps, JOB, "job-1")).toEqual({ state: "done" });

    expect(world.provider.sent.map(({ text }) => text)).toEqual([end.text]);
    const { conversation, logs, modelCalls, rows } = await world.read(CUSTOMER);
    expect(conversation).toMatchObject({ needsPerson: true, awaitingReply: false, lastMessage: end.text });
    expect(conversation.mode ?? "bot").toBe(end.mode);
    expect(modelCalls.map(({ outcome }) => outcome)).toEqual([end.ia]);
    expect(logs).toContainEqual(expect.objectContaining({ type: "message_processed", success: end.success }));
    expect(logs.some(({ type }) => type === "handoff")).toBe(end.mode === "human");
    expect(rows.every(({ status }) => status === "sent")).toBe(true);
    expect(JSON.stringify(world.provider.sent)).not.toContain(EVIL);
  });
});

test("a short fault is nobody's business: the customer gets the answer", async () => {
  await failing({ code: "unavailable", count: 1 });
  await world.customerWrites(CUSTOMER, "Bom dia, quero um orçamento");
  await answerJob(world.deps, JOB, "job-1");
  const { conversation, modelCalls } = await world.read(CUSTOMER);
  expect(modelCalls.map(({ outcome }) => outcome)).toEqual(["reply"]);
  expect(conversation.needsPerson ?? false).toBe(false);
});

test("a slow model is waited for", async () => {
  await failing({ mode: "delay", delayMs: 300, count: 1 });
  await world.customerWrites(CUSTOMER, "Bom dia, quero um orçamento");
  await answerJob(world.deps, JOB, "job-1");
  expect((await world.read(CUSTOMER)).modelCalls).toMatchObject([{ outcome: "reply" }]);
});

test("one outage, one fixed text: what comes after it is left to a person in silence, until the model is back", async () => {
  await failing({ code: "quota_day" });
  for (const text of ["Oi", "Alguém?", "Olá?"]) {
    await world.customerWrites(CUSTOMER, text);
    await answerJob(world.deps, JOB, `job-${text}`);
  }
  expect(world.provider.sent.map(({ text }) => text)).toEqual([FALLBACK_TEXT]);
  const { conversation, logs } = await world.read(CUSTOMER);
  expect(conversation).toMatchObject({ needsPerson: true, answeredCount: 3 });
  expect(logs.filter(({ outcome }) => outcome === "silent")).toHaveLength(2);

  await failing({});
  await world.customerWrites(CUSTOMER, "Bom dia, quero um orçamento");
  await answerJob(world.deps, JOB, "job-back");
  expect(world.provider.sent).toHaveLength(2);
  expect((await world.read(CUSTOMER)).conversation).toMatchObject({ fallbackAt: null, needsPerson: true });
});

test.each([
  ["pt", "quero falar com um atendente"],
  ["en", "I want to talk to a human"],
  ["es", "quiero hablar con un agente"],
] as const)("a dead model still hands over (%s)", async (language, words) => {
  await failing({ mode: "down" });
  await world.customerWrites(CUSTOMER, words);
  await answerJob(world.deps, JOB, "job-1");
  expect(world.provider.sent.map(({ text }) => text)).toEqual([HANDOFF_TEXT[language]]);
  const { conversation, modelCalls } = await world.read(CUSTOMER);
  expect(conversation).toMatchObject({ mode: "human", needsPerson: true, language });
  expect(modelCalls).toMatchObject([{ model: "none", outcome: "handoff" }]);
});
