import { expect, test } from "vitest";
import { ACCOUNTS, stage } from "../testing.ts";

const CUSTOMER = "5511900000001";
const hello = { channel: "whatsapp", from: CUSTOMER, name: "Cliente de exemplo", text: "Olá, preciso de ajuda ☀️" };

test("a WhatsApp message arrives as Meta would send it, signed over its raw bytes", async () => {
  await using s = await stage();
  const at = 1_795_000_000_123;
  const answer = await s.control("POST", "messages", { ...hello, id: "wamid.A/B==", at });
  expect(answer).toEqual({ status: 200, body: { id: "wamid.A/B==", status: 200, statuses: [200] } });
  expect(s.app.delivered).toHaveLength(1);
  expect(s.app.delivered[0]).toMatchObject({ path: "/whatsapp", isSigned: true });
  expect(s.app.delivered[0]?.raw).toContain('"body":"Ol\\u00e1, preciso de ajuda \\u2600\\ufe0f"');
  expect(s.app.delivered[0]?.body).toEqual({
    object: "whatsapp_business_account",
    entry: [
      {
        id: "190000000000001",
        changes: [
          {
            field: "messages",
            value: {
              messaging_product: "whatsapp",
              metadata: { display_phone_number: "5511400000000", phone_number_id: ACCOUNTS.whatsapp },
              contacts: [{ profile: { name: "Cliente de exemplo" }, wa_id: CUSTOMER }],
              messages: [
                {
                  from: CUSTOMER,
                  id: "wamid.A/B==",
                  timestamp: "1795000000",
                  type: "text",
                  text: { body: hello.text },
                },
              ],
            },
          },
        ],
      },
    ],
  });
});

test.each([
  ["facebook", "page"],
  ["instagram", "instagram"],
] as const)("a %s message arrives in Messenger's envelope, times in milliseconds", async (channel, object) => {
  await using s = await stage();
  const at = 1_795_000_000_123;
  await s.control("POST", "messages", { channel, from: "2400000000000001", text: "Olá", id: "m_1", at });
  expect(s.app.delivered[0]).toMatchObject({
    path: `/${channel}`,
    isSigned: true,
    body: {
      object,
      entry: [
        {
          id: ACCOUNTS[channel],
          messaging: [
            {
              sender: { id: "2400000000000001" },
              recipient: { id: ACCOUNTS[channel] },
              timestamp: at,
              message: { mid: "m_1", text: "Olá" },
            },
          ],
        },
      ],
    },
  });
});

test("the same message can be delivered several times", async () => {
  await using s = await stage();
  const answer = await s.control("POST", "messages", { ...hello, times: 3 });
  expect(answer.body).toMatchObject({ status: 200, statuses: [200, 200, 200] });
  expect(new Set(s.app.delivered.map((each) => each.raw)).size).toBe(1);
});

test("a batch is one webhook with every update, each shown on its own phone", async () => {
  await using s = await stage();
  const messages = ["+55 11 90000-0001", "5511900000002"].map((from, n) => ({
    ...hello,
    from,
    id: `wamid.${n}`,
    text: `${n}`,
  }));
  const answer = await s.control("POST", "batches", { messages: [...messages, { ...hello, type: "opt_out" }] });
  expect(answer.body).toMatchObject({ ids: ["wamid.0", "wamid.1", expect.any(String)], status: 200, statuses: [200] });
  const { body } = await s.app.webhook(1);
  const changes = (body as { entry: [{ changes: { field: string }[] }] }).entry[0].changes;
  expect(changes.map((each) => each.field)).toEqual(["messages", "messages", "user_preferences"]);
  expect(changes[0]).toMatchObject({ value: { messages: [{ from: CUSTOMER, text: { body: "0" } }] } });
  const mixed = await s.control("POST", "batches", { messages: [hello, { channel: "facebook", from: "24" }] });
  expect(mixed.body).toMatchObject({ code: "input_invalid", detail: expect.stringContaining("same channel") });
});

test("a webhook that does not answer 200 gets the same bytes again until it does", async () => {
  await using s = await stage({ retryDelaysMs: [0, 1, 1, 1] });
  s.app.answers.push(503, 500, 204);
  const answer = await s.control("POST", "messages", hello);
  expect(answer.body).toMatchObject({ status: 503 });
  await s.app.webhook(4);
  expect(new Set(s.app.delivered.map((each) => each.raw)).size).toBe(1);
  expect(s.simulators.state().counters).toMatchObject({ "webhooks.refused.whatsapp": 3, "webhooks.redelivered": 3 });
});

test("redelivery is bounded", async () => {
  await using s = await stage({ retryDelaysMs: [0, 0] });
  s.app.answers.push(500, 500, 500);
  await s.control("POST", "messages", hello);
  await s.app.webhook(3);
  await expect.poll(() => s.simulators.state().counters["webhooks.givenUp"]).toBe(1);
  expect(s.simulators.state().pendingRedeliveries).toBe(0);
  expect(s.app.delivered).toHaveLength(3);
});

test("an unsubscribed account is told nothing, until it is subscribed again", async () => {
  await using s = await stage();
  await s.control("POST", "subscriptions", { channel: "facebook", subscribed: false });
  const lost = await s.control("POST", "messages", { channel: "facebook", from: "24", text: "Olá" });
  expect(lost.body).toMatchObject({ statuses: [] });
  expect(s.app.delivered).toHaveLength(0);
  const subscribe = await s.graph(`v26.0/${ACCOUNTS.facebook}/subscribed_apps`, {});
  expect(subscribe.body).toEqual({ success: true });
  const told = await s.control("POST", "messages", { channel: "facebook", from: "24", text: "Olá" });
  expect(told.body).toMatchObject({ status: 200 });
});

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
  ["faults", { target: "slack", mode: "down" }, "target_not_simulated", /this stack knows graph, gemini/],
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
