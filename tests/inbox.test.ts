import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchChromium } from "./support/chromium.ts";
import { openPage, signIn, violations, write } from "./support/pages.ts";
import { control, newCustomer, outputs, readConversation, readMessages, sentTexts, until } from "./support/stack.ts";

/** Whole stories in a real browser: the customer on the phone page, the agent in the inbox. */

let browser: Browser;
let phone: Page;
let inbox: Page;
const problems: string[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  phone = await open();
  await phone.goto(outputs.simulatorUrl);
  inbox = await open();
  await signIn(inbox, "agent");
});

afterAll(() => browser?.close());

const open = (): Promise<Page> => openPage(browser, problems);

/** Makes a customer on the phone page, as a person does. */
async function becomeCustomer(name: string, page = phone): Promise<string> {
  const number = newCustomer();
  await page.getByRole("button", { name: "Novo cliente" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Nome").fill(name);
  await dialog.getByLabel("Número").fill(number);
  await dialog.getByRole("button", { name: "Criar" }).click();
  return number;
}

describe("a customer writes on the phone page", () => {
  const name = "Cliente da história";
  let number: string;

  test("and the agent reads the bot's answer in the inbox, live", async () => {
    number = await becomeCustomer(name);
    await write(phone, "Mensagem", "Preciso de um orçamento para pintar a sala");
    await inbox.getByRole("link", { name: new RegExp(name) }).click();
    const log = inbox.getByRole("region", { name: `Mensagens com ${name}` });
    await log.getByText("Preciso de um orçamento para pintar a sala").waitFor();
    const answer = await until("the bot's answer", async () =>
      (await readMessages(number)).find((message) => message.senderType === "bot"),
    );
    await log.getByText(answer.text).waitFor();
    await phone.getByRole("log").getByText(answer.text).waitFor();
  });

  test("and the agent's own answer reaches the phone, with its receipt", async () => {
    const text = "Aqui é uma pessoa da equipe. Qual é a metragem?";
    await write(inbox, `Resposta para ${name}`, text);
    await phone.getByRole("log").getByText(text).waitFor();
    // The phone is open: what is delivered is read a moment later.
    await inbox
      .getByText(/Entregue|Lida/)
      .last()
      .waitFor();
    await inbox.getByRole("button", { name: "Devolver ao bot" }).waitFor();
    expect((await sentTexts(number)).map((sent) => sent.text)).toContain(text);
  });

  test("and while a person has the conversation, the bot keeps quiet until it is handed back", async () => {
    await write(phone, "Mensagem", "São 20 metros quadrados");
    await inbox
      .getByRole("region", { name: `Mensagens com ${name}` })
      .getByText("São 20 metros quadrados")
      .waitFor();
    // The agent has the conversation open: the customer sees that it was read.
    await phone.getByRole("listitem").filter({ hasText: "São 20 metros quadrados" }).getByText("lida").waitFor();
    const before = (await sentTexts(number)).length;
    await inbox.getByRole("button", { name: "Devolver ao bot" }).click();
    // The button changes at once; what counts is the conversation.
    await until("the bot's turn", async () => ((await readConversation(number))?.mode === "bot" ? true : undefined));
    await write(phone, "Mensagem", "Quanto fica?");
    await until("one more answer", async () => ((await sentTexts(number)).length > before ? true : undefined));
    expect(await sentTexts(number)).toHaveLength(before + 1);
  });
});

describe("a phone page on a machine that is slow to draw", () => {
  test("loses nothing of what is written to somebody just made", async () => {
    const slow = await open();
    await slow.addInitScript(() => {
      const soon = window.requestAnimationFrame.bind(window);
      window.requestAnimationFrame = (draw) => window.setTimeout(() => soon(draw), 1_000);
    });
    await slow.goto(outputs.simulatorUrl);
    await becomeCustomer("Cliente de antes", slow);
    await slow.getByRole("textbox", { name: "Mensagem" }).waitFor();
    const number = await becomeCustomer("Cliente apressado", slow);
    const box = slow.getByRole("textbox", { name: "Mensagem" });
    await box.fill("Escrevi antes de tudo estar desenhado");
    await slow.getByRole("log", { name: /Cliente apressado/ }).waitFor({ state: "attached" });
    await box.press("Enter");
    const stored = await until("the message", async () => (await readMessages(number))[0]);
    expect(stored.text).toBe("Escrevi antes de tudo estar desenhado");
    await slow.close();
  });
});

describe("what a customer writes stays text", () => {
  test("markup is shown, never run", async () => {
    const from = newCustomer();
    const name = `<img src=x onerror="document.title=1"> ${from}`;
    const text = `<script>document.title="x"</script><b>negrito</b> javascript:alert(1)`;
    await control("POST", "/messages", { channel: "whatsapp", from, name, text });
    await inbox.getByRole("link", { name: new RegExp(`onerror.* ${from}`) }).click();
    await inbox.getByText(text, { exact: false }).first().waitFor();
    expect(await inbox.title()).not.toMatch(/^(1|x)$/);
    expect(await inbox.locator("img[src=x]").count()).toBe(0);
  });
});

describe("both pages", () => {
  test("speak Portuguese, English and Spanish", async () => {
    const page = await open();
    await page.goto(outputs.inboxUrl);
    for (const [language, passwordLabel] of [
      ["English", "Password"],
      ["Español", "Contraseña"],
      ["Português", "Senha"],
    ] as const) {
      await page.getByRole("button", { name: language }).click();
      await page.getByLabel(passwordLabel).waitFor();
    }
    await page.close();
  });

  test("turn a wrong password into words", async () => {
    const page = await open();
    await page.goto(outputs.inboxUrl);
    await page.getByLabel("E-mail").fill("agente@example.com");
    await page.getByLabel("Senha").fill("errada");
    await page.getByRole("button", { name: "Entrar" }).click();
    expect(await page.getByRole("alert").textContent()).toMatch(/senha/i);
    await page.close();
  });

  test("report no errors of their own", () => {
    // The wrong password above is answered 400 by the identity service, which the browser itself reports.
    expect(problems.filter((problem) => !problem.includes("status of 400"))).toEqual([]);
  });

  // Last: the audit tries styles of its own, which the pages' policy blocks and the console reports.
  test("have no accessibility violations, light and dark", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      for (const page of [phone, inbox]) {
        // Without motion: a colour on its way from one theme to the other is in neither.
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        expect(await violations(page), `${page.url()} ${colorScheme}`).toEqual([]);
      }
    }
  });
});
