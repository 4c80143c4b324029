import { beforeEach, describe, expect, test } from "vitest";
import { firestoreForTests } from "../conversations/testing/firestore.ts";
import { DEFAULT_SETTINGS } from "./settings.ts";
import { NOON, USER } from "./testing/situations.ts";
import {
  at,
  createStage,
  putConversation,
  SILENCE_TEMPLATE,
  type Stage,
  sends,
  silentConversation,
} from "./testing/stage.ts";
import { HOUR_MS } from "./trigger.ts";
import { readUnsubscribeToken } from "./unsubscribe.ts";

const firestore = firestoreForTests();
let stage: Stage;

beforeEach(() => {
  stage = createStage(firestore.fresh());
});

const CUSTOMER = "5511900000001";
const PENDING = { status: "pending", clientId: USER, amount: 1234.5, createdAt: at(NOON - 13 * HOUR_MS) };

describe("each trigger, from the document that is due to the message that is there", () => {
  test("followup_48h: the approved template, since the window has closed", async () => {
    await stage.put("templates/retomar", SILENCE_TEMPLATE);
    await putConversation(stage, silentConversation(CUSTOMER, NOON, 49));
    expect(await stage.runOne("followup_48h")).toMatchObject({ due: 1, sent: 1, failed: 0 });
    expect(stage.sent).toMatchObject([
      { customer: CUSTOMER, author: "bot", template: { name: "retomar_conversa", language: "pt_BR", parameters: [] } },
    ]);
    const [message] = await stage.all("messages");
    expect(message).toMatchObject({
      conversationId: `whatsapp_${CUSTOMER}`,
      sender: "omni_ia",
      senderType: "bot",
      isAutomation: true,
      status: "sent",
      text: "Olá! Vi que você não respondeu há alguns dias. Ainda posso ajudar com algo? 😊",
    });
    expect(await stage.all("omni_logs")).toMatchObject([
      { type: "automation_followup_48h", conversationId: `whatsapp_${CUSTOMER}`, channel: "whatsapp", success: true },
    ]);
    expect(stage.lines).toContain("[Automação] Trigger followup_48h: 1 mensagens enviadas");
  });

  test("followup_proposta: in the user's web chat, which begins with it", async () => {
    await stage.put("proposals/p1", { status: "enviada", jobId: "j1", createdAt: at(NOON - 25 * HOUR_MS) });
    await stage.put("jobs/j1", { title: "Pintura da sala", clientId: USER });
    await stage.put(`users/${USER}`, { userType: "cliente" });
    expect(await stage.runOne("followup_proposta")).toMatchObject({ due: 1, sent: 1 });
    expect(await stage.get(`conversations/webchat_${USER}`)).toMatchObject({
      channel: "webchat",
      participants: [USER, "omni_ia"],
      status: "active",
      lastMessageSender: "omni_ia",
      lastMessage: 'Olá! Vi que você recebeu uma proposta para "Pintura da sala". Gostaria de revisar? 📋',
    });
    expect(await stage.all("messages")).toMatchObject([{ status: "sent", isAutomation: true }]);
  });

  test("followup_pagamento: the amount as Brazil writes it", async () => {
    await stage.put("escrows/e1", PENDING);
    await stage.put(`users/${USER}`, {});
    expect(await stage.runOne("followup_pagamento")).toMatchObject({ due: 1, sent: 1 });
    expect(await stage.all("messages")).toMatchObject([
      { text: "Olá! Percebi que há um pagamento pendente de R$ 1.234,50. Posso ajudar a concluir? 💳" },
    ]);
  });

  test("followup_onboarding: a text for each kind of user", async () => {
    const since = { onboardingCompleted: false, createdAt: at(NOON - 25 * HOUR_MS) };
    for (const type of ["cliente", "prestador", "prospector"]) {
      await stage.put(`users/${type}@example.com`, { ...since, userType: type });
    }
    expect(await stage.runOne("followup_onboarding")).toMatchObject({ due: 3, sent: 3 });
    const texts = (await stage.all("messages")).map((message) => message.text);
    expect(new Set(texts).size).toBe(3);
  });

  test("followup_prospector_recrutamento: an e-mail with a button and a way out, as text and as HTML", async () => {
    await stage.put("prospects/x", {
      status: "contatado",
      email: "Prospect@Example.com",
      name: "Profissional <de> exemplo",
      lastContactAt: at(NOON - 73 * HOUR_MS),
    });
    expect(await stage.runOne("followup_prospector_recrutamento")).toMatchObject({ due: 1, sent: 1 });
    const [mail] = stage.mails;
    expect(mail).toMatchObject({ to: "prospect@example.com", category: "automation_followup_prospector_recrutamento" });
    expect(mail?.html).toContain("Profissional &#60;de&#62; exemplo");
    expect(mail?.html).toContain('href="https://site.example.com/"');
    expect(mail?.text).toContain("Quero fazer parte: https://site.example.com/");
    const link = mail?.headers["List-Unsubscribe"]?.match(/token=([^>]+)>/)?.[1] ?? "";
    expect(mail?.text).toContain(link);
    expect(readUnsubscribeToken(link, ["outro", "segredo-de-exemplo"])).toBe("prospect@example.com");
    expect(await stage.all("omni_logs")).toMatchObject([{ channel: "email", success: true, outcome: "sent" }]);
  });
});

const DUE = 60;

describe("once", () => {
  beforeEach(async () => {
    await stage.put("templates/retomar", SILENCE_TEMPLATE);
    const customers = Array.from({ length: DUE }, (_, n) => `55119${10_000_000 + n}`);
    await Promise.all(customers.map((customer) => putConversation(stage, silentConversation(customer, NOON, 49))));
  });

  test("a second run, and one two days later, have nothing to say", async () => {
    expect(await stage.runOne("followup_48h")).toMatchObject({ due: DUE, sent: DUE });
    expect(await stage.runOne("followup_48h")).toMatchObject({ due: 0, sent: 0 });
    stage.now += 49 * HOUR_MS;
    expect(await stage.runOne("followup_48h")).toMatchObject({ due: DUE, sent: 0, skipped: { after_automation: DUE } });
    expect(stage.sent).toHaveLength(DUE);
  });

  test("two runs at the same time share the work", async () => {
    const settings = { ...DEFAULT_SETTINGS, pageSize: 7 };
    const runs = await Promise.all([1, 2, 3].map(() => stage.runOne("followup_48h", { settings })));
    expect(runs.reduce((sum, run) => sum + run.sent, 0)).toBe(DUE);
    expect(new Set(stage.sent.map((message) => message.customer)).size).toBe(DUE);
    expect(stage.sent).toHaveLength(DUE);
  });

  test("a dry run counts the same and does nothing", async () => {
    const before = await stage.runOne("followup_48h", { dryRun: true });
    expect(before).toMatchObject({ due: DUE, sent: DUE });
    expect(stage.sent).toHaveLength(0);
    expect(await sends(stage)).toHaveLength(0);
    expect(await stage.runOne("followup_48h")).toMatchObject({ due: before.due, sent: before.sent });
  });

  test("what a budget leaves over is the next run's", async () => {
    const settings = { ...DEFAULT_SETTINGS, pageSize: 10, budgetMs: 1000, leaseMs: 1 };
    const send = stage.deps.channels.whatsapp.send;
    Object.assign(stage.deps.channels.whatsapp, {
      send: (message: Parameters<typeof send>[0]) => {
        stage.now += 50;
        return send(message);
      },
    });
    const first = await stage.run({ settings });
    expect(first.complete).toBe(false);
    expect(stage.sent.length).toBeGreaterThan(0);
    expect(stage.sent.length).toBeLessThan(DUE);
    for (let runs = 0; runs < 10 && stage.sent.length < DUE; runs += 1) await stage.run({ settings });
    expect(new Set(stage.sent.map((message) => message.customer)).size).toBe(DUE);
    expect(stage.sent).toHaveLength(DUE);
  });
});
