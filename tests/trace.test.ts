import { resolve } from "node:path";
import { expect, test } from "vitest";
import { readLogs } from "../local/trace/read-logs.ts";
import { traceOf, wayOf } from "../local/trace/way.ts";
import { botAnswer, newCustomer, postWebhook, readMessages, until, whatsappText } from "./support/stack.ts";

const LOGS = resolve(import.meta.dirname, "../.local/tests/logs");

test("a message's whole way is found by one trace: webhook, queue, assistant, send", async () => {
  const from = newCustomer();
  const id = `wamid.trace-${from}`;
  await postWebhook(whatsappText({ from, id, text: "Quanto custa pintar a sala?" }));
  const answer = await botAnswer(from);
  const hops = await until("every hop in the logs", async () => {
    const entries = await readLogs(LOGS);
    const way = wayOf(entries, traceOf(entries, id) ?? "none");
    return way.some(({ name }) => name === "send") && way.some(({ name }) => name === "queue") ? way : undefined;
  });
  expect(hops.map(({ name }) => name)).toEqual(expect.arrayContaining(["webhook", "queue", "assistant", "send"]));
  expect(hops[0]).toMatchObject({ name: "webhook", service: "servio-webhook" });
  // Our own ids of both messages lead to the same way.
  const entries = await readLogs(LOGS);
  const [message] = await readMessages(from);
  expect([message?.id ?? "", answer.id].map((own) => traceOf(entries, own))).toEqual([
    traceOf(entries, id),
    message?.trace,
  ]);
});
