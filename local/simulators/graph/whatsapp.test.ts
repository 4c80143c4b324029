import { expect, test } from "vitest";
import { stage } from "../testing.ts";
import { CUSTOMER, customerWrites, HOUR, news, text, whatsappPath } from "./testing.ts";

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

test("a template opens no window", async () => {
  await using s = await stage();
  const template = { name: "followup_48h", language: { code: "pt_BR" } };
  await s.graph(whatsappPath, { messaging_product: "whatsapp", to: CUSTOMER, type: "template", template });
  await s.app.webhook(2);
  expect((await s.graph(whatsappPath, text("Olá"))).body.error?.code).toBe(131047);
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

test("WhatsApp: a template's values must fit it, and the customer reads them in place", async () => {
  await using s = await stage();
  const send = async (name: string, ...parameters: object[]) => {
    const components = [{ type: "body", parameters: parameters.map((each) => ({ type: "text", ...each })) }];
    const template = { name, language: { code: "pt_BR" }, components };
    const body = { messaging_product: "whatsapp", to: CUSTOMER, type: "template", template };
    return (await s.graph(whatsappPath, body)).body.error?.code;
  };
  expect(await send("followup_proposta")).toBe(132000);
  expect(await send("followup_pagamento", { text: "10,00" })).toBe(132012);
  expect(await send("followup_pagamento", { text: "10,00", parameter_name: "valor" })).toBeUndefined();
  expect((await s.sent()).at(-1)?.text).toContain("pendente de R$ 10,00.");
  expect(await send("followup_proposta", { text: "duas\nlinhas" })).toBe(100);
  expect(await send("followup_proposta", { text: "uma     linha" })).toBe(100);
});

test("WhatsApp: a template exists in its own language only", async () => {
  await using s = await stage();
  const send = async (code: string) => {
    const template = { name: "followup_48h", language: { code } };
    const body = { messaging_product: "whatsapp", to: CUSTOMER, type: "template", template };
    return (await s.graph(whatsappPath, body)).body.error?.code;
  };
  expect([await send("pt_BR"), await send("en_US")]).toEqual([undefined, 132001]);
});

test("WhatsApp: three buttons of 20 characters", async () => {
  await using s = await stage();
  await customerWrites(s, "whatsapp");
  const send = async (...titles: string[]) => {
    const buttons = titles.map((title, n) => ({ type: "reply", reply: { id: `${n}`, title } }));
    const interactive = { type: "button", body: { text: "Qual?" }, action: { buttons } };
    const body = { messaging_product: "whatsapp", to: CUSTOMER, type: "interactive", interactive };
    return (await s.graph(whatsappPath, body)).body.error?.code;
  };
  expect(await send("a", "b", "c".repeat(20))).toBeUndefined();
  expect([await send("a", "b", "c", "d"), await send("c".repeat(21))]).toEqual([131009, 131009]);
});

test("WhatsApp: templates are listed in pages, with the state that they are in", async () => {
  await using s = await stage();
  await s.control("PUT", "settings", { templates: { followup_48h: "PAUSED", promo: "DISABLED" } });
  const page = async (query: string) => {
    const url = `${s.simulators.graphBaseUrl}/v26.0/190000000000001/message_templates?${query}`;
    const response = await fetch(url, { headers: { authorization: "Bearer a-token" } });
    return (await response.json()) as {
      data: { name: string; status: string }[];
      paging: { cursors: { after: string }; next?: string };
    };
  };
  const first = await page("limit=3");
  expect(first.data[0]).toMatchObject({ name: "followup_48h", status: "PAUSED", language: "pt_BR" });
  const last = await page(`limit=3&after=${first.paging.cursors.after}`);
  expect(last.data.at(-1)).toMatchObject({ name: "promo", status: "DISABLED" });
  expect([typeof first.paging.next, last.paging.next]).toEqual(["string", undefined]);
});
