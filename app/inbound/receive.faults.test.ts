import { describe, expect, test, vi } from "vitest";
import { received } from "../channels/shapes/whatsapp-bodies.ts";
import type { InboundStore } from "./persist.ts";
import { setUp } from "./testing/receiving.ts";
import { delivery } from "./testing/requests.ts";

const TEXT = received(1, { type: "text", text: { body: "Preciso de ajuda" } });
const STORED = "conversations/whatsapp_5511900000001";

describe("when the store does not take it", () => {
  const broken: InboundStore = { persist: () => Promise.reject(new Error("store down")) };
  const hanging: InboundStore = { persist: () => new Promise(() => undefined) };

  test.each([
    ["down", broken],
    ["too slow", hanging],
  ])("%s: every event goes to the queue, and is acknowledged", async (_, store) => {
    const { receive, queued, lines } = setUp({ store });
    expect((await receive(delivery(TEXT))).status).toBe(200);
    expect(queued).toMatchObject([{ type: "message", providerId: "wamid.1", text: "Preciso de ajuda" }]);
    expect(lines.map((line) => line.event)).toEqual(["store_failed", "webhook_fallback"]);
    expect(lines.at(-1)).toMatchObject({ channel: "whatsapp", delivery: "queued", status: 200 });
  });

  test.each([
    ["down", () => Promise.reject(new Error("queue down"))],
    ["too slow", () => new Promise<void>(() => undefined)],
  ])("and the queue is %s too: 503, and Meta delivers again", async (_, publish) => {
    const { receive, lines } = setUp({ store: broken, fallback: { publish } });
    const answer = await receive(delivery(TEXT));
    expect(answer).toMatchObject({ status: 503, headers: { "retry-after": "10" } });
    expect(JSON.parse(answer.body)).toMatchObject({ code: "storage_unavailable" });
    expect(lines.at(-1)).toMatchObject({ event: "webhook_unavailable", severity: "ERROR", delivery: "unavailable" });
  });

  test("and stays down: it is no longer waited for", async () => {
    const persist = vi.fn(() => Promise.reject(new Error("store down")));
    const { receive, queued } = setUp({ store: { persist } });
    for (let number = 0; number < 8; number += 1) expect((await receive(delivery(TEXT))).status).toBe(200);
    expect(persist).toHaveBeenCalledTimes(5);
    expect(queued).toHaveLength(8);
  });

  test("only the job cannot be queued: acknowledged all the same, the sweep finds it", async () => {
    const { receive, port, lines } = setUp({ replies: { publish: () => Promise.reject(new Error("no")) } });
    expect((await receive(delivery(TEXT))).status).toBe(200);
    expect(port.documents.get(STORED)).toMatchObject({ awaitingReply: true });
    expect(lines).toMatchObject([
      { event: "replies_publish_failed", severity: "WARNING" },
      { event: "message_received", delivery: "stored" },
    ]);
  });
});

describe("too many at once", () => {
  test("the one beyond is told to come back, and has room when another is done", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const store: InboundStore = {
      persist: async () => {
        await promise;
        return { results: [], awaiting: [], withFiles: [] };
      },
    };
    const { receive } = setUp({ store, maxInFlight: 2, timeoutMs: 10_000 });
    const first = [receive(delivery(TEXT)), receive(delivery(TEXT))];
    expect(await receive(delivery(TEXT))).toMatchObject({ status: 503, headers: { "retry-after": "1" } });
    resolve();
    expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await receive(delivery(TEXT))).status).toBe(200);
  });

  test("what is not signed takes no room", async () => {
    const persist = vi.fn();
    const { receive } = setUp({ store: { persist }, maxInFlight: 1 });
    expect((await receive(delivery(TEXT, { secret: "falso" }))).status).toBe(401);
    expect(persist).not.toHaveBeenCalled();
  });
});
