import { Timestamp } from "firebase-admin/firestore";
import pino from "pino";
import { expect, test } from "vitest";
import type { SendResult } from "../channels/channel.ts";
import { deliver } from "./deliver.ts";
import type { OutboxRow } from "./model.ts";
import type { DeliveryDeps, Recorded } from "./ports.ts";

const NOW = 1_800_000_000_000;
const ROW = {
  id: "m1",
  conversationId: "instagram_77",
  channel: "instagram",
  customer: "77",
  text: "Olá",
  author: "bot",
  status: "sending",
  attempts: 1,
  lastInboundAt: Timestamp.fromMillis(NOW - 1500),
} as OutboxRow;

/** A store that has the row, and a channel that gives the result or throws it. */
function harness(row: OutboxRow, result: SendResult | Error, recorded: Recorded) {
  const results: SendResult[] = [];
  const lines: Record<string, unknown>[] = [];
  let sends = 0;
  const channel = {
    send: async () => {
      sends += 1;
      if (result instanceof Error) throw result;
      return result;
    },
  };
  const deps = {
    now: () => NOW,
    log: pino({ messageKey: "message" }, { write: (line) => lines.push(JSON.parse(line)) }),
    channels: { whatsapp: channel, instagram: channel, facebook: channel },
    outbox: {
      begin: async () => ({ action: "send", row }),
      record: async (_row: OutboxRow, one: SendResult) => {
        results.push(one);
        return recorded;
      },
    },
  } as unknown as DeliveryDeps;
  return { deps, results, lines, sends: () => sends };
}

const SENT: SendResult = { ok: true, providerId: "mid.1", shortened: false };

test("a sent answer is told in the specification's words", async () => {
  const { deps, lines } = harness(ROW, SENT, { status: "sent" });
  expect(await deliver(deps, "m1")).toEqual({ state: "sent" });
  expect(lines).toMatchObject([
    { message: "[Omni IA] Resposta enviada: ig_77", answeredInMs: 1500, channel: "instagram" },
  ]);
});

test.each([
  [{ ...ROW, author: "person" }, "[Omni Inbox] Resposta enviada: ig_77"],
  [{ ...ROW, automation: "followup_48h" }, "[Automação] Mensagem enviada: ig_77"],
] as [OutboxRow, string][])("whoever wrote it", async (row, message) => {
  const { deps, lines } = harness(row, SENT, { status: "sent" });
  await deliver(deps, "m1");
  expect(lines.map((line) => line.message)).toEqual([message]);
});

test("the web chat reads its messages from us", async () => {
  const row = { ...ROW, channel: "webchat", conversationId: "webchat_v1" } as OutboxRow;
  const { deps, results, lines, sends } = harness(row, SENT, { status: "sent" });
  await deliver(deps, "m1");
  expect([sends(), results]).toEqual([0, [{ ok: true, providerId: "m1", shortened: false }]]);
  expect(lines[0]?.message).toBe("[Omni IA] Resposta enviada: web_v1");
});

test("a channel that throws leaves it unknown whether the message left", async () => {
  const { deps, results } = harness(ROW, new Error("socket"), { status: "sending", until: NOW + 5 });
  expect(await deliver(deps, "m1")).toEqual({ state: "wait", until: NOW + 5 });
  expect(results).toEqual([{ ok: false, failure: "unknown", code: 0, message: "Error: socket" }]);
});

test("a broken channel is an error in the log, any other failure a warning", async () => {
  const levels = async (failure: "channel" | "message") => {
    const result: SendResult = { ok: false, failure, code: 190, message: "expired" };
    const { deps, lines } = harness(ROW, result, { status: "failed", failure });
    expect(await deliver(deps, "m1")).toEqual({ state: "failed", failure });
    return lines.map(({ level, failure: told, code }) => [level, told, code]);
  };
  expect(await levels("channel")).toEqual([[50, "channel", 190]]);
  expect(await levels("message")).toEqual([[40, "message", 190]]);
});
