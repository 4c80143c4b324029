import { Timestamp } from "firebase-admin/firestore";
import pino from "pino";
import { beforeEach, expect, test } from "vitest";
import type { Mail, MailResult } from "../automation/email.ts";
import { firestoreForTests } from "../conversations/testing/firestore.ts";
import type { GraphRead } from "./graph-reader.ts";
import { type HealthDeps, probeHealth } from "./run.ts";
import type { SlackResult } from "./slack.ts";
import { readHealth } from "./store.ts";

const START = Date.UTC(2026, 10, 23, 12);
const FIVE_MINUTES = 300_000;
const DOWN: GraphRead = { ok: false, code: 190, advice: "O token expirou." };

const firestore = firestoreForTests();
let deps: HealthDeps;
let now: number;
let down: Set<string>;
let slack: string[];
let slackResults: SlackResult[];
let mails: Mail[];
let mailResults: MailResult[];
let gauge: Record<string, number>[];

beforeEach(() => {
  now = START;
  down = new Set();
  slack = [];
  slackResults = [];
  mails = [];
  mailResults = [];
  gauge = [];
  const account = (channel: "whatsapp" | "instagram" | "facebook") => ({ channel, account: channel, token: channel });
  deps = {
    db: firestore.fresh(),
    log: pino({ level: "silent" }),
    now: () => now,
    accounts: [account("whatsapp"), account("instagram"), account("facebook")],
    graph: {
      get: async (path, token) => {
        if (down.has(token)) return DOWN;
        if (!path.startsWith("debug_token")) return { ok: true, body: { status: "CONNECTED", data: [{}] } };
        const scopes = ["whatsapp_business_messaging", "pages_messaging", "instagram_manage_messages"];
        const granular_scopes = [{ scope: "whatsapp_business_messaging", target_ids: ["business"] }];
        return { ok: true, body: { data: { is_valid: true, expires_at: 0, scopes, granular_scopes } } };
      },
      post: async () => ({ ok: true, body: {} }),
    },
    gemini: { baseUrl: "http://127.0.0.1:1", apiKey: "exemplo", model: "gemini-3.5-flash-lite" },
    slack: {
      post: async (title) => {
        const result = slackResults.shift() ?? { ok: true };
        if (result.ok) slack.push(title);
        return result;
      },
    },
    email: {
      send: async (mail) => {
        const result = mailResults.shift() ?? { ok: true };
        if (result.ok) mails.push(mail);
        return result;
      },
    },
    adminEmails: ["admin@example.com"],
    gauge: {
      write: async (points) => {
        gauge.push(Object.fromEntries(points.map(({ channel, up }) => [channel, up])));
      },
    },
  };
});

async function probes(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    await probeHealth(deps);
    now += FIVE_MINUTES;
  }
}
const status = async (channel: string) => (await readHealth(deps.db)).find((one) => one.channel === channel);
/** Gemini cannot be reached in these tests: what is told about it is not looked at. */
const about = (list: readonly string[]) => list.filter((line) => !line.includes("Gemini"));
const subjects = () => about(mails.map(({ subject }) => subject));

test("three failed probes: offline, told once each way; three good ones: told once more", async () => {
  await probes(1);
  expect((await status("whatsapp"))?.status).toBe("online");
  down.add("whatsapp");
  await probes(2);
  expect((await status("whatsapp"))?.status).toBe("degraded");
  expect(about(slack)).toEqual([]);
  await probes(3);
  expect(await status("whatsapp")).toMatchObject({
    status: "offline",
    reason: { code: "graph_190", advice: "O token expirou." },
  });
  expect(about(slack)).toEqual(["WhatsApp está offline"]);
  expect(subjects()).toEqual(["[Servio Omnichannel] WhatsApp está offline"]);
  expect(gauge.at(-1)).toMatchObject({ whatsapp: 0, instagram: 1, facebook: 1, webchat: 1 });
  down.clear();
  await probes(3);
  expect((await status("whatsapp"))?.status).toBe("online");
  expect(about(slack)).toEqual(["WhatsApp está offline", "WhatsApp voltou"]);
  expect(mails.at(-1)?.text).toContain("Ficou offline por 15 min.");
  const changes = await deps.db.collection("channel_changes").where("channel", "==", "whatsapp").get();
  expect(changes.docs.map((one) => one.get("status"))).toEqual(["online", "degraded", "offline", "online"]);
});

test("two probes at the same moment count once, and tell once", async () => {
  down.add("instagram");
  for (let n = 0; n < 3; n += 1) {
    await Promise.all([probeHealth(deps), probeHealth(deps)]);
    now += FIVE_MINUTES;
  }
  expect((await status("instagram"))?.failures).toBe(3);
  expect(about(slack)).toEqual(["Instagram está offline"]);
});

test("Slack is down too: told by e-mail now, and by Slack when it is back, nothing twice", async () => {
  down.add("facebook");
  slackResults.push(...Array.from({ length: 4 }, () => ({ ok: false as const, retry: true, message: "503" })));
  await probes(6);
  expect(about(slack)).toEqual(["Messenger está offline"]);
  expect(subjects()).toEqual(["[Servio Omnichannel] Messenger está offline"]);
});

test("what webhooks write into the same document stays", async () => {
  await deps.db.doc("channels/whatsapp").set({ channel: "whatsapp", notices: { quality: { field: "x" } } });
  await probes(2);
  expect((await deps.db.doc("channels/whatsapp").get()).get("notices")).toEqual({ quality: { field: "x" } });
});

test("sends that fail degrade a channel, and nearly all of them take it down", async () => {
  const row = (n: number, state: string) =>
    deps.db
      .doc(`outbox/${n}`)
      .set({ channel: "whatsapp", status: state, updatedAt: Timestamp.fromMillis(START - 1000) });
  for (let n = 0; n < 10; n += 1) await row(n, n < 2 ? "failed" : "sent");
  await probes(1);
  expect(await status("whatsapp")).toMatchObject({
    status: "degraded",
    reason: { code: "sends_fail" },
    errorRate: { share: 0.2, of: 10 },
  });
  for (let n = 0; n < 10; n += 1) await row(n, "failed");
  await probes(3);
  expect((await status("whatsapp"))?.status).toBe("offline");
});

test("a gauge that cannot be written stops nothing", async () => {
  deps = { ...deps, gauge: { write: () => Promise.reject(new Error("quota")) } };
  await probes(1);
  expect((await status("webchat"))?.status).toBe("online");
});
