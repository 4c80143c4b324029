import { describe, expect, test } from "vitest";
import { COLLECTIONS } from "../app/conversations/model.ts";
import {
  firestore,
  newCustomer,
  outputs,
  postWebhook,
  readMessages,
  sign,
  until,
  whatsappText,
} from "./support/stack.ts";

async function count(collection: string): Promise<number> {
  return (await firestore.collection(collection).count().get()).data().count;
}

describe("the webhook refuses", () => {
  test.each<[string, string | null]>([
    ["no signature", null],
    ["a signature by another secret", sign("{}", "another-secret")],
    ["a signature of another length", "sha256=abc"],
    ["an old SHA-1 signature", `sha1=${"0".repeat(40)}`],
  ])("%s with 401, and stores nothing", async (_what, signature) => {
    const from = newCustomer();
    const response = await postWebhook(whatsappText({ from, id: `wamid.unsigned-${from}`, text: "x" }), signature);
    expect(response.status).toBe(401);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(await response.json()).toMatchObject({ status: 401, code: expect.stringMatching(/./) });
    expect(await readMessages(from)).toEqual([]);
  });

  test("more than 4 MB with 413", async () => {
    const body = JSON.stringify({
      object: "whatsapp_business_account",
      entry: [],
      padding: "x".repeat(4 * 1024 * 1024),
    });
    expect((await postWebhook(body)).status).toBe(413);
  });

  test("a handshake with another token with 403", async () => {
    const query = "hub.mode=subscribe&hub.challenge=7&hub.verify_token=";
    const refused = await fetch(`${outputs.webhookUrls.whatsapp}?${query}another`);
    expect(refused.status).toBe(403);
    const accepted = await fetch(`${outputs.webhookUrls.whatsapp}?${query}${outputs.secrets.OMNI_WEBHOOK_SECRET}`);
    expect(accepted.status).toBe(200);
    expect(await accepted.text()).toBe("7");
  });
});

describe("the webhook accepts what Meta signed, whatever it is", () => {
  test.each<[string, string]>([
    ["an object it does not know", JSON.stringify({ object: "something_new", entry: [{ id: "1" }] })],
    ["an entry of nonsense", JSON.stringify({ object: "whatsapp_business_account", entry: [null, 7, "x", []] })],
    ["an empty object", "{}"],
    ["a list", "[1,2,3]"],
  ])("%s: 200, and kept raw with the reason", async (_what, body) => {
    const before = await count(COLLECTIONS.rejected);
    const marked = body.replace(/[}\]]$/, (end) =>
      end === "}" && body !== "{}" ? `,"mark":"${newCustomer()}"}` : end,
    );
    expect((await postWebhook(marked)).status).toBe(200);
    const after = await until("a row in rejected_events", async () => {
      const now = await count(COLLECTIONS.rejected);
      return now > before ? now : undefined;
    });
    expect(after).toBeGreaterThan(before);
  });

  test("JSON cut in half: 200 too, since anything else would bring it back for days", async () => {
    const raw = `{"object":"whatsapp_business_account","mark":"${newCustomer()}","entry":[{`;
    expect((await postWebhook(raw)).status).toBe(200);
    const kept = await until("the row in rejected_events", async () => {
      const { docs } = await firestore.collection(COLLECTIONS.rejected).where("raw", "==", raw).get();
      return docs[0]?.data();
    });
    expect(kept).toMatchObject({ reason: "json_malformed", channel: "whatsapp" });
  });

  test("a bad update between two good ones loses neither", async () => {
    const [first, second] = [newCustomer(), newCustomer()];
    const good = (from: string) => JSON.parse(whatsappText({ from, id: `wamid.batch-${from}`, text: "bom" })).entry[0];
    const body = JSON.stringify({
      object: "whatsapp_business_account",
      entry: [
        good(first),
        { id: 7, changes: [{ field: "messages", value: { messages: [{ type: 3 }] } }] },
        good(second),
      ],
    });
    expect((await postWebhook(body)).status).toBe(200);
    for (const from of [first, second]) {
      const [message] = await until(`the message of ${from}`, async () => {
        const found = await readMessages(from);
        return found.length > 0 ? found : undefined;
      });
      expect(message?.text).toBe("bom");
    }
  });

  test("text byte for byte: emoji, right-to-left, HTML, 4096 characters", async () => {
    const from = newCustomer();
    const text = `👩‍👩‍👧‍👦 مرحبا <b onclick="x()">&amp;</b> \u200e\u0007ção `.padEnd(4096, "ã");
    await postWebhook(whatsappText({ from, id: `wamid.bytes-${from}`, text }));
    const [message] = await until("the message", async () => {
      const found = await readMessages(from);
      return found.length > 0 ? found : undefined;
    });
    expect(message?.text).toBe(text);
  });
});

describe("the API answers a person's mistake with advice", () => {
  test.each<[string, string, RequestInit, number]>([
    ["no sign-in", "/api/omni/conversations", {}, 401],
    ["a token that is none", "/api/omni/conversations", { headers: { authorization: "Bearer x" } }, 401],
    ["a task without Google's token", "/tasks/replies", { method: "POST", body: "{}" }, 401],
    ["a page that is not there", "/api/omni/nothing", {}, 404],
  ])("%s", async (_what, path, init, status) => {
    const response = await fetch(`${outputs.apiUrl}${path}`, init);
    expect(response.status).toBe(status);
    const problem = (await response.json()) as Record<string, unknown>;
    expect(problem).toMatchObject({
      status,
      code: expect.stringMatching(/^[a-z_]+$/),
      detail: expect.stringMatching(/./),
    });
    expect(JSON.stringify(problem)).not.toMatch(/at .*\.ts|node_modules/);
  });
});
