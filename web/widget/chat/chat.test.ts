import { describe, expect, test, vi } from "vitest";
import { Refused } from "./api.ts";
import { fakeServer, fakeStorage, openPage } from "./testing.ts";

type Page = ReturnType<typeof openPage>;

async function started(page: Page, identity?: string): Promise<Page> {
  page.chat.start(identity);
  await vi.waitFor(() => expect(page.chat.state().phase).toBe("ready"));
  return page;
}
const texts = ({ chat }: Page) => chat.state().messages.map(({ text }) => text);
const deliveries = ({ chat }: Page) => chat.state().messages.map(({ delivery }) => delivery);

test("what is written is on the screen at once, and sent once", async () => {
  const { server, api } = fakeServer();
  const page = await started(openPage(api));
  page.chat.send("  Olá  ");
  expect([texts(page), deliveries(page)]).toEqual([["Olá"], ["sending"]]);
  await vi.waitFor(() => expect(deliveries(page)).toEqual(["sent"]));
  await vi.waitFor(() => expect(server.streams).toBe(1));
  server.say("bot", "Bom dia");
  await vi.waitFor(() => expect(texts(page)).toEqual(["Olá", "Bom dia"]));
  expect(server.requests).toHaveLength(1);
});

test("without a network it waits, across visits, and goes out in order and once", async () => {
  const { server, api } = fakeServer();
  const storage = fakeStorage();
  const page = await started(openPage(api, storage));
  server.online = false;
  page.view.go(false);
  page.chat.send("um");
  page.chat.send("dois");
  await vi.waitFor(() => expect(deliveries(page)).toEqual(["waiting", "waiting"]));
  page.chat.sleep();

  server.online = true;
  const later = await started(openPage(api, storage));
  await vi.waitFor(() => expect(deliveries(later)).toEqual(["sent", "sent"]));
  expect(server.messages.map(({ text }) => text)).toEqual(["um", "dois"]);
});

test("a network that is back is used at once, not at the end of a long wait", async () => {
  const { server, api } = fakeServer();
  const page = await started(openPage(api));
  server.online = false;
  page.view.go(false);
  const before = server.attempts;
  page.chat.send("um");
  // Tried in vain, and waiting for longer than this test does.
  await vi.waitFor(() => expect(server.attempts).toBeGreaterThan(before + 3), { timeout: 8000 });
  server.online = true;
  page.view.go(true);
  await vi.waitFor(() => expect(deliveries(page)).toEqual(["sent"]), { timeout: 900 });
  expect(page.chat.state().online).toBe(true);
});

test("an answer that was lost on the way is asked for again, and makes no second message", async () => {
  const { server, api } = fakeServer();
  const page = await started(openPage(api));
  const send = api.send.bind(api);
  api.send = async (...args) => {
    api.send = send;
    await send(...args);
    throw new TypeError("connection reset");
  };
  page.chat.send("um");
  await vi.waitFor(() => expect(deliveries(page)).toEqual(["sent"]), { timeout: 4000 });
  expect(server.requests).toHaveLength(2);
  expect(server.messages).toHaveLength(1);
});

describe("a refusal", () => {
  test("for good is shown, and can be tried again or thrown away", async () => {
    const { server, api } = fakeServer();
    const page = await started(openPage(api));
    await vi.waitFor(() => expect(server.streams).toBe(1));
    server.refusals.push(new Refused(400, "invalid_request", undefined));
    page.chat.send("um");
    await vi.waitFor(() => expect(deliveries(page)).toEqual(["failed"]));
    const [failed] = page.chat.state().messages;
    page.chat.retry(failed?.key ?? "");
    await vi.waitFor(() => expect(deliveries(page)).toEqual(["sent"]));
    server.refusals.push(new Refused(413, "payload_too_large", undefined));
    page.chat.send("dois");
    await vi.waitFor(() => expect(deliveries(page)).toEqual(["sent", "failed"]));
    page.chat.discard(page.chat.state().messages[1]?.key ?? "");
    expect(texts(page)).toEqual(["um"]);
  });

  test("that passes is waited out", async () => {
    const { server, api } = fakeServer();
    const page = await started(openPage(api));
    await vi.waitFor(() => expect(server.streams).toBe(1));
    server.refusals.push(new Refused(429, "rate_limited", 20), new Refused(401, "invalid_session", undefined));
    page.chat.send("um");
    await vi.waitFor(() => expect(deliveries(page)).toEqual(["sent"]), { timeout: 4000 });
    expect(page.chat.state().online).toBe(true);
  });
});

describe("the stream", () => {
  test("is taken up again when the server ends it", async () => {
    const { server, api } = fakeServer();
    const page = await started(openPage(api));
    await vi.waitFor(() => expect(server.streams).toBe(1));
    server.endStreams();
    await vi.waitFor(() => expect(server.streams).toBe(0));
    await vi.waitFor(() => expect(server.streams).toBe(1));
    server.say("team", "Ainda aqui");
    await vi.waitFor(() => expect(texts(page)).toEqual(["Ainda aqui"]));
  });

  test("that is not to be had is made up for by reading", async () => {
    const { server, api } = fakeServer();
    server.noStream = new Refused(503, "streams_full", 15);
    const page = await started(openPage(api));
    server.say("team", "Pela leitura");
    page.view.go(true);
    await vi.waitFor(() => {
      page.view.go(true);
      expect(texts(page)).toEqual(["Pela leitura"]);
    });
    expect(page.chat.state().online).toBe(true);
  });

  test("tells who answers and who types", async () => {
    const { server, api } = fakeServer();
    const page = await started(openPage(api));
    await vi.waitFor(() => expect(server.streams).toBe(1));
    server.state({ handler: "team", waiting: true, typing: "team", seen: false, closed: false });
    await vi.waitFor(() => expect(page.chat.state().server).toMatchObject({ handler: "team", waiting: true }));
  });

  test("sleeps with the tab and wakes with it", async () => {
    const { server, api } = fakeServer();
    const page = await started(openPage(api));
    await vi.waitFor(() => expect(server.streams).toBe(1));
    page.chat.sleep();
    await vi.waitFor(() => expect(server.streams).toBe(0));
    page.chat.wake();
    await vi.waitFor(() => expect(server.streams).toBe(1));
  });
});

test("unread is what came while nobody looked, and is marked once somebody does", async () => {
  const { server, api } = fakeServer();
  const page = await started(openPage(api));
  await vi.waitFor(() => expect(server.streams).toBe(1));
  server.say("bot", "um");
  server.say("team", "dois");
  await vi.waitFor(() => expect(page.chat.state().unread).toBe(2));
  page.chat.show(true);
  await vi.waitFor(() => expect(page.chat.state().unread).toBe(0));
  expect(server.reads).toEqual([server.messages[1]?.at]);
});

test("history comes page by page, oldest on top", async () => {
  const { server, api } = fakeServer();
  for (let n = 0; n < 70; n += 1) server.say("bot", `n${n}`);
  const page = await started(openPage(api));
  expect([texts(page).length, page.chat.state().older]).toEqual([30, "more"]);
  await page.chat.loadOlder();
  await page.chat.loadOlder();
  expect([texts(page).at(0), texts(page).length, page.chat.state().older]).toEqual(["n0", 70, "none"]);
});

describe("a visitor", () => {
  test("is the same on the next visit", async () => {
    const { server, api } = fakeServer();
    const storage = fakeStorage();
    await started(openPage(api, storage));
    const sessions: (string | undefined)[] = [];
    const session = api.session.bind(api);
    api.session = (credentials) => {
      sessions.push(credentials.token);
      return session(credentials);
    };
    await started(openPage(api, storage));
    expect(sessions).toEqual(["anon_1"]);
    expect(server.identities).toEqual([undefined, undefined]);
  });

  test("whose identity is refused is told, and nothing is tried again", async () => {
    const { server, api } = fakeServer();
    const page = openPage(api);
    page.chat.start("wrong");
    await vi.waitFor(() => expect(page.chat.state().phase).toBe("refused"));
    expect(server.identities).toEqual(["wrong"]);
  });

  test("who signs in has another conversation, and nothing of the one before", async () => {
    const { server, api } = fakeServer();
    const page = await started(openPage(api));
    page.chat.send("de um estranho");
    await vi.waitFor(() => expect(deliveries(page)).toEqual(["sent"]));
    server.messages.length = 0;
    await started(page, "cliente@example.com");
    expect([texts(page), page.chat.state().identified]).toEqual([[], true]);
  });

  test("who wrote before there was a session loses nothing", async () => {
    const { server, api } = fakeServer();
    server.online = false;
    const page = openPage(api);
    page.chat.start();
    page.chat.send("cedo");
    expect(texts(page)).toEqual(["cedo"]);
    server.online = true;
    page.view.go(true);
    await vi.waitFor(() => expect(deliveries(page)).toEqual(["sent"]), { timeout: 3000 });
  });
});

describe("a file", () => {
  const file = new File(["bytes"], "foto.png", { type: "image/png" });

  test("is uploaded first, and then a message like any other", async () => {
    const { server, api } = fakeServer();
    const page = await started(openPage(api));
    const sending = page.chat.sendFile(file);
    expect(page.chat.state().upload).toEqual({ name: "foto.png" });
    await sending;
    await vi.waitFor(() => expect(deliveries(page)).toEqual(["sent"]));
    expect(server.requests).toEqual([{ clientMessageId: expect.any(String), uploadId: "upload-of-foto.png" }]);
    expect(page.chat.state()).not.toHaveProperty("upload");
  });

  test("before there is a conversation says that it did not go", async () => {
    const { server, api } = fakeServer();
    server.online = false;
    const page = openPage(api);
    page.chat.start();
    await page.chat.sendFile(file);
    expect(page.chat.state().upload).toEqual({ name: "foto.png", problem: "failed" });
  });

  test.each([
    [new Refused(415, "file_type_refused", undefined), "type"],
    [new Refused(413, "file_too_large", undefined), "size"],
    [new TypeError("Failed to fetch"), "failed"],
  ])("that %s says why", async (error, problem) => {
    const { api } = fakeServer();
    const page = await started(openPage(api));
    api.upload = async () => {
      throw error;
    };
    await page.chat.sendFile(file);
    expect(page.chat.state().upload).toEqual({ name: "foto.png", problem });
    page.chat.dismissUpload();
    expect(page.chat.state()).not.toHaveProperty("upload");
  });
});
