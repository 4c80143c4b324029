import { describe, expect, test } from "vitest";
import type { GraphRead, GraphReader } from "./graph-reader.ts";
import { probeMeta } from "./meta-probe.ts";

const NOW = Date.UTC(2026, 10, 23, 12);
const WHATSAPP = { channel: "whatsapp", account: "100000000000001", token: "exemplo" } as const;
const PAGE = { channel: "facebook", account: "100000000000002", token: "exemplo" } as const;
const TOKEN = {
  is_valid: true,
  expires_at: 0,
  scopes: ["whatsapp_business_messaging", "pages_messaging"],
  granular_scopes: [{ scope: "whatsapp_business_messaging", target_ids: ["190000000000001"] }],
};
const GONE: GraphRead = { ok: false, code: 190, advice: "Expirou." };

/** Graph as a table: the first prefix that fits answers. `POST` subscribes unless it is told otherwise. */
function graph(answers: Record<string, unknown>, subscribes = true): GraphReader & { asked: string[] } {
  const asked: string[] = [];
  let subscribed = false;
  const find = (path: string): GraphRead => {
    if (path.includes("subscribed_apps") && subscribed) return { ok: true, body: { data: [{ id: "app" }] } };
    const key = Object.keys(answers).find((prefix) => path.startsWith(prefix));
    const body = key === undefined ? { data: [{ id: "app" }] } : answers[key];
    return body === GONE ? GONE : { ok: true, body };
  };
  return {
    asked,
    get: async (path) => {
      asked.push(`GET ${path.split("?")[0]}`);
      return find(path);
    },
    post: async (path) => {
      asked.push(`POST ${path}`);
      subscribed = subscribes;
      return { ok: true, body: { success: true } };
    },
  };
}

const seen = async (reader: GraphReader, one: typeof WHATSAPP | typeof PAGE = WHATSAPP) =>
  (await probeMeta(reader, one, NOW)).checks.map(({ name, state, code }) => `${name} ${code ?? state}`);
const phone = { "100000000000001": { status: "CONNECTED", quality_rating: "GREEN" } };
const token = (changes: object = {}) => ({ debug_token: { data: { ...TOKEN, ...changes } } });

describe("what a probe of Meta finds", () => {
  test.each([
    ["all well", { ...token(), ...phone }, ["token ok", "account ok", "subscription ok"]],
    ["a dead token", { ...token({ is_valid: false }), ...phone }, ["token token_invalid", "account ok"]],
    [
      "a token that Graph refuses",
      { debug_token: GONE, "100000000000001": GONE },
      ["token graph_190", "account graph_190"],
    ],
    [
      "a permission that was taken away",
      { ...token({ scopes: [] }), ...phone },
      ["token permission_missing", "account ok"],
    ],
    [
      "a token that ends in six days",
      { ...token({ expires_at: NOW / 1000 + 6 * 86_400 }), ...phone },
      ["token token_expires", "account ok", "subscription ok"],
    ],
    [
      "a token that ends in eight days",
      { ...token({ expires_at: NOW / 1000 + 8 * 86_400 }), ...phone },
      ["token ok", "account ok", "subscription ok"],
    ],
    [
      "a number that is banned",
      { ...token(), "100000000000001": { status: "BANNED" } },
      ["token ok", "account number_disconnected"],
    ],
    [
      "low quality",
      { ...token(), "100000000000001": { status: "CONNECTED", quality_rating: "RED" } },
      ["token ok", "account quality_low", "subscription ok"],
    ],
    [
      "a token that does not say whose it is",
      { ...token({ granular_scopes: [] }), ...phone },
      ["token ok", "account ok", "subscription business_unknown"],
    ],
    ["an answer that is no token", { debug_token: "?", ...phone }, ["token token_invalid", "account ok"]],
  ])("%s", async (_name, answers, expected) => {
    expect(await seen(graph(answers))).toEqual(expected);
  });

  test("a lost subscription is made again, on the WhatsApp business account", async () => {
    const reader = graph({ ...token(), ...phone, "190000000000001": { data: [] } });
    expect(await seen(reader)).toEqual(["token ok", "account ok", "subscription resubscribed"]);
    expect(reader.asked).toContain("POST 190000000000001/subscribed_apps");
  });

  test("and on the Page, with the fields that the inbox needs", async () => {
    const reader = graph({ ...token(), "100000000000002/subscribed_apps": { data: [] } });
    expect(await seen(reader, PAGE)).toEqual(["token ok", "account ok", "subscription resubscribed"]);
    expect(reader.asked.join()).toContain("POST 100000000000002/subscribed_apps?subscribed_fields=messages,");
  });

  test("one that cannot be made again is a failure", async () => {
    const reader = graph({ ...token(), ...phone, "190000000000001": { data: [] } }, false);
    expect(await seen(reader)).toEqual(["token ok", "account ok", "subscription not_subscribed"]);
  });
});
