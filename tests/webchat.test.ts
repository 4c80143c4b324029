import { createServer, type Server } from "node:http";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COLLECTIONS, type Conversation, type Message } from "../app/conversations/model.ts";
import { launchChromium } from "./support/chromium.ts";
import { signIn, violations } from "./support/pages.ts";
import { control, firestore, outputs, until } from "./support/stack.ts";

/** Whole stories of a visitor on a website that is not ours, in a real browser. */

let browser: Browser;
const problems: string[] = [];

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
}

/** A visitor with a browser of their own. */
async function visit(query = "", options: Parameters<Browser["newContext"]>[0] = {}): Promise<Visit> {
  const context = await browser.newContext({
    locale: "pt-BR",
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`${message.text()} ${message.location().url}`);
  });
  await page.goto(`${outputs.widgetUrl}${query}`);
  await launcherOf(page).waitFor();
  return { context, page };
}

function launcherOf(page: Page) {
  return page.getByRole("button", { name: /o chat|the chat|el chat/ });
}

/** Opens the chat as a person with a mouse does, and gives its frame. */
async function openChat(page: Page) {
  await launcherOf(page).click();
  return chatOf(page);
}

function chatOf(page: Page) {
  return page.frameLocator("iframe");
}

async function write(page: Page, text: string): Promise<void> {
  const box = chatOf(page).getByRole("textbox", { name: "Escreva uma mensagem" });
  await box.fill(text);
  await box.press("Enter");
}

const listOf = (page: Page) => chatOf(page).getByRole("region", { name: "Mensagens" });
const bubble = (page: Page, author: "visitor" | "bot" | "team") => chatOf(page).locator(`.message.${author} .bubble`);

/** What the store holds of the conversation in which this was said. */
async function stored(text: string): Promise<{ conversation: Conversation; messages: Message[] }> {
  return until(`a conversation in which was said: ${text}`, async () => {
    const said = await firestore.collection(COLLECTIONS.messages).where("text", "==", text).limit(1).get();
    const id: unknown = said.docs[0]?.get("conversationId");
    if (typeof id !== "string") return undefined;
    const [conversation, messages] = await Promise.all([
      firestore.collection(COLLECTIONS.conversations).doc(id).get(),
      firestore.collection(COLLECTIONS.messages).where("conversationId", "==", id).orderBy("timestamp").get(),
    ]);
    return {
      conversation: conversation.data() as Conversation,
      messages: messages.docs.map((document) => document.data() as Message),
    };
  });
}

async function signInToInbox(): Promise<Page> {
  const inbox = await (await browser.newContext({ locale: "pt-BR" })).newPage();
  await signIn(inbox, "agent");
  return inbox;
}

let serial = 0;
/** Words that no other test uses. */
function unique(text: string): string {
  serial += 1;
  return `${text} (${Date.now().toString(36)}-${serial})`;
}

describe("a visitor on a website", () => {
  test("costs it nothing but the loader until the chat is wanted", async () => {
    const asked: string[] = [];
    const context = await browser.newContext();
    const page = await context.newPage();
    page.on("request", (request) => {
      if (request.url().startsWith(outputs.apiUrl)) asked.push(new URL(request.url()).pathname);
    });
    await page.goto(outputs.widgetUrl);
    await launcherOf(page).waitFor();
    await page.waitForLoadState("networkidle");
    expect(asked).toEqual(["/widget.js"]);
    await launcherOf(page).hover();
    await page.waitForLoadState("networkidle");
    // The chat's files are there before the click; nothing is asked of the API before it.
    expect(asked).toContain("/widget/chat.html");
    expect(asked.filter((path) => path.startsWith("/api/"))).toEqual([]);
    await context.close();
  });

  test("opens it by keyboard, writes, and has the answer; Escape leads back", async () => {
    const { context, page } = await visit();
    const text = unique("Preciso de um pintor");
    for (let presses = 0; presses < 20; presses += 1) {
      await page.keyboard.press("Tab");
      if (await launcherOf(page).evaluate((button) => button.matches(":focus"))) break;
    }
    await page.keyboard.press("Enter");
    const box = chatOf(page).getByRole("textbox", { name: "Escreva uma mensagem" });
    await until("the focus in the chat", async () =>
      (await box.evaluate((element) => element === document.activeElement).catch(() => false)) ? true : undefined,
    );
    await page.keyboard.type(text);
    await page.keyboard.press("Enter");
    await bubble(page, "bot").first().waitFor();
    const { conversation, messages } = await stored(text);
    expect(conversation).toMatchObject({ channel: "webchat", status: "active" });
    expect(await bubble(page, "bot").first().textContent()).toBe(messages[1]?.text);
    expect(await chatOf(page).getByRole("log").textContent()).toContain(messages[1]?.text);
    await chatOf(page).getByText("Assistente virtual, responde na hora").waitFor();
    await page.keyboard.press("Escape");
    expect(await launcherOf(page).getAttribute("aria-expanded")).toBe("false");
    expect(await launcherOf(page).evaluate((button) => button.matches(":focus"))).toBe(true);
    await context.close();
  });

  test("is answered by a person who takes over in the inbox, and finds it all again after a reload", async () => {
    const { context, page } = await visit();
    const text = unique("Quero um orçamento");
    await openChat(page);
    await write(page, text);
    await bubble(page, "bot").first().waitFor();
    const { conversation } = await stored(text);

    const inbox = await signInToInbox();
    await inbox.goto(`${outputs.inboxUrl}c/${encodeURIComponent(conversation.id)}`);
    const reply = unique("Aqui é uma pessoa da equipe");
    const answerBox = inbox.getByRole("textbox", { name: /Resposta para/ });
    await answerBox.fill(reply);
    await answerBox.press("Enter");
    await bubble(page, "team").getByText(reply).waitFor();
    await chatOf(page).getByText("Uma pessoa da equipe está com você").waitFor();
    await until("the visitor's read mark", async () => {
      const { messages } = await stored(reply);
      return messages.find((message) => message.text === reply)?.status === "read" ? true : undefined;
    });

    await page.reload();
    await openChat(page);
    await listOf(page).getByText(reply).waitFor();
    expect(await bubble(page, "visitor").allTextContents()).toEqual([text]);
    await inbox.context().close();
    await context.close();
  });

  test("sees on the closed launcher that somebody has answered", async () => {
    const { context, page } = await visit();
    const text = unique("Volto já");
    await openChat(page);
    await write(page, text);
    await bubble(page, "bot").first().waitFor();
    await chatOf(page).getByRole("button", { name: "Fechar o chat" }).click();
    const { conversation } = await stored(text);
    const token = await agentToken();
    const reply = unique("Resposta enquanto fechado");
    const sent = await fetch(`${outputs.apiUrl}/api/omni/messages`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ conversationId: conversation.id, text: reply, clientMessageId: unique("id") }),
    });
    expect(sent.status).toBe(201);
    await page.getByRole("button", { name: "Abrir o chat, 1 não lidas" }).waitFor();
    await openChat(page);
    await bubble(page, "team").getByText(reply).waitFor();
    expect(await launcherOf(page).getAttribute("aria-label")).toBe("Fechar o chat");
    await context.close();
  });

  test("loses nothing when the network goes: it waits, and is sent once when it is back", async () => {
    const { context, page } = await visit();
    const [first, second] = [unique("Antes"), unique("Sem rede")];
    await openChat(page);
    await write(page, first);
    await bubble(page, "bot").first().waitFor();
    await context.setOffline(true);
    await chatOf(page).getByText("Sem conexão.", { exact: false }).waitFor();
    await write(page, second);
    await chatOf(page).getByText("Espera a conexão").waitFor();
    await context.setOffline(false);
    await until("two answers", async () => ((await bubble(page, "bot").count()) === 2 ? true : undefined));
    expect((await stored(second)).messages.filter((message) => message.text === second)).toHaveLength(1);
    expect(await chatOf(page).getByText("Sem conexão.", { exact: false }).count()).toBe(0);
    await context.close();
  });

  test("waits no longer than six seconds for a slow model, and gets the answer live", async () => {
    const { context, page } = await visit();
    await openChat(page);
    await control("POST", "/faults", { target: "gemini", mode: "delay", delayMs: 6500, count: 1 });
    await write(page, unique("Devagar"));
    await chatOf(page).getByText("Assistente virtual está escrevendo").waitFor({ state: "attached" });
    await bubble(page, "bot").first().waitFor({ timeout: 30_000 });
    await control("DELETE", "/faults");
    await context.close();
  });

  test("is asked by a form first, which says what is missing", async () => {
    const { context, page } = await visit("?form=name*,email");
    const text = unique("Com formulário");
    const chat = await openChat(page);
    await chat.getByRole("button", { name: "Começar a conversa" }).click();
    await chat.getByRole("alert").getByText("Preencha este campo.").waitFor();
    await chat.getByLabel("Nome").fill("Visitante de exemplo");
    await chat.getByLabel("E-mail").fill("visitante@");
    await chat.getByRole("button", { name: "Começar a conversa" }).click();
    await chat.getByRole("alert").getByText("nome@exemplo.com", { exact: false }).waitFor();
    await chat.getByLabel("E-mail").fill("visitante@example.com");
    await chat.getByRole("button", { name: "Começar a conversa" }).click();
    await write(page, text);
    await bubble(page, "bot").first().waitFor();
    expect((await stored(text)).conversation).toMatchObject({
      contact: { name: "Visitante de exemplo" },
      form: { "E-mail": "visitante@example.com" },
    });
    await context.close();
  });

  test("who is signed in to the website has one conversation on every device", async () => {
    const text = unique("Sou cliente");
    const one = await visit("?user=1");
    await openChat(one.page);
    await write(one.page, text);
    await bubble(one.page, "bot").last().waitFor();
    expect((await stored(text)).conversation.id).toBe("webchat_cliente@example.com");
    const other = await visit("?user=1");
    await openChat(other.page);
    await listOf(other.page).getByText(text).waitFor();
    // Whoever signs out is a stranger.
    await other.page.goto(outputs.widgetUrl);
    await openChat(other.page);
    await chatOf(other.page).getByText("Olá! Como podemos ajudar?").waitFor();
    expect(await listOf(other.page).getByText(text).count()).toBe(0);
    await one.context.close();
    await other.context.close();
  });

  test("sends a picture, which the agent has as well; a program is refused in words", async () => {
    const { context, page } = await visit();
    await openChat(page);
    await chatOf(page).getByText("Olá! Como podemos ajudar?").waitFor();
    const picker = chatOf(page).locator("input[type=file]");
    await picker.setInputFiles({ name: "virus.png", mimeType: "image/png", buffer: Buffer.from("4d5a9000", "hex") });
    await chatOf(page).getByRole("alert").getByText("virus.png não foi enviado: só imagens e PDF.").waitFor();
    const text = unique("Segue a foto");
    await write(page, text);
    await picker.setInputFiles({ name: "parede.png", mimeType: "image/png", buffer: await page.screenshot() });
    const picture = chatOf(page).getByRole("img", { name: "parede.png" });
    await picture.waitFor();
    await until("the picture's own pixels", async () =>
      (await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)) > 0 ? true : undefined,
    );
    const { messages } = await stored(text);
    expect(messages.flatMap(({ attachments }) => attachments ?? [])).toMatchObject([
      { type: "image", state: "stored", mimeType: "image/png", fileName: "parede.png" },
    ]);
    await context.close();
  });

  test("reads markup as text", async () => {
    const { context, page } = await visit();
    const text = unique(`<img src=x onerror="document.title='x'"> javascript:alert(1) https://example.com/a`);
    await openChat(page);
    await write(page, text);
    await bubble(page, "visitor").getByText("onerror", { exact: false }).waitFor();
    expect(await chatOf(page).locator("img").count()).toBe(0);
    expect(await bubble(page, "visitor").getByRole("link").getAttribute("href")).toBe("https://example.com/a");
    await context.close();
  });
});

describe("the chat", () => {
  test("fills a phone's screen, and closes by its own button", async () => {
    const { context, page } = await visit("", {
      viewport: { width: 390, height: 760 },
      hasTouch: true,
      isMobile: true,
    });
    const chat = await openChat(page);
    await chat.getByRole("textbox").waitFor();
    const box = await page.locator("iframe").boundingBox();
    expect(box).toEqual({ x: 0, y: 0, width: 390, height: 760 });
    await chat.getByRole("button", { name: "Fechar o chat" }).click();
    await page.locator("iframe").waitFor({ state: "hidden" });
    await context.close();
  });

  test.each([
    ["en", "Talk to a person"],
    ["es", "Hablar con una persona"],
  ])("speaks %s", async (locale, words) => {
    const { context, page } = await visit(`?locale=${locale}`);
    const chat = await openChat(page);
    await chat.getByRole("button", { name: words }).waitFor();
    await context.close();
  });

  test("is refused to a website that is not allowed, in words", async () => {
    const { server, url } = await serveWebsite(`<script src="${outputs.apiUrl}/widget.js" data-locale="pt"></script>`);
    const page = await (await browser.newContext()).newPage();
    const warnings: string[] = [];
    page.on("console", (message) => warnings.push(message.text()));
    await page.goto(url);
    await launcherOf(page).click();
    await page.getByRole("alert").getByText("O chat não abriu.", { exact: false }).waitFor();
    expect(warnings.join("\n")).toContain(`add ${url} to webchatAllowedOrigins`);
    await page.context().close();
    server.close();
  });

  test("has no errors of its own on any of these pages", () => {
    // What the browser itself says of a network that was taken away, and of a file that was refused.
    const expected = /ERR_INTERNET_DISCONNECTED|status of 415/;
    expect(problems.filter((problem) => !expected.test(problem))).toEqual([]);
  });

  // Last: the audit tries styles of its own, which the pages' policy blocks and the console reports.
  test.each(["light", "dark"] as const)("has no accessibility violations, %s", async (colorScheme) => {
    const { context, page } = await visit("", { colorScheme });
    await openChat(page);
    await write(page, unique("Acessível?"));
    await bubble(page, "bot").first().waitFor();
    const frame = page.frames().find((each) => each.url().includes("/widget/chat.html"));
    expect(frame && (await violations(frame))).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await context.close();
    const stranger = await visit("?form=name*,email,phone", { colorScheme });
    await openChat(stranger.page);
    await chatOf(stranger.page).getByLabel("Nome").waitFor();
    const form = stranger.page.frames().find((each) => each.url().includes("/widget/chat.html"));
    expect(form && (await violations(form))).toEqual([]);
    await stranger.context.close();
  });
});

async function agentToken(): Promise<string> {
  const user = outputs.demoUsers.find(({ role }) => role === "agent");
  const response = await fetch(
    `http://${outputs.authHost}/identitytoolkit.googleapis.com/v1/accounts:signInWithPassword?key=any`,
    {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email: user?.email, password: user?.password, returnSecureToken: true }),
    },
  );
  return ((await response.json()) as { idToken: string }).idToken;
}

/** A website on an origin that the stack does not know. */
async function serveWebsite(body: string): Promise<{ server: Server; url: string }> {
  const page = `<!doctype html><html lang="pt"><title>Outro site</title><body><h1>Outro site</h1>${body}</body></html>`;
  const server = createServer((_request, response) => response.setHeader("content-type", "text/html").end(page));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The website has no port.");
  return { server, url: `http://127.0.0.1:${address.port}` };
}
