import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { startLocalCloud } from "../local/cloud.ts";
import { launchChromium } from "../tests/support/chromium.ts";

/** `npm run screenshots`: the pictures of the README, taken of the running product. */

const BASE_PORT = 4650;
const COUNTED_MS = 180_000;
const root = resolve(import.meta.dirname, "..");
const images = join(import.meta.dirname, "images");

const STORY = [
  ["whatsapp", "5511900000003", "Prestador de exemplo", "Como melhoro meu perfil para receber mais propostas?"],
  ["instagram", "17800000000000002", "Cliente do Instagram", "Vocês atendem em Santos?"],
  ["facebook", "2400000000000003", "Cliente do Messenger", "Quero falar com um atendente"],
  [
    "whatsapp",
    "5511900000001",
    "Cliente de exemplo",
    "Olá! Preciso de um orçamento para pintar a sala e dois quartos.",
  ],
] as const;

await mkdir(images, { recursive: true });
const stack = await startLocalCloud({ root, basePort: BASE_PORT, home: join(root, ".local/screenshots") });
const browser = await launchChromium();
try {
  const { outputs } = stack;
  for (const [channel, from, name, text] of STORY) {
    await post(`${outputs.simulatorUrl}/control/messages`, { channel, from, name, text });
    await fetch(`${outputs.simulatorUrl}/control/sent?channel=${channel}&to=${from}&kind=text&atLeast=1`);
  }
  const context = await browser.newContext({ locale: "pt-BR", deviceScaleFactor: 2, reducedMotion: "reduce" });
  const inbox = await context.newPage();
  await inbox.setViewportSize({ width: 1280, height: 760 });
  await signIn(inbox);
  await inbox.getByRole("link", { name: /Cliente de exemplo/ }).click();
  await inbox
    .getByRole("textbox", { name: /Resposta para/ })
    .fill("Bom dia! Sou da equipe: podemos visitar amanhã às 10 h?");
  await inbox.keyboard.press("Enter");
  await inbox.getByText("Entregue").nth(1).waitFor();
  await inbox.screenshot({ path: join(images, "inbox.png") });
  await inbox.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await inbox.screenshot({ path: join(images, "inbox-dark.png") });
  await inbox.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await inbox.setViewportSize({ width: 390, height: 760 });
  await inbox.screenshot({ path: join(images, "inbox-narrow.png") });

  const phone = await context.newPage();
  await phone.setViewportSize({ width: 1280, height: 760 });
  await phone.goto(outputs.simulatorUrl);
  await phone
    .getByRole("button", { name: /Cliente de exemplo/ })
    .first()
    .click();
  await phone.getByRole("log").getByText("podemos visitar").waitFor();
  await phone.screenshot({ path: join(images, "phone.png") });

  const website = await context.newPage();
  await website.setViewportSize({ width: 1280, height: 760 });
  await website.goto(outputs.widgetUrl);
  await website.getByRole("button", { name: "Abrir o chat" }).click();
  const chat = website.frameLocator("iframe");
  await chat.getByRole("textbox", { name: "Escreva uma mensagem" }).fill("Olá! Vocês fazem reparos elétricos?");
  await website.keyboard.press("Enter");
  await chat.locator(".message.bot .bubble").first().waitFor();
  await website.screenshot({ path: join(images, "widget.png") });

  await inbox.setViewportSize({ width: 1280, height: 760 });
  await probe(inbox);
  await inbox.screenshot({ path: join(images, "status.png") });
  await showMetrics(inbox);
  await inbox.screenshot({ path: join(images, "metrics.png") });
} finally {
  await browser.close();
  await stack.stop();
}

async function probe(page: Page): Promise<void> {
  await page.goto(new URL("/status", stack.outputs.inboxUrl).href);
  await page.getByRole("button", { name: "Verificar agora" }).click();
  await page.getByText("Todos os canais foram verificados.").waitFor();
  await page.getByRole("button", { name: "Dispensar" }).click();
}

/** Figures count what is a minute old, and are brought up to date by each of Scheduler's probes. */
async function showMetrics(page: Page): Promise<void> {
  const { apiUrl, secrets } = stack.outputs;
  for (const deadline = Date.now() + COUNTED_MS; Date.now() < deadline; await page.waitForTimeout(10_000)) {
    await post(`${apiUrl}/api/omni/health/run`, {}, secrets.OMNI_AUTOMATION_SECRET);
    await page.goto(new URL("/metrics", stack.outputs.inboxUrl).href);
    await page.getByText(/^Contado até|^Ainda não há nada contado/).waitFor();
    if ((await page.getByText("Recebidas").count()) > 0) return;
  }
  throw new Error(`No figure was counted within ${COUNTED_MS} ms.`);
}

async function signIn(page: Page): Promise<void> {
  const agent = stack.outputs.demoUsers.find((user) => user.role === "agent");
  if (!agent) throw new Error("There is no demo agent.");
  await page.goto(stack.outputs.inboxUrl);
  await page.getByLabel("E-mail").fill(agent.email);
  await page.getByLabel("Senha").fill(agent.password);
  await page.getByRole("button", { name: "Entrar" }).click();
}

async function post(url: string, body: unknown, secret?: string): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...(secret !== undefined && { authorization: `Bearer ${secret}` }) },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
}
