import { expect, test } from "vitest";
import { ACCOUNTS, type Delivered, type Stage, stage } from "../testing.ts";

const CUSTOMER = "5511900000001";
const PSID = "2400000000000001";
const HOUR = 3_600_000;
const whatsappPath = `v26.0/${ACCOUNTS.whatsapp}/messages`;

function text(body: string, more: Record<string, unknown> = {}) {
  return { messaging_product: "whatsapp", to: `+${CUSTOMER}`, type: "text", text: { body }, ...more };
}

function page(message: unknown, more: Record<string, unknown> = {}) {
  return { recipient: { id: PSID }, messaging_type: "RESPONSE", message, ...more };
}

async function customerWrites(s: Stage, channel: "whatsapp" | "facebook" | "instagram"): Promise<void> {
  await s.control("POST", "messages", {
    channel,
    from: channel === "whatsapp" ? CUSTOMER : PSID,
    text: "Olá",
    id: "in-1",
  });
}

/** The `statuses` or `messaging` elements of webhooks. */
function news(delivered: readonly Delivered[]): unknown[] {
  const bodies = delivered as readonly {
    body: { entry: { changes?: { value: { statuses: unknown[] } }[]; messaging?: unknown[] }[] };
  }[];
  return bodies.flatMap(({ body }) =>
    body.entry.flatMap((entry) => [
      ...(entry.changes ?? []).flatMap((each) => each.value.statuses),
      ...(entry.messaging ?? []),
    ]),
  );
}

test("WhatsApp: an accepted send is reported sent and delivered with our own id on it", async () => {
  await using s = await stage();
  await customerWrites(s, "whatsapp");
  const answer = await s.graph(whatsappPath, text("Claro!", { biz_opaque_callback_data: "row-1" }));
  const id = answer.body.messages?.[0]?.id ?? "";
  expect(answer).toMatchObject({ status: 200, body: { contacts: [{ input: `+${CUSTOMER}`, wa_id: CUSTOMER }] } });
  expect(id).toMatch(/^wamid\./);
  await s.app.webhook(3);
  const common = { id, recipient_id: CUSTOMER, biz_opaque_callback_data: "row-1" };
  expect(news(s.app.delivered.slice(1))).toMatchObject([
    { ...common, status: "sent", pricing: { category: "service" } },
    { ...common, status: "delivered" },
  ]);
  expect(await s.sent()).toMatchObject([{ id, to: CUSTOMER, text: "Claro!", correlation: "row-1", kind: "text" }]);
});

test("WhatsApp: the phone that opens the conversation sends read", async () => {
  await using s = await stage();
  await customerWrites(s, "whatsapp");
  await s.graph(whatsappPath, text("Claro!"));
  await s.app.webhook(3);
  expect((await s.control("POST", "read", { channel: "whatsapp", customer: CUSTOMER })).body).toEqual({ read: 1 });
  expect(news(s.app.delivered.slice(3))).toMatchObject([{ status: "read" }]);
  expect((await s.control("POST", "read", { channel: "whatsapp", customer: CUSTOMER })).body).toEqual({ read: 0 });
});

test("Messenger: echo with metadata, then a watermark", async () => {
  await using s = await stage();
  await customerWrites(s, "facebook");
  const answer = await s.graph(`v26.0/${ACCOUNTS.facebook}/messages`, page({ text: "Claro!", metadata: "row-1" }));
  expect(answer.body).toMatchObject({ recipient_id: PSID });
  await s.app.webhook(3);
  const mid = answer.body.message_id;
  expect(news(s.app.delivered.slice(1))).toMatchObject([
    {
      sender: { id: ACCOUNTS.facebook },
      recipient: { id: PSID },
      message: { is_echo: true, mid, metadata: "row-1", text: "Claro!" },
    },
    { sender: { id: PSID }, recipient: { id: ACCOUNTS.facebook }, delivery: { mids: [mid] } },
  ]);
});

test("Instagram: echo, no delivery receipt, read by message id", async () => {
  await using s = await stage();
  await customerWrites(s, "instagram");
  const { body } = await s.graph("v26.0/me/messages", page({ text: "Claro!" }));
  await s.app.webhook(2);
  await expect
    .poll(async () => (await s.control("POST", "read", { channel: "instagram", customer: PSID })).body)
    .toEqual({ read: 1 });
  expect(s.app.delivered.map((each) => each.path)).toEqual(["/instagram", "/instagram", "/instagram"]);
  expect(news(s.app.delivered.slice(2))).toMatchObject([{ read: { mid: body.message_id } }]);
});

test("WhatsApp: 24 hours after the customer's last message only a template goes", async () => {
  await using s = await stage();
  await s.control("PUT", "settings", { strangers: "refused" });
  const never = await s.graph(whatsappPath, text("Olá"));
  expect(never.body.error).toMatchObject({
    code: 131047,
    error_data: { details: expect.stringContaining("24 hours") },
  });
  await customerWrites(s, "whatsapp");
  s.advance(24 * HOUR - 60_000);
  expect((await s.graph(whatsappPath, text("ainda"))).status).toBe(200);
  s.advance(61_000);
  expect((await s.graph(whatsappPath, text("tarde"))).body.error?.code).toBe(131047);
  const template = { name: "followup_48h", language: { code: "pt_BR" } };
  const sent = await s.graph(whatsappPath, { messaging_product: "whatsapp", to: CUSTOMER, type: "template", template });
  expect(sent).toMatchObject({ status: 200, body: { messages: [{ message_status: "accepted" }] } });
});

test("a customer who wrote by a webhook that was posted by hand can be answered", async () => {
  await using s = await stage();
  expect((await s.graph(whatsappPath, text("Olá"))).status).toBe(200);
  s.advance(24 * HOUR + 1000);
  expect((await s.graph(whatsappPath, text("tarde"))).body.error?.code).toBe(131047);
});

test("WhatsApp: the window can also be refused later, by a failed status", async () => {
  await using s = await stage();
  await s.control("PUT", "settings", { windowRefusal: "status", strangers: "refused" });
  const answer = await s.graph(whatsappPath, text("Olá", { biz_opaque_callback_data: "row-1" }));
  expect(answer.status).toBe(200);
  const failed = await s.app.webhook(1);
  expect(news([failed])).toMatchObject([
    { status: "failed", biz_opaque_callback_data: "row-1", errors: [{ code: 131047 }] },
  ]);
});

test.each([
  ["facebook", 2018278],
  ["instagram", 2534022],
] as const)("%s: after 24 hours a person's tag, after 7 days nothing", async (channel, subcode) => {
  await using s = await stage();
  const path = `v26.0/${ACCOUNTS[channel]}/messages`;
  await customerWrites(s, channel);
  s.advance(25 * HOUR);
  const late = await s.graph(path, page({ text: "Olá" }));
  expect(late.body.error).toMatchObject({ code: 10, error_subcode: subcode });
  const tag = { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" };
  expect((await s.graph(path, page({ text: "Olá" }, tag))).status).toBe(200);
  const dead = await s.graph(path, page({ text: "Olá" }, { ...tag, tag: "ACCOUNT_UPDATE" }));
  expect(dead.body.error?.code).toBe(100);
  s.advance(7 * 24 * HOUR);
  expect((await s.graph(path, page({ text: "Olá" }, tag))).body.error?.code).toBe(10);
});

test("limits of one message", async () => {
  await using s = await stage();
  for (const channel of ["whatsapp", "facebook", "instagram"] as const) await customerWrites(s, channel);
  const status = async (path: string, body: unknown) => (await s.graph(path, body)).status;
  expect(await status(whatsappPath, text("a".repeat(4096)))).toBe(200);
  expect(await status(whatsappPath, text("a".repeat(4097)))).toBe(400);
  expect(await status(whatsappPath, text(""))).toBe(400);
  const facebook = `v26.0/${ACCOUNTS.facebook}/messages`;
  expect(await status(facebook, page({ text: "a".repeat(2000) }))).toBe(200);
  expect(await status(facebook, page({ text: "a".repeat(2001) }))).toBe(400);
  const instagram = `v26.0/${ACCOUNTS.instagram}/messages`;
  expect(await status(instagram, page({ text: "é".repeat(500) }))).toBe(200);
  expect(await status(instagram, page({ text: `${"é".repeat(500)}a` }))).toBe(400);
});

test("WhatsApp: a business-scoped id goes in recipient; in `to` it is accepted and lost", async () => {
  await using s = await stage();
  const bsuid = "BR.1A2b3C4d";
  await s.control("POST", "messages", { channel: "whatsapp", from: bsuid, text: "Olá" });
  const { to: _to, ...body } = text("Claro!");
  const right = await s.graph(whatsappPath, { ...body, recipient: bsuid });
  expect(right.status).toBe(200);
  await s.app.webhook(3);
  expect(news(s.app.delivered.slice(1, 2))).toMatchObject([{ status: "sent", recipient_user_id: bsuid }]);
  expect((await s.graph(whatsappPath, { ...body, to: bsuid })).status).toBe(200);
  expect((await s.graph(whatsappPath, { ...body, recipient: CUSTOMER })).body.error?.code).toBe(131009);
  expect(s.simulators.state().counters["graph.lost"]).toBe(1);
  expect((await s.graph(whatsappPath, body)).body.error?.code).toBe(131008);
});

test("WhatsApp: read and typing, for a message that exists", async () => {
  await using s = await stage();
  await customerWrites(s, "whatsapp");
  const read = {
    messaging_product: "whatsapp",
    status: "read",
    message_id: "in-1",
    typing_indicator: { type: "text" },
  };
  expect(await s.graph(whatsappPath, read)).toEqual({ status: 200, body: { success: true } });
  expect((await s.graph(whatsappPath, { ...read, message_id: "in-2" })).body.error?.code).toBe(131009);
  expect(s.simulators.state().counters["graph.typing.whatsapp"]).toBe(1);
  expect(await s.sent()).toEqual([]);
});

test("WhatsApp: templates can be paused, disabled or missing", async () => {
  await using s = await stage();
  await s.control("PUT", "settings", { templates: { a: "PAUSED", b: "DISABLED", c: "MISSING" } });
  const code = async (name: string) => {
    const template = { name, language: { code: "pt_BR" } };
    const answer = await s.graph(whatsappPath, {
      messaging_product: "whatsapp",
      to: CUSTOMER,
      type: "template",
      template,
    });
    return answer.body.error?.code;
  };
  expect([await code("a"), await code("b"), await code("c"), await code("d")]).toEqual([
    132015,
    132016,
    132001,
    undefined,
  ]);
});

test("WhatsApp: 45 messages at once to one person, then one in six seconds", async () => {
  await using s = await stage();
  await s.control("PUT", "settings", { receipts: "none" });
  await customerWrites(s, "whatsapp");
  const codes: (number | undefined)[] = [];
  for (let n = 0; n < 46; n += 1) codes.push((await s.graph(whatsappPath, text("Olá"))).body.error?.code);
  expect(codes.filter((code) => code === undefined)).toHaveLength(45);
  expect(codes.at(-1)).toBe(131056);
  s.advance(6_000);
  expect((await s.graph(whatsappPath, text("Olá"))).status).toBe(200);
});

test.each([
  ["v18.0", whatsappPath.replace("v26.0", "v18.0"), 2500, /v18\.0 expired on 2026-01-26/],
  ["v99.0", whatsappPath.replace("v26.0", "v99.0"), 2500, /newest version is v26/],
  ["unknown number", "v26.0/1/messages", 100, /Object with ID '1' does not exist/],
])("%s is refused", async (_name, path, code, words) => {
  await using s = await stage();
  const { body } = await s.graph(path, text("Olá"));
  expect(body.error?.code).toBe(code);
  expect(body.error?.message).toMatch(words);
  expect(body.error?.fbtrace_id).toMatch(/^A/);
});

test("no token, an expired token", async () => {
  await using s = await stage();
  expect(await s.graph(whatsappPath, text("Olá"), {})).toMatchObject({ status: 401, body: { error: { code: 190 } } });
  const expired = await s.graph(whatsappPath, text("Olá"), { authorization: "Bearer expired" });
  expect(expired.body.error).toMatchObject({ code: 190, error_subcode: 463 });
});

test("Messenger: somebody who never wrote does not exist", async () => {
  await using s = await stage();
  await s.control("PUT", "settings", { strangers: "refused" });
  const answer = await s.graph(`v26.0/${ACCOUNTS.facebook}/messages`, page({ text: "Olá" }));
  expect(answer.body.error).toMatchObject({ code: 100, error_subcode: 2018001 });
});

test("health: number, page, subscription and token", async () => {
  await using s = await stage();
  const get = async (path: string) =>
    (await fetch(`${s.simulators.graphBaseUrl}/v26.0/${path}`, { headers: { authorization: "Bearer t" } })).json();
  expect(await get(`${ACCOUNTS.whatsapp}?fields=quality_rating,status`)).toEqual({
    id: ACCOUNTS.whatsapp,
    quality_rating: "GREEN",
    status: "CONNECTED",
  });
  expect(await get(`${ACCOUNTS.facebook}?fields=name`)).toMatchObject({ id: ACCOUNTS.facebook });
  expect(await get(`${ACCOUNTS.instagram}/subscribed_apps`)).toMatchObject({
    data: [{ subscribed_fields: expect.any(Array) }],
  });
  expect(await get("debug_token?input_token=t")).toMatchObject({ data: { is_valid: true } });
  expect(await get("debug_token?input_token=expired")).toMatchObject({ data: { is_valid: false } });
});
