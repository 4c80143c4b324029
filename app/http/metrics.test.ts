import { beforeEach, expect, test } from "vitest";
import { handoff, START } from "../conversations/testing/world.ts";
import { metricsSchema, rollUp } from "../metrics/index.ts";
import { metricsRoute } from "./routes/metrics.ts";
import type { TestApp } from "./testing/app.ts";
import { httpStage } from "./testing/stage.ts";

const CUSTOMER = "5511900000001";
const CONVERSATION = `whatsapp_${CUSTOMER}`;
const MINUTE = 60_000;

const stage = httpStage();
let app: TestApp;

beforeEach(async () => {
  app = await stage.open((opened) => {
    const route = metricsRoute({ ...counting(opened), triggers: ["followup_48h"], queues: async () => null });
    return { routes: [...opened.deps.routes, route] };
  });
});

const counting = ({ world }: TestApp) => ({ db: world.db, now: () => world.now, timeZone: "America/Sao_Paulo" });

async function call(method: string, path: string, token: string, body?: unknown): Promise<Response> {
  return fetch(stage.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { "content-type": "application/json" }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** What the queue does with a message that has come. */
async function work(job: string): Promise<void> {
  const data = Buffer.from(JSON.stringify({ conversationId: CONVERSATION })).toString("base64");
  await call("POST", "/tasks/replies", await stage.google.token(), { message: { data, messageId: job } });
}

async function metrics(path = "") {
  app.world.now += 2 * MINUTE;
  await rollUp(counting(app));
  const response = await call("GET", `/api/omni/metrics${path}`, "agent");
  return metricsSchema.parse(await response.json());
}

test("the bot answers, hands over, a person answers and closes: each is counted as what it was", async () => {
  await app.world.customerWrites(CUSTOMER, "Oi");
  app.world.now += 4_000;
  await work("1");
  app.world.now += MINUTE;
  await app.world.customerWrites(CUSTOMER, "Quero falar com uma pessoa");
  app.world.answer = async () => handoff("Vou chamar alguém.");
  await work("2");
  app.world.now += 5 * MINUTE;
  const waiting = await metrics();
  expect(waiting.now).toMatchObject({ waiting: 0, needsPerson: 1, unsent: 0, tasks: 0, queues: null });
  app.world.now += 3 * MINUTE;
  const message = { conversationId: CONVERSATION, text: "Olá, sou da equipe", clientMessageId: "client-0001" };
  await call("POST", "/api/omni/messages", "agent", message);
  await call("POST", "/api/omni/messages", "agent", {
    ...message,
    text: "Posso ajudar?",
    clientMessageId: "client-0002",
  });
  await call("POST", `/api/omni/conversations/${CONVERSATION}/close`, "agent", {});
  await call("POST", `/api/omni/conversations/${CONVERSATION}/close`, "agent", {});

  const seen = await metrics("?range=7d");
  const [whatsapp] = seen.channels;
  expect(whatsapp?.volume).toEqual({ inbound: 2, bot: 2, person: 2, automation: 0, failed: 0 });
  expect(whatsapp?.bot.firstResponse).toMatchObject({ count: 1, p50Ms: expect.closeTo(4_000, -3) });
  expect(whatsapp?.bot.reply).toMatchObject({ count: 2 });
  // From the words that made the bot hand over to the person's first ones; the second message answers nobody.
  const ten = { count: 1, p50Ms: expect.closeTo(10 * MINUTE, -5) };
  expect(whatsapp?.person.firstResponse).toMatchObject(ten);
  expect(whatsapp?.person.reply).toMatchObject(ten);
  expect(whatsapp?.person.resolution).toMatchObject({ count: 1 });
  expect(seen.agents).toMatchObject([{ agent: "agent-1", messages: 2, closed: 1, firstResponse: { count: 1 } }]);
  expect(seen.assistant).toMatchObject({
    calls: 2,
    outcomes: { reply: 1, handoff: 1 },
    latency: { p50Ms: expect.closeTo(700, -2) },
  });

  await app.world.customerWrites(CUSTOMER, "Voltei");
  app.world.answer = async () => handoff("De novo.");
  await work("3");
  expect((await metrics()).channels[0]?.bot.firstResponse).toMatchObject({ count: 2 });
  expect(seen.total.volume.inbound).toBe(2);
});

test("whoever waits is told with the time since when", async () => {
  await app.world.customerWrites(CUSTOMER, "Oi");
  const seen = await metrics();
  expect(seen.now).toMatchObject({ waiting: 1, waitingSince: new Date(START).toISOString() });
});

test("as a file for spreadsheets", async () => {
  const response = await call("GET", "/api/omni/metrics?range=24h&format=csv", "admin");
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="servio-24h.csv"');
  expect((await response.text()).startsWith("at,channel,inbound,")).toBe(true);
});

test.each([
  ["customer", "", 403, "staff_only"],
  ["nobody", "", 401, "invalid_id_token"],
  ["agent", "?range=1y", 400, "invalid_request"],
])("%s %s is refused", async (token, query, status, code) => {
  const response = await call("GET", `/api/omni/metrics${query}`, token);
  expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([status, code]);
});
