import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { startLocalCloud } from "../local/cloud.ts";
import { launchChromium } from "../tests/support/chromium.ts";

/**
 * `node docs/inbox-states.ts`: every state of the inbox, in both themes, three widths and two languages, into
 * `.local/states`, to be looked at one by one.
 */

const BASE_PORT = Number(process.env.SERVIO_STATES_PORT ?? 4670);
const WIDTHS = [1440, 1024, 390] as const;
const HOUR = 3_600_000;
const LONG = "Uma mensagem comprida de exemplo, que não acaba. ".repeat(100);
const root = resolve(import.meta.dirname, "..");
const folder = join(root, ".local/states");

await mkdir(folder, { recursive: true });
const stack = await startLocalCloud({ root, basePort: BASE_PORT, home: join(root, ".local/states-stack") });
const browser = await launchChromium();
try {
  for (const locale of ["pt-BR", "en-US"] as const) {
    const context = await browser.newContext({ locale, reducedMotion: "reduce" });
    const page = await context.newPage();
    const shot = (name: string) => shootAll(page, `${name}-${locale.slice(0, 2)}`);
    await page.goto(stack.outputs.inboxUrl);
    await page.locator("input[type=email]").waitFor();
    await shot("sign-in");
    await signIn(page);
    if (locale === "pt-BR") {
      await page.locator("main").waitFor();
      await shot("empty");
      await makeConversations();
    }
    await page.goto(stack.outputs.inboxUrl);
    await page.locator("[data-row]").first().waitFor();
    await shot("list");
    for (const [name, id] of [
      ["waiting", "whatsapp_5511900000011"],
      ["window-closed", "whatsapp_5511900000012"],
      ["long", "whatsapp_5511900000013"],
      ["files", "whatsapp_5511900000014"],
      ["right-to-left", "instagram_17800000000000011"],
    ] as const) {
      await page.goto(new URL(`/c/${id}`, stack.outputs.inboxUrl).href);
      await page.locator("#conversation-title").waitFor();
      // Pictures come after their message.
      await page.waitForLoadState("networkidle", { timeout: 3_000 }).catch(() => undefined);
      await shot(name);
    }
    await page.goto(new URL("/c/whatsapp_5511900000011", stack.outputs.inboxUrl).href);
    await page.locator("textarea").waitFor();
    await page.keyboard.press("n");
    await page.locator("textarea").fill("Cliente antigo: combinar com @a");
    await shot("note");
    await page.goto(new URL("/tasks", stack.outputs.inboxUrl).href);
    await page.getByRole("main").getByRole("heading", { level: 2 }).first().waitFor();
    await shot("tasks");
    await page.goto(new URL("/c/nobody_0", stack.outputs.inboxUrl).href);
    await shot("unknown");
    await context.close();
  }
} finally {
  await browser.close();
  await stack.stop();
}

async function shootAll(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 860 });
      await page.screenshot({ path: join(folder, `${name}-${colorScheme}-${width}.png`) });
    }
  }
  await page.setViewportSize({ width: 1440, height: 860 });
}

async function signIn(page: Page): Promise<void> {
  const agent = stack.outputs.demoUsers.find((user) => user.role === "agent");
  if (!agent) throw new Error("There is no demo agent.");
  await page.locator("input[type=email]").fill(agent.email);
  await page.locator("input[type=password]").fill(agent.password);
  await page.keyboard.press("Enter");
  await page.locator("main h2").first().waitFor();
}

async function makeConversations(): Promise<void> {
  const whatsapp = { channel: "whatsapp" };
  const ago = (hours: number) => ({ at: Date.now() - hours * HOUR });
  const said = [
    { ...whatsapp, from: "5511900000012", name: "Cliente de anteontem", text: "Ainda fazem pintura?", ...ago(49) },
    { ...whatsapp, from: "5511900000013", name: "Nome de exemplo comprido ".repeat(4).trim(), text: LONG },
    { ...whatsapp, from: "5511900000014", name: "Cliente com arquivos", text: "A parede é esta", type: "image" },
    { ...whatsapp, from: "5511900000014", name: "Cliente com arquivos", type: "audio" },
    { ...whatsapp, from: "5511900000014", name: "Cliente com arquivos", type: "document" },
    { channel: "instagram", from: "17800000000000011", name: "عميل تجريبي", text: "مرحبا، أحتاج إلى عرض سعر 🙏" },
    { channel: "facebook", from: "2400000000000011", name: "Cliente do Messenger", text: "Vocês atendem em Santos?" },
    { ...whatsapp, from: "5511900000011", name: "Cliente que espera", text: "Quero falar com um atendente" },
  ];
  for (const message of said) {
    const url = `${stack.outputs.simulatorUrl}/control/messages`;
    const headers = { "content-type": "application/json" };
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(message) });
    if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  }
  const answers = new URL("/control/sent?channel=facebook&to=2400000000000011&atLeast=1", stack.outputs.simulatorUrl);
  await fetch(answers);
}
