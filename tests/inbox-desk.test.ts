import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DESK_COLLECTIONS } from "../app/desk/model.ts";
import { launchChromium } from "./support/chromium.ts";
import { enter, openPage, signIn, violations, write } from "./support/pages.ts";
import {
  control,
  firestore,
  idToken,
  newCustomer,
  outputs,
  readConversation,
  readMessages,
  sentTexts,
  until,
} from "./support/stack.ts";

/** A working day at the inbox: two people, notes, later messages, a closed window, a lost network. */

const HOUR = 3_600_000;
/** A picture of one pixel. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

let browser: Browser;
let agent: Page;
let admin: Page;

beforeAll(async () => {
  browser = await launchChromium();
  [agent, admin] = await Promise.all([openPage(browser), openPage(browser)]);
  await signIn(agent, "agent");
  await signIn(admin, "admin");
});

afterAll(() => browser?.close());

/** Somebody who has written. @param at Unix milliseconds */
async function customerWrites(name: string, text: string, more: object = {}): Promise<string> {
  const from = newCustomer();
  await control("POST", "/messages", { channel: "whatsapp", from, name, text, ...more });
  return from;
}

async function openConversation(page: Page, customer: string, name: string): Promise<void> {
  await page.goto(`${outputs.inboxUrl.replace(/\/$/, "")}/c/whatsapp_${customer}`);
  await page.getByRole("heading", { name, level: 2 }).waitFor();
}

/** A note in the conversation that is open, which names somebody; waits until it is kept. */
async function writeNote(page: Page, words: string, colleague: string): Promise<void> {
  await page.getByRole("button", { name: "Nota privada" }).click();
  const box = page.getByRole("textbox", { name: "Nota privada" });
  await box.pressSequentially(`${words} @${colleague.slice(0, 5)}`);
  await page.getByRole("option", { name: colleague }).click();
  await box.press("Enter");
  await until("the note", async () => {
    const kept = await firestore.collection(DESK_COLLECTIONS.notes).where("text", "==", `${words} @${colleague}`).get();
    return kept.empty ? undefined : true;
  });
  await page.getByRole("button", { name: "Resposta", exact: true }).click();
}

describe("two people in one conversation", () => {
  const name = "Cliente de duas pessoas";
  let customer: string;

  test("see each other writing", async () => {
    customer = await customerWrites(name, "Quero falar com um atendente");
    await Promise.all([openConversation(agent, customer, name), openConversation(admin, customer, name)]);
    const seen = agent.getByText("admin@example.com está respondendo agora");
    // Who types goes on typing: a word that has come fades after some seconds.
    await until("the colleague's typing", async () => {
      await admin.getByRole("textbox", { name: `Resposta para ${name}` }).pressSequentially("a");
      return (await seen.isVisible()) ? true : undefined;
    });
  });

  test("and never answer twice: the second is told, reads, and decides", async () => {
    // Both press at about the same moment; the agent's request arrives second.
    const box = agent.getByRole("textbox", { name: `Resposta para ${name}` });
    await box.fill("Resposta da segunda pessoa");
    const first = Promise.withResolvers<void>();
    await agent.route("**/api/omni/messages", async (route) => {
      await first.promise;
      await route.continue();
    });
    await box.press("Enter");
    await write(admin, `Resposta para ${name}`, "Resposta da primeira pessoa");
    await until("the first answer", async () =>
      (await sentTexts(customer)).find(({ text }) => text?.includes("primeira")),
    );
    first.resolve();
    await agent.getByText("respondeu enquanto você escrevia").waitFor();
    expect((await sentTexts(customer)).map(({ text }) => text)).not.toContain("Resposta da segunda pessoa");
    await agent.unroute("**/api/omni/messages");
    await agent.getByRole("button", { name: "Enviar mesmo assim" }).click();
    await until("the second answer", async () =>
      (await sentTexts(customer)).find(({ text }) => text === "Resposta da segunda pessoa"),
    );
  });

  test("leave each other notes that no customer sees", async () => {
    await writeNote(agent, "Cuidado com o prazo", "admin@example.com");
    await admin
      .getByRole("region", { name: `Mensagens com ${name}` })
      .getByText("Cuidado com o prazo")
      .waitFor();
    const notes = await firestore
      .collection(DESK_COLLECTIONS.notes)
      .where("conversationId", "==", `whatsapp_${customer}`)
      .get();
    expect(notes.docs.map((note) => note.data())).toMatchObject([{ author: "demo-agent", mentions: ["demo-admin"] }]);
    expect((await readMessages(customer)).map(({ text }) => text)).not.toContain(
      "Cuidado com o prazo @admin@example.com",
    );
  });

  test("hear of a note that names them, wherever they are, and get there from it", async () => {
    await admin.goto(new URL("/status", outputs.inboxUrl).href);
    await admin.getByRole("heading", { name: "Status dos canais", level: 2 }).waitFor();
    const alert = (page: Page) => page.getByRole("status").getByText("agente@example.com chamou você em uma nota.");
    await writeNote(agent, "Pode ver o prazo?", "admin@example.com");
    await alert(admin).waitFor();
    expect(await alert(agent).count()).toBe(0);
    await admin.getByRole("button", { name: "Abrir", exact: true }).click();
    const log = admin.getByRole("region", { name: `Mensagens com ${name}` });
    await log.getByText("Pode ver o prazo? @admin@example.com").waitFor();
    await alert(admin).waitFor({ state: "detached" });
    // Before one's eyes, the note itself says it.
    await writeNote(agent, "E o preço?", "admin@example.com");
    await log.getByText("E o preço?").waitFor();
    expect(await alert(admin).count()).toBe(0);
  });

  test("and hear at their next visit of one that was written while they were away, as a notice too", async () => {
    // Notices of the operating system, which a browser without a screen cannot show: what is asked of it is kept.
    await admin.context().grantPermissions(["notifications"], { origin: new URL(outputs.inboxUrl).origin });
    await admin.addInitScript(() => {
      const shown: string[] = [];
      const Recorded = class {
        static readonly permission = "granted";
        constructor(title: string) {
          shown.push(title);
        }
      };
      Object.assign(window, { Notification: Recorded, shownNotices: shown });
      localStorage.setItem("servio.notifications", "on");
    });
    await admin.goto("about:blank");
    await writeNote(agent, "Escrevi enquanto você estava fora", "admin@example.com");
    await admin.goto(new URL("/status", outputs.inboxUrl).href);
    const text = "agente@example.com chamou você em uma nota.";
    await admin.getByRole("status").getByText(text).waitFor();
    expect(await admin.evaluate(() => (window as unknown as { shownNotices: string[] }).shownNotices)).toEqual([text]);
    await openConversation(admin, customer, name);
    expect(await admin.getByRole("status").getByText(text).count()).toBe(0);
  });

  test("give it to each other, put it aside, and take it up again", async () => {
    await agent.getByRole("button", { name: "Atribuir ou adiar" }).click();
    await agent.getByRole("menuitemradio", { name: "admin@example.com" }).click();
    await until("the colleague's turn", async () =>
      (await readConversation(customer))?.assignedTo === "demo-admin" ? true : undefined,
    );
    await admin.getByRole("button", { name: "Atribuir ou adiar" }).click();
    await admin.getByRole("menuitem", { name: "Daqui a 1 hora" }).click();
    await until("put aside", async () => ((await readConversation(customer))?.snooze ? true : undefined));
    await admin.getByRole("button", { name: "Desfazer" }).click();
    await until("taken up", async () => ((await readConversation(customer))?.snooze === null ? true : undefined));
  });

  test("one closes it, and the next message opens it again for both", async () => {
    await admin.getByRole("button", { name: "Fechar a conversa" }).click();
    await agent.getByText("Esta conversa está fechada").waitFor();
    await control("POST", "/messages", { channel: "whatsapp", from: customer, name, text: "Só mais uma coisa" });
    await agent.getByRole("textbox", { name: `Resposta para ${name}` }).waitFor();
  });
});

test("a conversation is found, answered, taken, noted, closed and left by keyboard alone", async () => {
  const name = "Cliente do teclado";
  const customer = await customerWrites(name, "Quero falar com um atendente");
  await until("the bot's answer", async () => ((await sentTexts(customer)).length > 0 ? true : undefined));
  const page = await openPage(browser);
  await signIn(page, "agent");
  const { keyboard } = page;
  const typing = (label: string) => page.getByRole("textbox", { name: label }).and(page.locator(":focus")).waitFor();

  await keyboard.press("/");
  await typing("Buscar por nome, telefone ou texto");
  await keyboard.type("Cliente do teclado");
  await page.getByRole("link", { name }).first().waitFor();
  await keyboard.press("ArrowDown");
  await page.locator("[data-row]:focus").filter({ hasText: name }).waitFor();
  await keyboard.press("Enter");
  await page.getByRole("heading", { name, level: 2 }).waitFor();

  await keyboard.press("r");
  await typing(`Resposta para ${name}`);
  await keyboard.type("Bom dia!");
  await keyboard.press("Enter");
  await until("the answer", async () => (await sentTexts(customer)).find(({ text }) => text === "Bom dia!"));
  await keyboard.press("Escape");
  await keyboard.press("n");
  await typing("Nota privada");
  await keyboard.press("Escape");
  await keyboard.press("m");
  await until("the bot's turn", async () => ((await readConversation(customer))?.mode === "bot" ? true : undefined));
  await keyboard.press("a");
  await until("mine", async () => ((await readConversation(customer))?.assignedTo === "demo-agent" ? true : undefined));
  await keyboard.press("e");
  await until("closed", async () => ((await readConversation(customer))?.status === "closed" ? true : undefined));

  await keyboard.press("?");
  await page.getByRole("dialog", { name: "Atalhos de teclado" }).waitFor();
  await keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "Comandos" }).waitFor();
  await keyboard.type("Métricas");
  await keyboard.press("Enter");
  await page.getByRole("heading", { name: "Métricas", level: 2 }).waitFor();
  await keyboard.press("g");
  await keyboard.press("s");
  await page.getByRole("heading", { name: "Status dos canais", level: 2 }).waitFor();
  await page.context().close();
});

describe("an answer", () => {
  test("quotes the message that it answers", async () => {
    const name = "Cliente citado";
    const customer = await customerWrites(name, "Vocês atendem em Santos?");
    await openConversation(agent, customer, name);
    const log = agent.getByRole("region", { name: `Mensagens com ${name}` });
    const asked = log.getByText("Vocês atendem em Santos?").first();
    await asked.hover();
    await log.getByRole("button", { name: "Responder a esta mensagem" }).first().click();
    await write(agent, `Resposta para ${name}`, "Atendemos, sim.");
    const sent = await until("the answer", async () =>
      (await readMessages(customer)).find(({ text, status }) => text === "Atendemos, sim." && status !== "pending"),
    );
    const [question] = await readMessages(customer);
    expect(sent.replyTo).toBe(question?.providerId);
  });

  test("leaves later, and can be called off", async () => {
    const name = "Cliente de amanhã";
    const customer = await customerWrites(name, "Pode ser amanhã?");
    await openConversation(agent, customer, name);
    await agent.getByRole("textbox", { name: `Resposta para ${name}` }).fill("Bom dia! Como combinado.");
    await agent.getByRole("button", { name: "Agendar e opções de envio" }).click();
    await agent.getByRole("menuitem", { name: "Daqui a 1 hora" }).click();
    const list = agent.getByRole("list", { name: "Mensagens agendadas" });
    await list.getByText("Bom dia! Como combinado.").waitFor();
    await list.getByRole("button", { name: "Cancelar" }).click();
    await list.waitFor({ state: "detached" });
    expect((await sentTexts(customer)).map(({ text }) => text)).not.toContain("Bom dia! Como combinado.");
  });
});

test("a reaction, an edit and a deletion of the customer's show in the open conversation as they come", async () => {
  const name = "Cliente que muda de ideia";
  const customer = await customerWrites(name, "Quero pintar a sala");
  await until("the bot's answer", async () => ((await sentTexts(customer)).length > 0 ? true : undefined));
  await openConversation(agent, customer, name);
  const log = agent.getByRole("region", { name: `Mensagens com ${name}` });
  await log.getByText("Quero pintar a sala").waitFor();
  const does = (what: object) => control("POST", "/messages", { channel: "whatsapp", from: customer, ...what });
  await does({ type: "reaction", emoji: "👍" });
  await log.getByText("👍").waitFor();
  await does({ type: "edit", text: "Quero pintar a cozinha" });
  await log.getByText("Quero pintar a cozinha").waitFor();
  await log.getByText("editada").waitFor();
  expect(await log.getByText("Quero pintar a sala").count()).toBe(0);
  await does({ type: "revoke" });
  await log.getByText("Mensagem apagada").waitFor();
  expect(await log.getByText("Quero pintar a cozinha").count()).toBe(0);
});

describe("when the window is closed", () => {
  test("the composer says so, and sends an approved template", async () => {
    const name = "Cliente de anteontem";
    const customer = await customerWrites(name, "Ainda fazem pintura?", { at: Date.now() - 49 * HOUR });
    const run = await fetch(new URL("/api/omni/health/run", outputs.apiUrl), {
      method: "POST",
      headers: {
        authorization: `Bearer ${outputs.secrets.OMNI_AUTOMATION_SECRET}`,
        "content-type": "application/json",
      },
      body: "{}",
    });
    expect(run.status).toBe(200);
    await openConversation(agent, customer, name);
    await agent.getByText(/A janela de resposta do WhatsApp fechou/).waitFor();
    await agent.getByRole("button", { name: "Enviar um modelo" }).click();
    await agent.getByRole("list", { name: "Modelos aprovados" }).getByRole("button").first().click();
    for (const value of await agent.getByRole("textbox", { name: /^Valor de/ }).all()) await value.fill("Exemplo");
    await agent.getByRole("button", { name: "Enviar modelo" }).click();
    const sent = await control<{ sent: { kind: string }[] }>(
      "GET",
      `/sent?channel=whatsapp&to=${customer}&kind=template&atLeast=1`,
    );
    expect(sent.sent).toHaveLength(1);
  });
});

describe("files", () => {
  test("a picture is fetched, kept and shown", async () => {
    const name = "Cliente com foto";
    const customer = await customerWrites(name, "Veja a parede", { type: "image" });
    await openConversation(agent, customer, name);
    const picture = agent
      .getByRole("region", { name: `Mensagens com ${name}` })
      .locator("img[src*='/api/omni/files/']");
    await picture.waitFor();
    await until("its bytes on the screen", async () =>
      (await picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)) > 0 ? true : undefined,
    );
  });

  test("a voice message has its player, which the browser can play", async () => {
    const name = "Cliente com voz";
    const customer = await customerWrites(name, "", { type: "audio" });
    await openConversation(agent, customer, name);
    const player = agent.getByRole("region", { name: `Mensagens com ${name}` }).locator("audio");
    await player.waitFor();
    await until("its length", async () =>
      (await player.evaluate((audio) => (audio as HTMLAudioElement).readyState)) > 0 ? true : undefined,
    );
  });
});

describe("a file of ours", () => {
  test("reaches the customer with its caption", async () => {
    const name = "Cliente que recebe foto";
    const customer = await customerWrites(name, "Como fica a parede?");
    await openConversation(agent, customer, name);
    const chooser = agent.waitForEvent("filechooser");
    await agent.getByRole("button", { name: "Anexar um arquivo" }).click();
    await (await chooser).setFiles({ name: "parede.png", mimeType: "image/png", buffer: PIXEL });
    await agent.getByText("Carregando…").waitFor({ state: "detached" });
    await write(agent, `Resposta para ${name}`, "Assim");
    const sent = await control<{ sent: unknown[] }>(
      "GET",
      `/sent?channel=whatsapp&to=${customer}&kind=image&atLeast=1`,
    );
    expect(sent.sent).toHaveLength(1);
    const ours = (await readMessages(customer)).find(({ sender }) => sender === "demo-agent");
    expect(ours).toMatchObject({ text: "Assim", attachments: [{ type: "image", state: "stored" }] });
  });
});

describe("a lost network", () => {
  test("keeps what is written, sends it once it is back, and a draft outlives a reload", async () => {
    const name = "Cliente sem rede";
    const customer = await customerWrites(name, "Alô?");
    await openConversation(agent, customer, name);
    await agent
      .getByRole("region", { name: `Mensagens com ${name}` })
      .getByText("Alô?")
      .waitFor();
    await agent.context().setOffline(true);
    await agent.getByText("Sem conexão.").waitFor();
    await write(agent, `Resposta para ${name}`, "Escrevi sem rede");
    await agent.getByText("Não saiu.").waitFor();
    await agent.context().setOffline(false);
    await until("the message", async () => (await sentTexts(customer)).find(({ text }) => text === "Escrevi sem rede"));
    await agent.getByRole("textbox", { name: `Resposta para ${name}` }).fill("Meio escrito");
    await agent.reload();
    const box = agent.getByRole("textbox", { name: `Resposta para ${name}` });
    await box.waitFor();
    expect(await box.inputValue()).toBe("Meio escrito");
    await box.fill("");
    expect((await sentTexts(customer)).filter(({ text }) => text === "Escrevi sem rede")).toHaveLength(1);
  });
});

describe("the list", () => {
  test("narrows to one's own, counts it, and keeps the view", async () => {
    await agent.goto(`${outputs.inboxUrl.replace(/\/$/, "")}/?holder=me`);
    await agent.getByText(/\d+ conversas? nesta visão/).waitFor({ state: "attached" });
    await agent.getByRole("button", { name: /Filtros:/ }).click();
    await agent.getByRole("menuitem", { name: "Salvar esta visão" }).click();
    await agent.goto(outputs.inboxUrl);
    await agent.getByRole("button", { name: /Filtros:/ }).click();
    await agent.getByRole("menuitem", { name: "Abertas · Minhas" }).click();
    await until("the view", async () => (agent.url().includes("holder=me") ? true : undefined));
  });

  test("has the views that one keeps on any machine: in a second browser, and gone there when let go here", async () => {
    const elsewhere = await openPage(browser);
    await signIn(elsewhere, "agent");
    await elsewhere.getByRole("button", { name: /Filtros:/ }).click();
    await elsewhere.getByRole("menuitem", { name: "Abertas · Minhas" }).click();
    await until("the view", async () => (elsewhere.url().includes("holder=me") ? true : undefined));

    await elsewhere.getByRole("button", { name: /Filtros:/ }).click();
    await elsewhere.getByRole("menuitem", { name: "Esquecer esta visão" }).click();
    const kept = firestore.collection(DESK_COLLECTIONS.views).doc("demo-agent");
    await until("the view gone", async () => ((await kept.get()).get("views").length === 0 ? true : undefined));
    await agent.goto(outputs.inboxUrl);
    const menu = agent.getByRole("menu");
    await until("the view gone here too", async () => {
      await agent.getByRole("button", { name: /Filtros:/ }).click();
      await menu.waitFor();
      const gone = (await menu.getByRole("menuitem", { name: "Abertas · Minhas" }).count()) === 0;
      await agent.keyboard.press("Escape");
      await menu.waitFor({ state: "detached" });
      return gone ? true : undefined;
    });
    await elsewhere.context().close();
  });

  test("is left on every machine at once by who signs out of all", async () => {
    const person = { email: "duas-maquinas@example.com", password: "uma-senha-de-exemplo" };
    const [here, there] = await Promise.all([openPage(browser), openPage(browser)]);
    // A person of their own: the others of this file stay signed in.
    const made = await fetch(new URL("/api/omni/admin/staff", outputs.apiUrl), {
      method: "POST",
      headers: { authorization: `Bearer ${await idToken("admin")}`, "content-type": "application/json" },
      body: JSON.stringify({ email: person.email, name: "Duas Máquinas", role: "agent" }),
    });
    const { passwordLink } = (await made.json()) as { passwordLink: string };
    await fetch(`${passwordLink}&newPassword=${person.password}`);
    for (const page of [here, there]) {
      await page.goto(outputs.inboxUrl);
      await enter(page, person);
    }
    // Sign-in counts in whole seconds.
    const signedIn = Date.now();
    await until("another second", async () => (Date.now() - signedIn > 1_100 ? true : undefined));
    await here.getByRole("button", { name: /Sua conta/ }).click();
    await here.getByRole("menuitem", { name: "Sair de todos os aparelhos" }).click();
    for (const page of [here, there]) await page.getByRole("button", { name: "Entrar" }).waitFor();
    await enter(there, person);
    await Promise.all([here.context().close(), there.context().close()]);
  });

  test("takes over once what a browser kept by itself, and keeps views without a network", async () => {
    const before = await openPage(browser);
    await before.addInitScript(() => {
      if (localStorage.getItem("seeded") !== null) return;
      localStorage.setItem("seeded", "yes");
      localStorage.setItem("servio.views.demo-agent", "/?view=unread&channel=whatsapp");
    });
    await signIn(before, "agent");
    const kept = firestore.collection(DESK_COLLECTIONS.views).doc("demo-agent");
    const stored = (count: number) => async () =>
      (await kept.get()).get("views")?.length === count ? ((await kept.get()).get("views") as string[]) : undefined;
    expect(await until("the browser's own view", stored(1))).toEqual(["/?view=unread&channel=whatsapp"]);

    await before.context().setOffline(true);
    await before.getByText("Sem conexão.").waitFor();
    await before.getByRole("button", { name: /Filtros:/ }).click();
    await before.getByRole("menuitem", { name: "Salvar esta visão" }).click();
    await before.getByRole("button", { name: /Filtros:/ }).click();
    await before.getByRole("menuitem", { name: "Esquecer esta visão" }).waitFor();
    await before.keyboard.press("Escape");
    expect(await stored(1)()).toBeDefined();
    await before.context().setOffline(false);
    expect(await until("the view kept without a network", stored(2))).toEqual(["/?view=unread&channel=whatsapp", "/"]);
    await kept.delete();
    await before.context().close();
  });

  test("finds what somebody said, in whatever view one is", async () => {
    const customer = await customerWrites("Cliente procurado", "Minha escrivaninha chegou quebrada");
    await until("the bot's answer", async () => ((await sentTexts(customer)).length > 0 ? true : undefined));
    await agent.goto(`${outputs.inboxUrl.replace(/\/$/, "")}/?view=closed`);
    await agent.getByRole("textbox", { name: "Buscar por nome, telefone ou texto" }).fill("ESCRIVANINHA");
    await agent.getByText("1 em outras conversas").waitFor();
    await agent.getByRole("link").filter({ hasText: "Minha escrivaninha chegou quebrada" }).click();
    await agent.getByRole("heading", { name: "Cliente procurado", level: 2 }).waitFor();
  });

  // Last: the audit tries styles of its own, which the pages' policy blocks.
  test("is accessible with its menus, notes and panels open", async () => {
    await agent.emulateMedia({ reducedMotion: "reduce" });
    await agent.getByRole("link").filter({ hasText: "Cliente" }).first().click();
    await agent.getByRole("button", { name: "Nota privada" }).click();
    await agent.getByRole("textbox", { name: "Nota privada" }).waitFor();
    expect(await violations(agent)).toEqual([]);
  });
});
