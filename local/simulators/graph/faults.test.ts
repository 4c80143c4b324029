import { expect, test } from "vitest";
import { ACCOUNTS, stage } from "../testing.ts";

const CUSTOMER = "5511900000001";
const path = `v26.0/${ACCOUNTS.whatsapp}/messages`;
const message = { messaging_product: "whatsapp", to: CUSTOMER, type: "text", text: { body: "Olá" } };

async function talking() {
  const s = await stage();
  await s.control("POST", "messages", { channel: "whatsapp", from: CUSTOMER, text: "Olá" });
  return s;
}

test("an error by code, for so many calls", async () => {
  await using s = await talking();
  await s.control("POST", "faults", { target: "graph", mode: "error", code: 131000, count: 2 });
  const answers = [await s.graph(path, message), await s.graph(path, message), await s.graph(path, message)];
  expect(answers.map((each) => [each.status, each.body.error?.code])).toEqual([
    [500, 131000],
    [500, 131000],
    [200, undefined],
  ]);
  expect(s.simulators.state().faults).toEqual([]);
});

test.each([
  [401, 190],
  [429, 130429],
  [500, 131000],
  [503, 131016],
])("an error by status: %i stands for %i", async (status, code) => {
  await using s = await talking();
  await s.control("POST", "faults", { target: "graph", mode: "error", status });
  expect(await s.graph(path, message)).toMatchObject({ status, body: { error: { code } } });
});

test("a fault of one channel leaves the others alone", async () => {
  await using s = await talking();
  await s.control("POST", "faults", { target: "graph", mode: "down", channel: "facebook" });
  expect((await s.graph(path, message)).status).toBe(200);
});

test("an error that comes later, as a failed status", async () => {
  await using s = await talking();
  await s.control("POST", "faults", { target: "graph", mode: "error", code: 131026, via: "status", count: 1 });
  expect((await s.graph(path, message)).status).toBe(200);
  const { body } = await s.app.webhook(2);
  expect(JSON.stringify(body)).toMatch(/"status":"failed".*"code":131026/);
});

test("of typing and reading nothing is told later: the message after them is the one that is refused", async () => {
  await using s = await talking();
  await s.control("POST", "faults", { target: "graph", mode: "error", code: 131026, via: "status", count: 1 });
  const { body: heard } = await s.app.webhook(1);
  const [, id] = /"id":"(wamid[^"]+)"/.exec(JSON.stringify(heard)) ?? [];
  const receipt = { messaging_product: "whatsapp", status: "read", message_id: id };
  expect((await s.graph(path, { ...receipt, typing_indicator: { type: "text" } })).status).toBe(200);
  expect(s.simulators.state().faults).toHaveLength(1);
  expect((await s.graph(path, message)).status).toBe(200);
  expect(s.simulators.state().faults).toEqual([]);
  const { body } = await s.app.webhook(2);
  expect(JSON.stringify(body)).toMatch(/"status":"failed".*"code":131026/);
});

test("down resets the connection, and nothing is sent", async () => {
  await using s = await talking();
  await s.control("POST", "faults", { target: "graph", mode: "down", count: 1 });
  await expect(s.graph(path, message)).rejects.toThrow("fetch failed");
  expect(await s.sent()).toEqual([]);
});

test("down after processing: the message left, the answer did not arrive", async () => {
  await using s = await talking();
  await s.control("POST", "faults", { target: "graph", mode: "down", processed: true, count: 1 });
  await expect(s.graph(path, message)).rejects.toThrow("fetch failed");
  expect(await s.sent("?atLeast=1")).toHaveLength(1);
});

test("hang never answers; ending the fault frees the next call", async () => {
  await using s = await talking();
  await s.control("POST", "faults", { target: "graph", mode: "hang" });
  const signal = AbortSignal.timeout(100);
  const call = fetch(`${s.simulators.graphBaseUrl}/${path}`, {
    method: "POST",
    headers: { authorization: "Bearer t" },
    signal,
  });
  await expect(call).rejects.toMatchObject({ name: "TimeoutError" });
  expect((await s.control("DELETE", "faults")).body).toEqual({ ended: 1 });
  expect((await s.graph(path, message)).status).toBe(200);
});

test("delay answers late", async () => {
  await using s = await talking();
  await s.control("POST", "faults", { target: "graph", mode: "delay", delayMs: 60, count: 1 });
  const started = performance.now();
  expect((await s.graph(path, message)).status).toBe(200);
  expect(performance.now() - started).toBeGreaterThanOrEqual(59);
});

test("a fault ends by itself after forMs", async () => {
  await using s = await talking();
  await s.control("POST", "faults", { target: "graph", mode: "error", status: 500, forMs: 60_000 });
  expect((await s.graph(path, message)).status).toBe(500);
  s.advance(60_001);
  expect((await s.graph(path, message)).status).toBe(200);
});
