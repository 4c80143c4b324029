import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { signBody } from "./channels/index.ts";
import { firestoreForTests } from "./conversations/testing/firestore.ts";

const ENTRY = fileURLToPath(new URL("./server.ts", import.meta.url));
/** Nothing listens here: a queue that is down must not keep the service from starting. */
const NOWHERE = "127.0.0.1:1";

const ENVIRONMENT: Readonly<Record<string, string>> = {
  GOOGLE_CLOUD_PROJECT: "demo-server",
  SERVIO_ENVIRONMENT: "test",
  REPLIES_TOPIC: "replies",
  INBOUND_FALLBACK_TOPIC: "inbound-fallback",
  LOG_LEVEL: "info",
  META_APP_SECRET: "app-secret",
  OMNI_WEBHOOK_SECRET: "verify-token",
  GRAPH_BASE_URL: `http://${NOWHERE}/graph`,
  GRAPH_API_VERSION: "v26.0",
  WHATSAPP_PHONE_ID: "1",
  META_PAGE_ID: "2",
  INSTAGRAM_ACCOUNT_ID: "3",
  GEMINI_BASE_URL: `http://${NOWHERE}/gemini`,
  GEMINI_MODEL: "gemini-3.5-flash-lite",
  GEMINI_TEMPERATURE: "1",
  GEMINI_MAX_OUTPUT_TOKENS: "1024",
  GEMINI_HISTORY_TOKENS: "3000",
  ANSWER_DEADLINE_SECONDS: "8",
  REPLY_DOMAINS: "servio.ai",
  MASK_IA_LOGS: "true",
  HANDOFF_TIMEOUT_MINUTES: "30",
  TASKS_AUDIENCE: "https://api.example.com",
  TASKS_CALLER: "tasks@demo-server.iam.gserviceaccount.com",
  OIDC_CERTS_URL: `http://${NOWHERE}/certs`,
  FIREBASE_API_KEY: "key",
  FIREBASE_AUTH_DOMAIN: "demo.example.com",
  OMNI_AUTOMATION_SECRET: "automation-secret",
  WHATSAPP_TOKEN: "whatsapp-token",
  META_ACCESS_TOKEN: "page-token",
  GEMINI_API_KEY: "gemini-key",
  GOOGLE_CLOUD_REGION: "us-west1",
  PUBLIC_URL: `http://${NOWHERE}`,
  SITE_URL: `http://${NOWHERE}`,
  SENDGRID_BASE_URL: `http://${NOWHERE}/sendgrid`,
  SENDGRID_API_KEY: "none",
  SLACK_WEBHOOK_URL: "none",
  ATTACHMENTS_BUCKET: "attachments",
  WEBCHAT_IDENTITY_SECRET: "none",
  WEBCHAT_ALLOWED_ORIGINS: "none",
  RUNBOOKS_URL: "none",
  TRUSTED_PROXIES: "0",
  EMAIL_FROM: "none",
  ADMIN_EMAILS: "none",
  AUTOMATION_TIME_ZONE: "America/Sao_Paulo",
  AUTOMATION_QUIET_HOURS: "21:00-08:00",
  AUTOMATION_PAUSE_HOURS: "24",
};

const store = firestoreForTests();

type Line = Record<string, unknown>;

/** Runs the entry and collects its log, line by line. */
function start(environment: Record<string, string | undefined>) {
  const child = spawn(process.execPath, [ENTRY], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      PATH: process.env.PATH,
      METADATA_SERVER_DETECTION: "none",
      FIRESTORE_EMULATOR_HOST: store.host,
      PUBSUB_EMULATOR_HOST: NOWHERE,
      HOST: "127.0.0.1",
      PORT: "0",
      ...environment,
    },
  });
  // Also when the test fails: the process would keep the run waiting.
  onTestFinished(() => void child.kill());
  const lines: Line[] = [];
  const seen = Promise.withResolvers<Line>();
  createInterface({ input: child.stdout }).on("line", (text) => {
    const line = JSON.parse(text) as Line;
    lines.push(line);
    if (line.event === "ready") seen.resolve(line);
  });
  child.once("exit", () => seen.reject(new Error(`The process ended before it was ready: ${JSON.stringify(lines)}`)));
  // The test of a start that fails looks at the exit code instead.
  seen.promise.catch(() => undefined);
  return { child, lines, ready: seen.promise };
}

async function exitCode(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const [code] = (await once(child, "exit")) as [number | null];
  return code;
}

test("starts without its queue, serves, stores, and ends in good order", { timeout: 60_000 }, async () => {
  const { child, lines, ready } = start(ENVIRONMENT);
  const url = `http://127.0.0.1:${(await ready).port}`;
  expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: "ok" });

  const handshake = "hub.mode=subscribe&hub.verify_token=verify-token&hub.challenge=42";
  expect(await (await fetch(`${url}/api/omni/webhook/whatsapp?${handshake}`)).text()).toBe("42");
  const body = JSON.stringify({ object: "whatsapp_business_account", entry: [] });
  const signed = { "x-hub-signature-256": signBody(Buffer.from(body), "app-secret") };
  const post = (headers: Record<string, string>) =>
    fetch(`${url}/api/omni/webhook/whatsapp`, { method: "POST", headers, body });
  expect([(await post(signed)).status, (await post({})).status]).toEqual([200, 401]);

  const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: Record<string, unknown> };
  expect(Object.keys(paths)).toContain("/api/omni/conversations/{id}/close");

  child.kill("SIGTERM");
  expect(await exitCode(child)).toBe(0);
  expect(lines.at(-1)).toMatchObject({ event: "stopped", inTime: true });
});

test("without its variables it says which, in one line, and never a value", { timeout: 60_000 }, async () => {
  const { child, lines } = start({ ...ENVIRONMENT, GEMINI_MODEL: undefined, GRAPH_API_VERSION: "secret-looking" });
  expect(await exitCode(child)).toBe(1);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ severity: "CRITICAL", event: "start_failed" });
  expect(lines[0]?.message).toMatch(/GRAPH_API_VERSION.*GEMINI_MODEL/s);
  expect(lines[0]?.message).not.toContain("secret-looking");
});
