import { expect, test } from "vitest";
import { ApiError, inboxApi } from "./api.ts";

function setUp(answer: () => Promise<Response>) {
  const calls: { path: string; method?: string | undefined; authorization: string | null; body: unknown }[] = [];
  const api = inboxApi({
    token: () => Promise.resolve("the-token"),
    leaving: () => false,
    fetch: (path, init) => {
      const headers = new Headers(init?.headers);
      calls.push({
        path: String(path),
        method: init?.method,
        authorization: headers.get("authorization"),
        body: init?.body === undefined ? undefined : JSON.parse(String(init.body)),
      });
      return answer();
    },
  });
  return { api, calls };
}

const ok = () => Promise.resolve(new Response('{"id":"m1"}', { status: 201 }));

test("each action is one request with the person's token", async () => {
  const { api, calls } = setUp(ok);
  expect(await api.send({ conversationId: "webchat_a b", text: "Olá", clientMessageId: "c1" })).toBe("m1");
  await api.assign("webchat_a b", "uid-1");
  await api.setMode("webchat_a b", "human");
  await api.setStatus("webchat_a b", "closed");
  await api.setStatus("webchat_a b", "active");
  await api.markRead("webchat_a b");
  expect(calls.map(({ path, body }) => [path, body])).toEqual([
    ["/api/omni/messages", { conversationId: "webchat_a b", text: "Olá", clientMessageId: "c1" }],
    ["/api/omni/conversations/webchat_a%20b/assign", { assignee: "uid-1" }],
    ["/api/omni/conversations/webchat_a%20b/mode", { mode: "human" }],
    ["/api/omni/conversations/webchat_a%20b/close", {}],
    ["/api/omni/conversations/webchat_a%20b/reopen", {}],
    ["/api/omni/conversations/webchat_a%20b/read", {}],
  ]);
  expect(new Set(calls.map(({ method, authorization }) => `${method} ${authorization}`))).toEqual(
    new Set(["POST Bearer the-token"]),
  );
});

test("what it answers is read by name, and times travel as ISO 8601", async () => {
  const { api, calls } = setUp(() =>
    Promise.resolve(Response.json({ url: "/f", mimeType: "image/png", facts: ["um", 2] })),
  );
  expect(await api.fileLink("m1", 0)).toEqual({ url: "/f", mimeType: "image/png" });
  expect(await api.platformFacts("webchat_a")).toEqual(["um"]);
  await api.snooze("webchat_a", 0);
  await api.schedule("webchat_a", { text: "Olá", dueAt: 0, clientMessageId: "c1" });
  expect(calls.map(({ method, path, body }) => [method, path, body])).toEqual([
    [undefined, "/api/omni/attachments/m1/0", undefined],
    [undefined, "/api/omni/conversations/webchat_a/facts", undefined],
    ["POST", "/api/omni/conversations/webchat_a/snooze", { until: "1970-01-01T00:00:00.000Z" }],
    [
      "POST",
      "/api/omni/conversations/webchat_a/schedule",
      { text: "Olá", dueAt: "1970-01-01T00:00:00.000Z", clientMessageId: "c1" },
    ],
  ]);
});

const failure = (answer: () => Promise<Response>) =>
  setUp(answer)
    .api.markRead("webchat_a")
    .then(
      () => "no failure",
      (reason: unknown) => (reason instanceof ApiError ? [reason.code, reason.status, reason.message] : reason),
    );

test("a problem keeps its code and its advice", async () => {
  const body = JSON.stringify({
    type: "about:blank",
    title: "Store down",
    status: 503,
    code: "store_down",
    detail: "Tente em um minuto.",
  });
  expect(await failure(() => Promise.resolve(new Response(body, { status: 503 })))).toEqual([
    "store_down",
    503,
    "Tente em um minuto.",
  ]);
});

test("an answer that explains nothing is told by its status", async () => {
  expect(await failure(() => Promise.resolve(new Response("<html>", { status: 502 })))).toEqual([
    "http",
    502,
    "HTTP 502",
  ]);
});

test("no answer at all is the network's", async () => {
  expect(await failure(() => Promise.reject(new TypeError("Failed to fetch")))).toEqual([
    "network",
    0,
    "Failed to fetch",
  ]);
});
