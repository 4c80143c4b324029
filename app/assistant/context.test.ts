import { type Firestore, Timestamp } from "firebase-admin/firestore";
import pino from "pino";
import { beforeAll, describe, expect, test } from "vitest";
import { firestoreForTests } from "../conversations/testing/firestore.ts";
import { createContext } from "./context.ts";
import { manualClock } from "./testing/clocks.ts";

const NOW = Date.parse("2026-03-12T12:00:00Z");
const HOUR = 3_600_000;
const ago = (hours: number) => Timestamp.fromMillis(NOW - hours * HOUR);
const CLIENT = "cliente.exemplo@exemplo.com";
const PROVIDER = "prestador.exemplo@exemplo.com";
const PROSPECTOR = "prospector.exemplo@exemplo.com";

const firestore = firestoreForTests();
let db: Firestore;

beforeAll(async () => {
  db = firestore.fresh();
  await seed({
    [`users/${CLIENT}`]: { type: "cliente", onboardingCompleted: false, createdAt: ago(24) },
    [`users/${PROVIDER}`]: { type: "prestador", onboardingCompleted: true },
    "jobs/pintura": { clientId: CLIENT, title: "Pintura da sala", status: "ativo" },
    "jobs/limpeza": { clientId: CLIENT, providerId: PROVIDER, category: "Limpeza", status: "em_progresso" },
    "jobs/antigo": { clientId: CLIENT, providerId: PROVIDER, title: "Antigo", status: "concluido" },
    "jobs/torto": { clientId: CLIENT, title: 7, status: ["?"] },
    "jobs/alheio": { clientId: "outra@exemplo.com", title: "Segredo alheio", status: "ativo" },
    "proposals/1": { jobId: "pintura", providerId: PROVIDER, status: "enviada", price: 900, createdAt: ago(26) },
    "proposals/2": { jobId: "pintura", providerId: "x@exemplo.com", status: "recusada", price: 1 },
    "proposals/3": { jobId: "alheio", providerId: PROVIDER, status: "enviada", price: 50 },
    "proposals/4": { jobId: "a/b", providerId: PROVIDER, status: "enviada" },
    "escrows/1": {
      jobId: "limpeza",
      clientId: CLIENT,
      providerId: PROVIDER,
      amount: 350,
      status: "pending",
      createdAt: ago(13),
    },
    "escrows/2": { jobId: "antigo", clientId: CLIENT, providerId: PROVIDER, amount: 99, status: "liberado" },
    "escrows/3": { clientId: CLIENT, amount: "?", status: "pending" },
    "prospects/1": {
      prospectorId: PROSPECTOR,
      status: "contatado",
      lastContactAt: ago(80),
      email: "alguem@exemplo.com",
    },
    "prospects/2": { prospectorId: PROSPECTOR, status: "contatado", lastContactAt: ago(2) },
    "prospects/3": { prospectorId: PROSPECTOR, status: "convertido" },
    "conversations/webchat_1": { status: "active", mode: "human" },
    "conversations/webchat_2": { status: "active" },
    "conversations/webchat_3": { status: "closed" },
  });
});

async function seed(documents: Readonly<Record<string, Record<string, unknown>>>): Promise<void> {
  const batch = db.batch();
  for (const [path, data] of Object.entries(documents)) batch.set(db.doc(path), data);
  await batch.commit();
}

function context(store: Firestore = db) {
  return createContext(store, pino({ enabled: false }), manualClock(NOW));
}

describe("facts", () => {
  test("of a client: onboarding, open jobs, proposals to answer, payments", async () => {
    const facts = await context().factsFor({ userId: CLIENT, userType: "cliente", conversationId: "c" });
    expect(facts.sort()).toEqual([
      "Cadastro criado em 11/03/2026 e ainda não concluído.",
      'Pagamento pendente de R$ 350,00 por "Limpeza" há 13 h.',
      'Pedido "Limpeza": em progresso.',
      'Pedido "Pintura da sala": ativo.',
      "Pedido sem título.",
      'Proposta de R$ 900,00 recebida para "Pintura da sala" há 26 h, sem resposta.',
    ]);
  });

  test("of a provider: own jobs and proposals, the title of the job proposed for", async () => {
    const facts = await context().factsFor({ userId: PROVIDER, userType: "prestador", conversationId: "c" });
    expect(facts.sort()).toEqual([
      'Pedido "Limpeza": em progresso.',
      'Proposta de R$ 50,00 enviada para "Segredo alheio", sem resposta.',
      'Proposta de R$ 900,00 enviada para "Pintura da sala" há 26 h, sem resposta.',
      "Proposta enviada para um pedido, sem resposta.",
      'Recebimento pendente de R$ 350,00 por "Limpeza" há 13 h.',
    ]);
  });

  test("of a prospector: counts, nobody's name or address", async () => {
    const facts = await context().factsFor({ userId: PROSPECTOR, userType: "prospector", conversationId: "c" });
    expect(facts).toEqual(["Prospects contatados sem conclusão: 2; 1 deles sem novo contato há 72 h ou mais."]);
  });

  test("of an administrator: the platform's counts", async () => {
    const facts = await context().factsFor({ userId: "admin@exemplo.com", userType: "admin", conversationId: "c" });
    expect(facts).toEqual(["Jobs ativos: 2.", "Conversas ativas: 2.", "Conversas com uma pessoa da equipe: 1."]);
  });

  test.each(["", "a/b", "ninguem@exemplo.com"])("of nobody known (%j): none", async (userId) => {
    expect(await context().factsFor({ userId, userType: "cliente", conversationId: "c" })).toEqual([]);
  });
});

describe("a store in trouble", () => {
  test("that fails gives no facts, and no error", async () => {
    const broken = {
      collection: () => {
        throw new Error("exemplo");
      },
    } as unknown as Firestore;
    expect(await context(broken).factsFor({ userId: CLIENT, userType: "cliente", conversationId: "c" })).toEqual([]);
  });

  test("that hangs is waited for no longer than the limit", async () => {
    const clock = manualClock(NOW);
    const never = { get: () => new Promise(() => undefined) };
    const hanging = {
      collection: () => ({
        ...never,
        doc: () => never,
        where: () => ({ ...never, where: () => ({ limit: () => never }), limit: () => never }),
      }),
    } as unknown as Firestore;
    const pending = createContext(hanging, pino({ enabled: false }), clock).factsFor({
      userId: CLIENT,
      userType: "cliente",
      conversationId: "c",
    });
    clock.advance(1500);
    expect(await pending).toEqual([]);
  });
});
