import { expect, test } from "vitest";
import { messageId } from "../../app/conversations/ids.ts";
import { readLogLine } from "../services/monitoring/log-line.ts";
import { traceOf, wayOf } from "./way.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const AT = Date.UTC(2026, 10, 24, 12);

function entry(service: string, afterMs: number, fields: Record<string, unknown>, trace = TRACE) {
  const line = {
    severity: "INFO",
    timestamp: new Date(AT + afterMs).toISOString(),
    "logging.googleapis.com/trace": `projects/demo/traces/${trace}`,
    ...fields,
  };
  const read = readLogLine(JSON.stringify(line), { type: "cloud_run_revision", labels: { service_name: service } });
  if (!read) throw new Error("unreadable");
  return read;
}

const ENTRIES = [
  entry("servio-api", 1_400, {
    route: "/tasks/replies",
    status: 204,
    latencyMs: 1_350,
    message: "POST /tasks/replies 204",
  }),
  entry("servio-api", 1_300, { event: "message_sent", messageId: "answer-1", message: "[Omni IA] Resposta enviada" }),
  entry("servio-api", 1_100, { event: "ia_answer", aiLatencyMs: 900, message: "[Omni IA] Resposta: reply" }),
  entry("servio-webhook", 60, {
    event: "message_received",
    channel: "whatsapp",
    account: "1",
    providerId: "wamid.1",
    latencyMs: 40,
    message: '[Omni WA] Mensagem de 5511900000001: "Oi"',
  }),
  entry("servio-webhook", 10, { event: "message_received", providerId: "wamid.2", latencyMs: 5 }, "f".repeat(32)),
];

test.each(["wamid.1", messageId("whatsapp", "1", "wamid.1"), "answer-1"])("%s is found by its trace", (id) => {
  expect(traceOf(ENTRIES, id)).toBe(TRACE);
});

test("a message that no line tells of has none", () => {
  expect(traceOf(ENTRIES, "wamid.3")).toBeUndefined();
});

test("the hops follow each other as they began", () => {
  expect(wayOf(ENTRIES, TRACE).map(({ name, at, tookMs }) => [name, at - AT, tookMs])).toEqual([
    ["webhook", 20, 40],
    ["queue", 50, 1_350],
    ["assistant", 200, 900],
    ["send", 1_300, undefined],
  ]);
});

test("what is no JSON line is passed over", () => {
  const resource = { type: "cloud_run_revision", labels: {} };
  for (const line of ["", "{", "Serving function", '{"severity":"INFO"}']) {
    expect(readLogLine(line, resource)).toBeUndefined();
  }
});
