import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Timestamp } from "firebase-admin/firestore";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { subjectHash } from "../app/admin/audit.ts";
import { launchChromium } from "./support/chromium.ts";
import { openPage, signIn, violations } from "./support/pages.ts";
import { control, firestore, newCustomer, outputs, readConversation, readMessages, until } from "./support/stack.ts";

/** What administrators do in a real browser, and what comes of it for agents. */

let browser: Browser;
let admin: Page;
let agent: Page;
const problems: string[] = [];

/** Where pictures of the pages go, when somebody wants to look at them. */
const pictures = process.env.SERVIO_PICTURES;

beforeAll(async () => {
  browser = await launchChromium();
  [admin, agent] = await Promise.all([openPage(browser, problems), openPage(browser, problems)]);
  await Promise.all([signIn(admin, "admin"), signIn(agent, "agent")]);
});
afterAll(() => browser?.close());

const address = (path: string) => new URL(path, outputs.inboxUrl).href;

/** A customer whose message has been answered. */
async function customer(name: string): Promise<{ readonly number: string; readonly id: string }> {
  const number = newCustomer();
  await control("POST", "/messages", { channel: "whatsapp", from: number, name, text: "Qual é o horário?" });
  await until("the answer", async () =>
    (await readMessages(number)).find(({ senderType }) => senderType === "bot" || senderType === undefined),
  );
  return { number, id: `whatsapp_${number}` };
}

test("an admin adds a ready answer, and an agent has it at once under its shortcut", async () => {
  const { id } = await customer("Cliente do atalho");
  await agent.goto(address(`/c/${id}`));
  const box = agent.getByRole("textbox", { name: /Resposta para/ });
  await box.waitFor();
  await admin.keyboard.press("g");
  await admin.keyboard.press("c");
  await admin.getByRole("link", { name: "Respostas prontas" }).click();
  await admin.getByRole("button", { name: "Nova resposta" }).click();
  await admin.getByLabel("Atalho, sem a barra").fill("horario");
  await admin.getByLabel("Texto").fill("Das 8 às 18 h,");
  await admin.getByRole("button", { name: /primeiro nome/ }).click();
  expect(await violations(admin)).toEqual([]);
  await admin.getByRole("button", { name: "Guardar" }).click();
  await admin.getByText("/horario").waitFor();
  await box.fill("/horario");
  await agent.getByRole("option", { name: /horario/ }).waitFor();
  await box.press("Enter");
  await until("the filled text", async () =>
    (await box.inputValue()) === "Das 8 às 18 h, Cliente" ? true : undefined,
  );
});

test("an admin hands a person a copy of what is kept, and removes it all", async () => {
  const { number, id } = await customer("Cliente que vai embora");
  await admin.goto(address(`/c/${id}`));
  await admin.getByRole("button", { name: "Mais sobre esta pessoa" }).click();
  await admin.getByRole("menuitem", { name: "Dados desta pessoa…" }).click();
  await admin.getByRole("region", { name: "O que guardamos" }).waitFor();
  const [download] = await Promise.all([
    admin.waitForEvent("download"),
    admin.getByRole("button", { name: "Baixar uma cópia" }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  const lines = Buffer.concat(chunks).toString("utf8").trim().split("\n");
  const kept = lines.map((line) => JSON.parse(line) as { collection: string; data: { text?: string } });
  expect(kept[0]?.collection).toBe("conversations");
  expect(kept.map(({ data }) => data.text)).toContain("Qual é o horário?");

  const erase = admin.getByRole("button", { name: "Apagar para sempre" });
  expect(await erase.isDisabled()).toBe(true);
  await admin.getByLabel(/Para confirmar/).fill(id);
  await erase.click();
  await admin.getByText("Tudo desta pessoa foi apagado.").waitFor();
  expect(await readConversation(number)).toBeUndefined();
  expect(await readMessages(number)).toEqual([]);
  const audit = await firestore.collection("audit_log").where("subject", "==", subjectHash(id)).get();
  expect(audit.docs.map((entry) => entry.data().action).sort()).toEqual(["person_erased", "person_exported"]);
});

test("an agent finds the settings closed, and no way to them in the rail", async () => {
  await agent.goto(address("/settings/team"));
  await agent.getByText("Só para quem administra").waitFor();
  expect(await agent.getByRole("navigation", { name: "Principal" }).getByText("Configurações").count()).toBe(0);
});

test("the channels are probed by hand from the status page", async () => {
  await admin.goto(address("/status"));
  await admin.getByRole("button", { name: "Verificar agora" }).click();
  await admin.getByText("Todos os canais foram verificados.").waitFor();
});

test("what automations leave to people is counted in the rail, and listed, as it comes and goes", async () => {
  await admin.goto(address("/tasks"));
  await admin.getByText("Nenhuma tarefa aberta.").waitFor();
  await admin.getByRole("link", { name: "Tarefas", exact: true }).waitFor();
  const texts = ["Há um pagamento pendente.", "Ainda posso ajudar?"];
  const task = { type: "automation", status: "open", trigger: "followup_pagamento", reason: "no_address" };
  for (const [n, text] of texts.entries()) {
    const id = `exemplo-${n}`;
    await firestore.doc(`tasks/${id}`).set({ ...task, id, text, createdAt: Timestamp.now() });
  }
  await admin.getByRole("link", { name: "Tarefas 2 abertas" }).waitFor();
  for (const text of texts) await admin.getByText(text).waitFor();
  if (pictures) await picture("tasks-open");
  await admin.getByRole("button", { name: "Feito" }).first().click();
  await admin.getByRole("link", { name: "Tarefas 1 aberta" }).waitFor();
  await admin.getByRole("button", { name: "Feito" }).click();
  await admin.getByText("Nenhuma tarefa aberta.").waitFor();
  await admin.getByRole("link", { name: "Tarefas", exact: true }).waitFor();
});

describe("pages beside the inbox", () => {
  const PAGES = [
    ["tasks", "/tasks", "Nenhuma tarefa aberta."],
    ["metrics", "/metrics", "Métricas"],
    ["status", "/status", "Esperam o assistente"],
    ["settings-team", "/settings/team", "agente@"],
    ["settings-answers", "/settings/answers", "/horario"],
    ["settings-templates", "/settings/templates", "Modelos do WhatsApp"],
    ["settings-channels", "/settings/channels", "whatsappPhoneId"],
    ["settings-person", "/settings/person", "Id de uma conversa"],
  ] as const;

  beforeAll(async () => {
    // What the clock does every five minutes: the metrics have something to show.
    const headers = { authorization: `Bearer ${outputs.secrets.OMNI_AUTOMATION_SECRET}` };
    const counted = await fetch(`${outputs.apiUrl}/api/omni/health/run`, { method: "POST", headers });
    expect(counted.status).toBe(200);
  });

  test.each(PAGES)("%s has no fault of accessibility in either theme, nor on a phone", async (name, path, text) => {
    await admin.goto(address(path));
    await admin.getByText(text).first().waitFor();
    for (const colorScheme of ["light", "dark"] as const) {
      await admin.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      for (const width of [1440, 390]) {
        await admin.setViewportSize({ width, height: 900 });
        expect(await violations(admin)).toEqual([]);
        if (pictures) await picture(`${name}-${colorScheme}-${width}`);
      }
    }
    await admin.setViewportSize({ width: 1440, height: 900 });
  });
});

async function picture(name: string): Promise<void> {
  const folder = resolve(pictures ?? "");
  await mkdir(folder, { recursive: true });
  await admin.screenshot({ path: join(folder, `${name}.png`) });
}

test("none of the pages reports an error of its own", () => {
  expect(problems).toEqual([]);
});
