import { expect, test } from "vitest";
import { ACCOUNTS, stage } from "../testing.ts";

const CUSTOMER = "5511900000001";
const hello = { channel: "whatsapp", from: CUSTOMER, name: "Cliente de exemplo", text: "Olá, preciso de ajuda ☀️" };

test("raw webhooks go out as given: strings byte for byte, objects escaped, unsigned on request", async () => {
  await using s = await stage();
  await s.control("POST", "webhooks", { channel: "instagram", body: '{"broken": "é' });
  await s.control("POST", "webhooks", { channel: "instagram", body: { text: "é" } });
  await s.control("POST", "webhooks", { channel: "instagram", body: {}, signature: "none" });
  await s.control("POST", "webhooks", { channel: "instagram", body: {}, signature: "wrong" });
  const [string, object, unsigned, wrong] = s.app.delivered;
  expect(Buffer.from(string?.raw ?? "", "latin1").toString()).toBe('{"broken": "é');
  expect(object?.raw).toBe('{"text":"\\u00e9"}');
  expect([string, object, unsigned, wrong].map((each) => each?.isSigned)).toEqual([true, true, false, false]);
  expect(unsigned?.signature).toBeUndefined();
});

test("a customer of a raw webhook can be answered, on the number it named", async () => {
  await using s = await stage();
  const value = {
    metadata: { phone_number_id: "777" },
    messages: [{ from: "5511900000009", id: "wamid.1", timestamp: String(Math.floor(s.now() / 1000)), type: "text" }],
  };
  const body = { object: "whatsapp_business_account", entry: [{ id: "1", changes: [{ field: "messages", value }] }] };
  await s.control("POST", "webhooks", { channel: "whatsapp", body });
  const text = { messaging_product: "whatsapp", to: "5511900000009", type: "text", text: { body: "Olá" } };
  expect((await s.graph("v26.0/777/messages", text)).status).toBe(200);
});

test("sent can be filtered and waited for", async () => {
  await using s = await stage();
  await s.control("POST", "messages", hello);
  const waiting = s.sent(`?channel=whatsapp&to=${CUSTOMER}&atLeast=2&timeoutMs=4000`);
  const text = (body: string) => ({ messaging_product: "whatsapp", to: CUSTOMER, type: "text", text: { body } });
  for (const body of ["um", "dois"]) await s.graph(`v26.0/${ACCOUNTS.whatsapp}/messages`, text(body));
  expect((await waiting).map((each) => each.text)).toEqual(["um", "dois"]);
  expect(await s.sent("?channel=facebook")).toEqual([]);
  expect(await s.sent(`?since=${s.now() + 1000}`)).toEqual([]);
  expect(await s.sent("?atLeast=9&timeoutMs=1")).toHaveLength(2);
});

test.each([
  ["messages", { channel: "sms", from: "1" }, "input_invalid", /channel/],
  ["messages", { channel: "whatsapp", from: "1", txet: "Olá" }, "input_invalid", /txet/],
  ["messages", { channel: "whatsapp", from: "1", type: "fax" }, "type_unknown", /no type "fax"\. It has: text/],
  ["faults", { target: "graph", mode: "error", count: 1, forMs: 1 }, "input_invalid", /count or forMs/],
  [
    "faults",
    { target: "pubsub", mode: "down" },
    "target_not_simulated",
    /this stack knows graph, gemini, sendgrid, slack/,
  ],
  ["nonsense", {}, "route_unknown", /there is messages/],
])("POST %s %j says what is wrong and what to do", async (path, body, code, words) => {
  await using s = await stage();
  const answer = await s.control<{ code: string; detail: string }>("POST", path, body);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.body.code).toBe(code);
  expect(answer.body.detail).toMatch(words);
});

test("a registered part can fail through the same API", async () => {
  await using s = await stage();
  const calls: string[] = [];
  s.simulators.registerFaultTarget("firestore", {
    begin: (fault) => void calls.push(`begin ${fault.mode}`),
    end: (fault) => void calls.push(`end ${fault.mode}`),
  });
  await s.control("POST", "faults", { target: "firestore", mode: "down" });
  await s.control("DELETE", "faults?target=firestore");
  expect(calls).toEqual(["begin down", "end down"]);
});

test("the page's stream starts with what there is and goes on with what happens", async () => {
  await using s = await stage();
  const stream = await fetch(`${s.simulators.url}/control/events`);
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  let seen = "";
  const until = async (mark: string) => {
    while (!seen.includes(mark)) seen += (await reader?.read())?.value ?? "";
  };
  await until("event: snapshot");
  await s.control("POST", "messages", { ...hello, text: "pela página" });
  await until("event: bubble");
  await until('"status":"delivered"');
  await reader?.cancel();
});
