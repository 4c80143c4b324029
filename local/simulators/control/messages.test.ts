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
