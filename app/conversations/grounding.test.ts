import { Timestamp } from "firebase-admin/firestore";
import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createContext } from "../assistant/context.ts";
import { createAssistant } from "../assistant/create.ts";
import { type GeminiServer, geminiServer, structured } from "../assistant/testing/gemini-server.ts";
import { answerJob } from "./answer.ts";
import { BOT_ID, COLLECTIONS } from "./model.ts";
import { firestoreForTests } from "./testing/firestore.ts";
import { CUSTOMER, createWorld, JOB, START, type World } from "./testing/world.ts";

/** What the platform's collections hold about a customer is what the model reads, and nothing of anybody else's. */

const USER = "pessoa.exemplo@exemplo.com";
const hoursAgo = (hours: number) => Timestamp.fromMillis(START - hours * 3_600_000);

const store = firestoreForTests();
let server: GeminiServer;
let world: World;
beforeAll(async () => {
  server = await geminiServer(() => structured("Claro, posso ajudar com isso."));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});
beforeEach(async () => {
  world = createWorld(store.fresh());
  const log = pino({ enabled: false });
  const options = { apiKey: "chave-de-exemplo", baseUrl: server.baseUrl, model: "gemini-exemplo", log };
  world.answer = (request) => createAssistant(options).answer(request);
  server.requests.length = 0;
  await seed({
    "jobs/pintura": { clientId: USER, title: "Pintura da sala", status: "ativo" },
    "jobs/limpeza": { clientId: "outra@exemplo.com", providerId: USER, title: "Limpeza", status: "em_progresso" },
    "jobs/alheio": { clientId: "outra@exemplo.com", title: "Segredo alheio", status: "ativo" },
    "proposals/1": {
      jobId: "pintura",
      providerId: "x@exemplo.com",
      status: "enviada",
      price: 900,
      createdAt: hoursAgo(26),
    },
    "proposals/2": { jobId: "alheio", providerId: USER, status: "enviada", price: 50, createdAt: hoursAgo(3) },
    "escrows/1": { jobId: "pintura", clientId: USER, amount: 350, status: "pending", createdAt: hoursAgo(13) },
    "escrows/2": { jobId: "limpeza", providerId: USER, amount: 80, status: "pending", createdAt: hoursAgo(13) },
    "prospects/1": { prospectorId: USER, status: "contatado", lastContactAt: hoursAgo(80) },
  });
});

async function seed(documents: Readonly<Record<string, object>>): Promise<void> {
  const batch = world.db.batch();
  for (const [path, data] of Object.entries(documents)) batch.set(world.db.doc(path), data);
  await batch.commit();
}

const deps = () => {
  const clock = { now: () => world.now, after: () => () => undefined };
  return { ...world.deps, facts: createContext(world.db, world.deps.log, clock).factsFor };
};

/** The data block of the prompt, as the model read it. */
function dataRead(): string {
  return server.requests.at(-1)?.body.contents[0]?.parts[0]?.text ?? "";
}

describe("a customer whose telephone the platform has verified", () => {
  const verified = (userType: string) => ({
    [`users/${USER}`]: {
      userType,
      name: "Pessoa de exemplo",
      phone: `+${CUSTOMER}`,
      phoneVerified: true,
      onboardingCompleted: false,
      createdAt: hoursAgo(48),
    },
  });

  test.each([
    [
      "cliente",
      ["Pintura da sala", "Proposta de R$ 900,00 recebida", "Pagamento pendente de R$ 350,00", "Cadastro criado"],
      ["Limpeza", "Segredo alheio", "R$ 80,00"],
    ],
    [
      "prestador",
      ["Limpeza", "Proposta de R$ 50,00 enviada", "Recebimento pendente de R$ 80,00", "Cadastro criado"],
      ["Pintura da sala", "R$ 350,00"],
    ],
    ["prospector", ["Prospects contatados sem conclusão: 1; 1 deles", "Cadastro criado"], ["Pintura da sala"]],
    ["admin", ["Jobs ativos: 2.", "Conversas ativas: 1."], ["Pintura da sala"]],
  ])("%s", async (userType, told, kept) => {
    await seed(verified(userType));
    await world.customerWrites(CUSTOMER, "Como está tudo?");
    await answerJob(deps(), JOB, "job-1");
    const data = dataRead();
    for (const fact of told) expect(data).toContain(fact);
    for (const fact of kept) expect(data).not.toContain(fact);
    expect(server.requests.at(-1)?.body.systemInstruction.parts[0]?.text).toContain(`Persona: ${userType}.`);
    expect((await world.read(CUSTOMER)).conversation).toMatchObject({ userType, contact: { userId: USER } });
  });

  test("who only typed that number into a profile gets the persona and no facts", async () => {
    await seed({ [`users/${USER}`]: { userType: "prestador", phone: CUSTOMER, onboardingCompleted: false } });
    await world.customerWrites(CUSTOMER, "Como está tudo?");
    await answerJob(deps(), JOB, "job-1");
    expect(JSON.parse(dataRead().replace(/<\/?dados>/g, ""))).toEqual({ nome: "Cliente de exemplo", fatos: [] });
  });
});

test("a web chat is answered like any other channel, without Meta", async () => {
  await seed({ [`users/${USER}`]: { userType: "cliente", onboardingCompleted: true } });
  const id = `webchat_${USER}`;
  const time = Timestamp.fromMillis(START);
  await seed({
    [`${COLLECTIONS.messages}/m1`]: {
      id: "m1",
      conversationId: id,
      channel: "webchat",
      sender: USER,
      senderType: "cliente",
      text: "Meu pagamento está pendente?",
      timestamp: time,
      createdAt: time,
      isAutomation: false,
      metadata: {},
      status: "received",
      kind: "text",
    },
    [`${COLLECTIONS.conversations}/${id}`]: {
      id,
      channel: "webchat",
      participants: [USER, BOT_ID],
      lastMessage: "Meu pagamento está pendente?",
      lastMessageAt: time,
      lastMessageSender: USER,
      lastInboundAt: time,
      status: "active",
      updatedAt: time,
      inboundCount: 1,
      awaitingReply: true,
    },
  });
  expect(await answerJob(deps(), { conversationId: id }, "job-1")).toEqual({ state: "done" });
  expect(dataRead()).toContain("Pagamento pendente de R$ 350,00");
  expect(world.provider.sent).toEqual([]);
  const answers = world.db.collection(COLLECTIONS.messages).where("conversationId", "==", id);
  const messages = (await answers.where("sender", "==", BOT_ID).get()).docs.map((document) => document.data());
  expect(messages).toMatchObject([{ text: "Claro, posso ajudar com isso.", status: "sent", channel: "webchat" }]);
});
