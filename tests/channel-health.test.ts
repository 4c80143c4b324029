import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ChannelHealth } from "../app/health/index.ts";
import { control, firestore, outputs, until } from "./support/stack.ts";

/** A drill: a channel of Meta's goes down and comes back, on the running stack, with every service simulated. */

interface Told {
  readonly text: string;
  readonly to: string;
  readonly at: number;
}

const began = Date.now();

/** What the clock does every five minutes. */
async function probe(): Promise<void> {
  const response = await fetch(`${outputs.apiUrl}/api/omni/health/run`, {
    method: "POST",
    headers: { authorization: `Bearer ${outputs.secrets.OMNI_AUTOMATION_SECRET}` },
  });
  expect(response.status).toBe(200);
}

async function health(channel: string): Promise<ChannelHealth | undefined> {
  return (await firestore.doc(`channels/${channel}`).get()).data() as ChannelHealth | undefined;
}

/** What Slack or the administrators' mailbox got about a channel since the drill began. */
async function told(by: "slack" | "sendgrid", about: string): Promise<string[]> {
  const { sent } = await control<{ sent: Told[] }>("GET", `/sent?channel=${by}&since=${began}`);
  return sent.map(({ text }) => text).filter((text) => text.includes(about));
}

beforeAll(async () => {
  await control("DELETE", "/faults");
  await probe();
});
afterAll(async () => {
  await control("DELETE", "/faults");
  await control("POST", "/subscriptions", { channel: "facebook", subscribed: true });
});

describe("a channel that goes down", () => {
  test("is offline within three probes, and the administrators are told once each way", async () => {
    expect(await health("instagram")).toMatchObject({ status: "online" });
    await control("POST", "/faults", { target: "graph", channel: "instagram", mode: "down" });
    await probe();
    expect(await health("instagram")).toMatchObject({ status: "degraded" });
    await probe();
    await probe();
    const down = await health("instagram");
    expect(down).toMatchObject({
      status: "offline",
      reason: { code: "unreachable" },
      notified: { kind: "offline", by: ["slack", "email"] },
    });
    expect(down?.history.slice(-3).map(({ status }) => status)).toEqual(["online", "degraded", "offline"]);
    // The clock goes on; nobody is told again.
    await probe();
    const [slack, mail] = [await told("slack", "Instagram"), await told("sendgrid", "Instagram")];
    expect(slack).toHaveLength(1);
    expect(slack[0]).toContain("Instagram está offline");
    expect(mail).toHaveLength(1);
    expect(mail[0]).toContain("[Servio Omnichannel] Instagram está offline");
    // The others are as they were.
    expect(await health("whatsapp")).toMatchObject({ status: "online" });
  });

  test("recovers by itself once the fault is lifted, with one notice that says how long it was", async () => {
    await control("DELETE", "/faults?target=graph");
    await probe();
    expect(await health("instagram")).toMatchObject({ status: "online", failures: 0, outage: null });
    await probe();
    for (const by of ["slack", "sendgrid"] as const) {
      const [, ...after] = await told(by, "Instagram");
      expect(after).toHaveLength(1);
      expect(after[0]).toMatch(/Instagram voltou[\s\S]*Ficou offline por \d+ min/);
    }
  });
});

test("a page that Meta has unsubscribed is subscribed again by the next probe", async () => {
  await control("POST", "/subscriptions", { channel: "facebook", subscribed: false });
  await probe();
  expect(await health("facebook")).toMatchObject({ status: "degraded", reason: { code: "resubscribed" } });
  const { subscribed } = await control<{ subscribed: string[] }>("GET", "/state");
  expect(subscribed).toContain("facebook");
  await probe();
  expect(await health("facebook")).toMatchObject({ status: "online" });
});

test("the templates that Meta has approved are there, and one that it pauses is paused", async () => {
  const template = () => firestore.doc("templates/followup_proposta_pt_BR").get();
  expect((await template()).data()).toMatchObject({
    status: "APPROVED",
    variables: ["1"],
    body: expect.stringContaining("{{1}}"),
  });
  await control("POST", "/messages", {
    channel: "whatsapp",
    type: "template_status",
    from: "5511900000009",
    title: "followup_proposta",
    payload: "PAUSED",
  });
  await until("a paused template", async () => ((await template()).get("status") === "PAUSED" ? true : undefined));
});

test("what the status page shows of an account is what Meta says of it", async () => {
  expect(await health("whatsapp")).toMatchObject({
    account: { name: "+5511400000000", quality: "GREEN", limitTier: "TIER_10K", tokenExpiresAt: null },
    errorRate: { of: expect.any(Number) },
  });
  expect(await health("email")).toMatchObject({ status: "online" });
  expect(await health("assistant")).toMatchObject({ status: "online" });
});
