import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSendGrid } from "../../../app/automation/index.ts";
import { createSlack } from "../../../app/health/index.ts";
import { type Stage, stage } from "../testing.ts";

/** The app's own clients against the simulators of SendGrid and Slack. */

const MAIL = {
  id: "mensagem-1",
  to: "cliente@example.com",
  subject: "Assunto",
  text: "Olá",
  html: "<p>Olá</p>",
  headers: { "List-Unsubscribe": "<https://example.com/sair>" },
  category: "automation_example",
};

let s: Stage;
beforeEach(async () => {
  s = await stage({ connect: false });
});
afterEach(async () => {
  await s[Symbol.asyncDispose]();
});

const sendGrid = (apiKey = "SG.example", timeoutMs = 2_000) =>
  createSendGrid({
    apiKey,
    baseUrl: `${s.simulators.url}/sendgrid`,
    from: { email: "omni@example.com", name: "Servio.AI" },
    timeoutMs,
  });
const slack = (path = "services/T1/B1/secret") => createSlack(`${s.simulators.url}/slack/${path}`);

describe("SendGrid", () => {
  test("takes an e-mail, and shows it among what was sent", async () => {
    expect(await sendGrid().send(MAIL)).toEqual({ ok: true, providerId: expect.any(String) });
    expect(await s.sent("?channel=sendgrid")).toMatchObject([
      {
        channel: "sendgrid",
        to: "cliente@example.com",
        account: "omni@example.com",
        kind: "email",
        text: "Assunto\n\nOlá",
        correlation: "mensagem-1",
      },
    ]);
  });

  test.each([
    [400, "message"],
    [401, "channel"],
    [403, "channel"],
    [413, "message"],
    [429, "retry"],
    [500, "retry"],
    [502, "unknown"],
    [503, "retry"],
  ] as const)("answers %i, which the app takes for %s", async (status, failure) => {
    await s.control("POST", "faults", { target: "sendgrid", mode: "error", status, count: 1 });
    expect(await sendGrid().send(MAIL)).toMatchObject({ ok: false, failure, code: status });
    expect(await s.sent("?channel=sendgrid")).toEqual([]);
    expect(await sendGrid().send(MAIL)).toMatchObject({ ok: true });
  });

  test("refuses a key that is none, and an address that is none", async () => {
    expect(await sendGrid("SG.invalid").send(MAIL)).toMatchObject({ ok: false, failure: "channel", code: 401 });
    const wrong = await sendGrid().send({ ...MAIL, to: "cliente@" });
    expect(wrong).toMatchObject({
      ok: false,
      failure: "message",
      code: 400,
      message: "SendGrid 400: Does not contain a valid address.",
    });
  });

  test("a connection that breaks, or an answer that never comes: nobody knows", async () => {
    await s.control("POST", "faults", { target: "sendgrid", mode: "down", count: 1, processed: true });
    expect(await sendGrid().send(MAIL)).toMatchObject({ ok: false, failure: "unknown" });
    await s.control("POST", "faults", { target: "sendgrid", mode: "hang", count: 1 });
    expect(await sendGrid("SG.example", 300).send(MAIL)).toMatchObject({ ok: false, failure: "unknown" });
    expect(await s.sent("?channel=sendgrid")).toHaveLength(1);
  });
});

describe("Slack", () => {
  test("takes a message, and shows it among what was sent", async () => {
    expect(await slack().post("WhatsApp está offline", "Token <vencido>")).toEqual({ ok: true });
    expect(await s.sent("?channel=slack")).toMatchObject([
      { channel: "slack", to: "B1", kind: "message", text: "WhatsApp está offline: Token &lt;vencido&gt;" },
    ]);
  });

  test.each([
    [{ code: "channel_is_archived" }, false, "Slack 410: channel_is_archived"],
    [{ status: 404 }, false, "Slack 404: no_service"],
    [{ status: 429 }, true, "Slack 429: rate_limited"],
    [{ status: 500 }, true, "Slack 500: rollup_error"],
  ])("answers %o", async (fault, retry, message) => {
    await s.control("POST", "faults", { target: "slack", mode: "error", count: 1, ...fault });
    expect(await slack().post("a", "b")).toEqual({ ok: false, retry, message });
  });

  test("refuses an address that is none", async () => {
    expect(await slack("services/T1/B1/invalid").post("a", "b")).toEqual({
      ok: false,
      retry: false,
      message: "Slack 403: invalid_token",
    });
    expect(await slack("nothing").post("a", "b")).toEqual({
      ok: false,
      retry: false,
      message: "Slack 404: no_service",
    });
  });
});
