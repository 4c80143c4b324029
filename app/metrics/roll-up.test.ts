import { type Firestore, Timestamp } from "firebase-admin/firestore";
import { beforeEach, expect, test } from "vitest";
import { firestoreForTests } from "../conversations/testing/firestore.ts";
import { toCsv } from "./csv.ts";
import { readCounted, reportOf } from "./report.ts";
import { type Metrics, type MetricsRange, metricsSchema } from "./response.ts";
import { rollUp } from "./roll-up.ts";

/** Monday, noon in São Paulo. */
const NOON = Date.UTC(2026, 10, 23, 15);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const firestore = firestoreForTests();
let db: Firestore;
let now: number;
beforeEach(() => {
  db = firestore.fresh();
  now = NOON;
});

const deps = () => ({
  db,
  now: () => now,
  timeZone: "America/Sao_Paulo",
  triggers: ["followup_48h", "followup_pagamento"],
});
const at = (ms: number) => Timestamp.fromMillis(ms);
let rows = 0;
async function put(collection: string, row: object): Promise<void> {
  rows += 1;
  await db.collection(collection).doc(`row-${rows}`).set(row);
}
const sent = (agoMs: number, changes: object = {}) =>
  put("outbox", { channel: "whatsapp", author: "bot", status: "sent", updatedAt: at(now - agoMs), ...changes });
const heard = (agoMs: number, channel = "whatsapp") =>
  put("messages", { channel, status: "received", createdAt: at(now - agoMs) });

async function report(range: MetricsRange): Promise<Omit<Metrics, "now">> {
  const all = reportOf(deps(), range, await readCounted(deps(), range));
  return metricsSchema.omit({ now: true }).parse(all);
}

test("what was sent, failed, closed, automated and asked of the model", async () => {
  const waitingSince = at(now - 10 * MINUTE);
  await sent(5 * MINUTE, { waitingSince, firstResponse: true });
  await sent(5 * MINUTE, { author: "person", agent: "agente.1", waitingSince });
  await sent(5 * MINUTE, { automation: "followup_48h", channel: "facebook" });
  await sent(5 * MINUTE, { status: "failed", author: "person", agent: "agente.1" });
  await put("omni_logs", {
    ...{ type: "conversation_closed", channel: "whatsapp", agent: "agente.1", withPerson: true },
    ...{ durationMs: HOUR, timestamp: at(now - 5 * MINUTE) },
  });
  await put("omni_logs", { type: "message_processed", channel: "whatsapp", timestamp: at(now - 5 * MINUTE) });
  const send = { trigger: "followup_48h", open: false, updatedAt: at(now - 5 * MINUTE) };
  await put("automation_sends", { ...send, outcome: "sent", reason: "no_template" });
  await put("automation_sends", { ...send, outcome: "task", reason: "window_closed" });
  await put("automation_sends", { ...send, open: true, outcome: "sent" });
  await put("ia_logs", { latencyMs: 900, outcome: "reply", timestamp: at(now - 5 * MINUTE) });
  await put("ia_logs", { latencyMs: "?", outcome: "reply", timestamp: at(now - 5 * MINUTE) });
  await heard(6 * MINUTE);
  await heard(7 * MINUTE, "instagram");

  expect(await rollUp(deps())).toEqual({ counted: 9, complete: true });
  const seen = await report("24h");
  const five = { count: 1, p50Ms: expect.closeTo(5 * MINUTE, -5), p90Ms: expect.closeTo(5 * MINUTE, -5) };
  expect(seen.total.volume).toEqual({ inbound: 2, bot: 1, person: 1, automation: 1, failed: 1 });
  expect(seen.total.bot).toEqual({ firstResponse: five, reply: five, resolution: null });
  expect(seen.total.person).toMatchObject({ firstResponse: null, reply: { count: 1 }, resolution: { count: 1 } });
  expect(seen.channels.map(({ channel, volume }) => [channel, volume.inbound, volume.automation])).toEqual([
    ["whatsapp", 1, 0],
    ["instagram", 1, 0],
    ["facebook", 0, 1],
    ["webchat", 0, 0],
  ]);
  expect(seen.agents).toMatchObject([{ agent: "agente.1", messages: 1, closed: 1, reply: { count: 1 } }]);
  expect(seen.automations).toEqual([
    {
      ...{ trigger: "followup_48h", sent: 1, failed: 0, tasks: 1, skipped: 0 },
      reasons: { no_template: 1, window_closed: 1 },
    },
    { trigger: "followup_pagamento", sent: 0, failed: 0, tasks: 0, skipped: 0, reasons: {} },
  ]);
  expect(seen.assistant).toMatchObject({ calls: 1, latency: { count: 1 }, outcomes: { reply: 1 } });
  expect(seen.countedTo).toBe(new Date(now - MINUTE).toISOString());
});

test("each once, however often it runs, and two at a time", async () => {
  for (let n = 0; n < 5; n += 1) await sent(2 * MINUTE + n);
  await heard(2 * MINUTE);
  await Promise.all([rollUp(deps()), rollUp(deps()), rollUp(deps())]);
  await rollUp(deps());
  expect((await report("24h")).total.volume).toMatchObject({ bot: 5, inbound: 1 });
  await heard(MINUTE);
  await sent(MINUTE);
  now += 2 * MINUTE;
  expect(await rollUp(deps())).toMatchObject({ counted: 1 });
  expect((await report("24h")).total.volume).toMatchObject({ bot: 6, inbound: 2 });
});

test("what is too young is the next run's; more than a page is read in pages, rows of one instant too", async () => {
  const batch = db.batch();
  const row = { channel: "whatsapp", author: "bot", status: "sent", updatedAt: at(now - 2 * MINUTE) };
  for (let n = 0; n < 450; n += 1) batch.set(db.collection("outbox").doc(`same-${n}`), row);
  await batch.commit();
  await sent(30_000);
  expect(await rollUp(deps())).toEqual({ counted: 450, complete: true });
  now += MINUTE;
  expect(await rollUp(deps())).toEqual({ counted: 1, complete: true });
});

test("hours and days lie where they belong, and a pause of two days is made up for", async () => {
  await heard(HOUR);
  await rollUp(deps());
  now += 50 * HOUR;
  await heard(49 * HOUR);
  await sent(HOUR);
  expect(await rollUp(deps())).toMatchObject({ complete: true });
  const week = await report("7d");
  expect(week.series).toHaveLength(168);
  const busy = week.series.filter(({ channels }) => channels.whatsapp.inbound + channels.whatsapp.bot > 0);
  expect(busy.map((one) => one.at)).toEqual([
    "2026-11-23T14:00:00.000Z",
    "2026-11-23T16:00:00.000Z",
    "2026-11-25T16:00:00.000Z",
  ]);
  const month = await report("30d");
  expect([month.slot, month.series.length]).toEqual(["day", 30]);
  const days = month.series.filter(({ channels }) => channels.whatsapp.inbound > 0);
  expect(days.map((one) => [one.at, one.channels.whatsapp.inbound])).toEqual([["2026-11-23T03:00:00.000Z", 2]]);
});

test("nothing was ever counted", async () => {
  const empty = await report("24h");
  expect([empty.countedTo, empty.agents, empty.series.length]).toEqual([null, [], 24]);
});

test("a table for spreadsheets: a line a slot and channel", async () => {
  await sent(2 * MINUTE, { waitingSince: at(now - 3 * MINUTE) });
  await rollUp(deps());
  const lines = toCsv(await readCounted(deps(), "24h")).split("\r\n");
  expect(lines).toHaveLength(1 + 24 * 4 + 1);
  expect(lines[0]).toMatch(/^at,channel,inbound,bot,person,automation,failed,bot_first_response_count,/);
  const busy = lines.find((line) => line.startsWith("2026-11-23T14:00:00.000Z,whatsapp,"));
  expect(busy).toMatch(/^2026-11-23T14:00:00.000Z,whatsapp,0,1,0,0,0,0,,,1,\d{5},\d{5},0,,/);
});
