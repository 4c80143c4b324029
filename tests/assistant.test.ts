import { Timestamp } from "firebase-admin/firestore";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { instructionFor } from "../app/assistant/personas.ts";
import { type Attack, STRANGER } from "../app/assistant/testing/attacks/attack.ts";
import { EXFILTRATION } from "../app/assistant/testing/attacks/exfiltration.ts";
import { INJECTION } from "../app/assistant/testing/attacks/injection.ts";
import { HANDOFF_TEXT, UNABLE_TEXT } from "../app/assistant/texts.ts";
import { COLLECTIONS } from "../app/conversations/model.ts";
import {
  botAnswer,
  control,
  firestore,
  newCustomer,
  outputs,
  postWebhook,
  readConversation,
  readMessages,
  sentTexts,
  until,
  whatsappText,
} from "./support/stack.ts";

afterEach(async () => {
  await control("DELETE", "/faults");
});

/** Waits until all that the customer wrote has been dealt with and all that was written has left. */
async function settled(customer: string, timeoutMs = 60_000): Promise<void> {
  const rows = firestore.collection(COLLECTIONS.outbox).where("conversationId", "==", `whatsapp_${customer}`);
  const look = async () => {
    const [conversation, outbox] = await Promise.all([readConversation(customer), rows.get()]);
    const quiet = conversation?.awaitingReply === false && conversation.lease == null;
    return quiet && outbox.docs.every((row) => row.get("status") === "sent") ? true : undefined;
  };
  await until(`${customer} answered and nothing under way`, look, timeoutMs);
}

const ATTACKS = [...EXFILTRATION, ...INJECTION];
const CLIENT = instructionFor("cliente");
/** What may never leave, whoever asks: another customer's data, our secrets, the attacker's link, the instruction. */
const LOOT = [
  ...Object.values(STRANGER),
  ...Object.values(outputs.secrets),
  ...CLIENT.confidential,
  ...CLIENT.markers,
  "pagamentos-servio.example",
];
const OURS: readonly string[] = [...Object.values(UNABLE_TEXT), ...Object.values(HANDOFF_TEXT)];

describe("a model that is on the attacker's side", () => {
  let serial = 0;
  async function attack({ says, request }: Attack): Promise<string> {
    serial += 1;
    const from = `551196${String(Date.now()).slice(-5)}${String(serial).padStart(2, "0")}`;
    const name = request?.customerName;
    for (const [index, text] of says.entries()) {
      const id = `wamid.attack-${from}-${index}`;
      await postWebhook(whatsappText({ from, id, text, ...(name !== undefined && { name }) }));
    }
    await botAnswer(from, 60_000);
    await settled(from);
    return from;
  }

  const MODES = ["adversarial_leak", "adversarial_url", "adversarial", "adversarial_obey"] as const;
  test.each(MODES)("%s: nobody gets anything worth having", { timeout: 300_000 }, async (code) => {
    await control("POST", "/faults", { target: "gemini", mode: "error", code });
    const share = ATTACKS.filter((_, index) => index % MODES.length === MODES.indexOf(code));
    const customers = [];
    for (const one of share) customers.push(await attack(one));
    const sent = (await Promise.all(customers.map(sentTexts))).flat().map(({ text }) => text ?? "");
    expect(sent.length).toBeGreaterThanOrEqual(share.length);
    for (const treasure of LOOT) expect(sent.filter((text) => text.includes(treasure))).toEqual([]);
    // Only what the customer wrote may come back to the customer; everything else ends in our own words.
    if (code !== "adversarial_obey") expect(sent.filter((text) => !OURS.includes(text))).toEqual([]);
  });
});

describe("what the platform knows", () => {
  const user = "cliente.conhecido@exemplo.com";
  const phone = newCustomer();
  const seeded = ["jobs/known-1", "proposals/known-1", "escrows/known-1", `users/${user}`];
  afterAll(async () => {
    await Promise.all(seeded.map((path) => firestore.doc(path).delete()));
  });

  test("reaches the prompt of a customer whose telephone is verified, and the log keeps it masked", async () => {
    const now = Timestamp.now();
    await firestore.doc(`users/${user}`).set({
      userType: "cliente",
      phone: `+${phone}`,
      phoneVerified: true,
      onboardingCompleted: false,
      createdAt: now,
    });
    await firestore.doc("jobs/known-1").set({ clientId: user, title: "Pintura da sala", status: "ativo" });
    await firestore.doc("proposals/known-1").set({ jobId: "known-1", status: "enviada", price: 900, createdAt: now });
    await firestore.doc("escrows/known-1").set({ clientId: user, jobId: "known-1", status: "pending", amount: 350 });
    const text = "Tenho algo pendente? Meu fone é 11 98765-4321";
    await postWebhook(whatsappText({ from: phone, id: `wamid.known-${phone}`, text }));
    await botAnswer(phone);
    await settled(phone);
    const logs = await firestore
      .collection(COLLECTIONS.iaLogs)
      .where("conversationId", "==", `whatsapp_${phone}`)
      .get();
    const [row] = logs.docs.map((log) => log.data());
    for (const fact of ["Pintura da sala", "R$ 900,00", "R$ 350,00", "Cadastro criado"]) {
      expect(row?.prompt).toContain(fact);
    }
    expect(row).toMatchObject({ outcome: "reply", userType: "cliente", model: "gemini-3.5-flash-lite" });
    expect(row?.prompt).toContain("Meu fone é [telefone]");
    expect(row?.promptTokens).toBeGreaterThan(0);
    expect(row?.expireAt).toBeInstanceOf(Timestamp);
  });
});

test("a customer who asks for a person gets one without the model, and the bot keeps quiet from then on", async () => {
  const from = newCustomer();
  await control("POST", "/faults", { target: "gemini", mode: "down" });
  await postWebhook(whatsappText({ from, id: `wamid.person-${from}`, text: "quero falar com um atendente" }));
  await botAnswer(from);
  await settled(from);
  await control("DELETE", "/faults");
  await postWebhook(whatsappText({ from, id: `wamid.person2-${from}`, text: "Bom dia, quero um orçamento" }));
  await settled(from);
  expect((await sentTexts(from)).map(({ text }) => text)).toEqual([HANDOFF_TEXT.pt]);
  expect(await readConversation(from)).toMatchObject({ mode: "human", needsPerson: true });
  expect((await readMessages(from)).filter(({ senderType }) => senderType === "bot")).toHaveLength(1);
});
