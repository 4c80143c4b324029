import { beforeEach, describe, expect, test } from "vitest";
import type { SendResult } from "../channels/channel.ts";
import { firestoreForTests } from "../conversations/testing/firestore.ts";
import { carryOut } from "./carry-out.ts";
import { claimSend, newSend } from "./rows.ts";
import { DEFAULT_SETTINGS } from "./settings.ts";
import { NOON, USER } from "./testing/situations.ts";
import {
  at,
  createStage,
  putConversation,
  SILENCE_TEMPLATE,
  type Stage,
  sends,
  silentConversation,
} from "./testing/stage.ts";
import { HOUR_MS } from "./trigger.ts";
import { followup48h } from "./triggers/followup-48h.ts";

const firestore = firestoreForTests();
let stage: Stage;

const CUSTOMER = "5511900000001";
const ID = `whatsapp_${CUSTOMER}`;
const refused = (failure: Exclude<SendResult, { ok: true }>["failure"]): SendResult => ({
  ok: false,
  failure,
  code: 1,
  message: "recusada",
});
const PROSPECT = { status: "contatado", email: "prospect@example.com", lastContactAt: at(NOON - 73 * HOUR_MS) };
const lead = "followup_prospector_recrutamento";

beforeEach(async () => {
  stage = createStage(firestore.fresh());
  await stage.put("templates/retomar", SILENCE_TEMPLATE);
});

describe("when the channel says no", () => {
  beforeEach(async () => {
    await stage.put(`users/${USER}`, {});
    await putConversation(
      stage,
      silentConversation(CUSTOMER, NOON, 49, {
        contact: { phone: CUSTOMER, userId: USER },
        participants: [CUSTOMER, USER, "omni_ia"],
      }),
    );
  });

  test.each(["message", "window", "unreachable"] as const)(
    "%s: e-mail, and the customer is written to once",
    async (failure) => {
      stage.results.push(refused(failure));
      expect(await stage.runOne("followup_48h")).toMatchObject({ sent: 1, detours: { way_failed: 1 } });
      expect(stage.mails).toMatchObject([{ to: USER }]);
      expect(stage.sent).toHaveLength(0);
      expect(await stage.runOne("followup_48h")).toMatchObject({ due: 0 });
    },
  );

  test("no e-mail service either: a task for a person, with the words and the reason", async () => {
    stage.results.push(refused("message"));
    Object.assign(stage.deps, { email: undefined });
    expect(await stage.runOne("followup_48h")).toMatchObject({ sent: 0, tasks: { way_failed: 1 } });
    expect(await stage.all("tasks")).toMatchObject([
      { type: "automation", status: "open", trigger: "followup_48h", conversationId: ID, reason: "way_failed" },
    ]);
    expect(await stage.get(`conversations/${ID}`)).toMatchObject({
      needsPerson: true,
      followUp: { trigger: "followup_48h", reason: "way_failed" },
    });
  });

  test("the customer stopped marketing messages: an opt-out, everywhere and for good", async () => {
    stage.results.push(refused("optout"));
    expect(await stage.runOne("followup_48h")).toMatchObject({ sent: 0, skipped: { opted_out: 1 } });
    expect(stage.mails).toHaveLength(0);
    await stage.put("escrows/e1", {
      status: "pending",
      clientId: USER,
      amount: 10,
      createdAt: at(NOON - 13 * HOUR_MS),
    });
    expect(await stage.runOne("followup_pagamento")).toMatchObject({ sent: 0, skipped: { opted_out: 1 } });
  });

  test("the token is dead: everything on this channel waits, and goes out when it is back", async () => {
    await putConversation(stage, silentConversation("5511900000002", NOON, 49));
    stage.results.push(refused("channel"));
    const settings = { ...DEFAULT_SETTINGS, concurrency: 1 };
    expect(await stage.runOne("followup_48h", { settings })).toMatchObject({ sent: 0, deferred: { channel_down: 2 } });
    stage.now += HOUR_MS;
    expect(await stage.runOne("followup_48h")).toMatchObject({ sent: 2 });
    expect(stage.sent.map(({ customer }) => customer).sort()).toEqual([CUSTOMER, "5511900000002"]);
  });

  test("too busy: the outbox tries again after its wait, and the send is counted then", async () => {
    stage.results.push(refused("retry"));
    expect(await stage.runOne("followup_48h")).toMatchObject({ sent: 0, deferred: { channel_retry: 1 } });
    stage.now += 15 * 60_000;
    expect(await stage.runOne("followup_48h")).toMatchObject({ sent: 1 });
    expect(stage.sent).toHaveLength(1);
  });

  test("nobody knows whether it left, twice: failed, and on no other way", async () => {
    stage.results.push(refused("unknown"), refused("unknown"));
    await stage.runOne("followup_48h");
    stage.now += 15 * 60_000;
    await stage.runOne("followup_48h");
    stage.now += 15 * 60_000;
    expect(await stage.runOne("followup_48h")).toMatchObject({ failed: 1, failures: { unknown_outcome: 1 } });
    expect(stage.mails).toHaveLength(0);
  });
});

describe("e-mail", () => {
  beforeEach(() => stage.put("prospects/x", PROSPECT));

  test("busy for a moment: tried again in the same run", async () => {
    stage.mailResults.push({ ok: false, failure: "retry", code: 429, message: "", retryAfterMs: 1000 });
    expect(await stage.runOne(lead)).toMatchObject({ sent: 1 });
    expect(stage.mails).toHaveLength(1);
  });

  test("busy for longer: the next run", async () => {
    for (let n = 0; n < 3; n += 1) stage.mailResults.push({ ok: false, failure: "retry", code: 503, message: "" });
    expect(await stage.runOne(lead)).toMatchObject({ sent: 0, deferred: { email_retry: 1 } });
    stage.now += 15 * 60_000;
    expect(await stage.runOne(lead)).toMatchObject({ sent: 1 });
  });

  test("an answer that never came: failed, never sent again", async () => {
    stage.mailResults.push({ ok: false, failure: "unknown", code: 0, message: "" });
    expect(await stage.runOne(lead)).toMatchObject({ failed: 1, failures: { unknown_outcome: 1 } });
    stage.now += HOUR_MS;
    expect(await stage.runOne(lead)).toMatchObject({ due: 0 });
    expect(stage.mails).toHaveLength(1);
  });

  test("a key that is refused: it waits", async () => {
    stage.mailResults.push({ ok: false, failure: "channel", code: 401, message: "" });
    expect(await stage.runOne(lead)).toMatchObject({ deferred: { email_down: 1 } });
    stage.now += HOUR_MS;
    expect(await stage.runOne(lead)).toMatchObject({ sent: 1 });
  });

  test("an address that is refused: a person", async () => {
    stage.mailResults.push({ ok: false, failure: "message", code: 400, message: "" });
    expect(await stage.runOne(lead)).toMatchObject({ tasks: { way_failed: 1 } });
  });
});

/** Two things that are due to one customer. */
async function putPaymentAndProposal(): Promise<void> {
  await stage.put(`users/${USER}`, {});
  await stage.put("escrows/e1", {
    status: "pending",
    clientId: USER,
    amount: 10,
    createdAt: at(NOON - 13 * HOUR_MS),
  });
  await stage.put("proposals/p1", { status: "enviada", jobId: "j1", createdAt: at(NOON - 25 * HOUR_MS) });
  await stage.put("jobs/j1", { title: "Pintura", clientId: USER });
}

describe("who is left alone, and until when", () => {
  test("two things are due to one customer: one today, the other a day later", async () => {
    await putPaymentAndProposal();
    const first = await stage.run();
    expect(first.triggers.followup_pagamento?.sent).toBe(1);
    expect(first.triggers.followup_proposta?.deferred).toEqual({ recent_automation: 1 });
    stage.now += 24 * HOUR_MS - 1000;
    expect((await stage.run()).triggers.followup_proposta).toMatchObject({ due: 0 });
    stage.now += 1000;
    expect((await stage.run()).triggers.followup_proposta).toMatchObject({ sent: 1 });
    expect(await stage.all("messages")).toHaveLength(2);
  });

  test("night: at eight in the morning, unless the payment was made meanwhile", async () => {
    stage.now = NOON + 10 * HOUR_MS;
    for (const n of [1, 2]) {
      await stage.put(`users/cliente${n}@example.com`, {});
      const escrow = {
        status: "pending",
        clientId: `cliente${n}@example.com`,
        amount: 10,
        createdAt: at(NOON - 3 * HOUR_MS),
      };
      await stage.put(`escrows/e${n}`, escrow);
    }
    expect(await stage.runOne("followup_pagamento")).toMatchObject({ deferred: { quiet_hours: 2 } });
    await stage.db.doc("escrows/e2").update({ status: "paid" });
    stage.now = NOON + 20 * HOUR_MS;
    expect(await stage.runOne("followup_pagamento")).toMatchObject({ due: 2, sent: 1, skipped: { changed: 1 } });
  });

  test("a number of somebody who wants no automations, though nobody linked the two", async () => {
    await putConversation(stage, silentConversation(CUSTOMER, NOON, 49));
    await stage.put(`users/${USER}`, { phone: "(11) 90000-0001", optOutAutomations: true });
    await stage.put("users/outro@example.com", { phone: `+${CUSTOMER}`, optOutAutomations: true });
    expect(await stage.runOne("followup_48h")).toMatchObject({ sent: 0, skipped: { opted_out: 1 } });
  });

  test.each([
    [
      "who wrote from the number that the lead gave",
      { contact: { phone: CUSTOMER, optOut: true } },
      "+55 11 90000-0001",
    ],
    [
      "who is known in that chat",
      { participants: ["lead@example.com", "omni_ia"], contact: { optOut: true } },
      undefined,
    ],
  ])("a lead that wrote SAIR in a chat gets no invitation by e-mail: %s", async (_, changes, phone) => {
    await putConversation(stage, silentConversation(CUSTOMER, NOON, 2, changes));
    await stage.put("prospects/x", {
      status: "contatado",
      email: "lead@example.com",
      lastContactAt: at(NOON - 73 * HOUR_MS),
      ...(phone && { phone }),
    });
    expect(await stage.runOne("followup_prospector_recrutamento")).toMatchObject({
      sent: 0,
      skipped: { opted_out: 1 },
    });
    expect(stage.mails).toHaveLength(0);
  });

  describe("between the look and the write", () => {
    const run = {
      settings: DEFAULT_SETTINGS,
      templates: new Map(),
      emailReady: true,
      down: new Map(),
      pacer: { turn: async () => undefined },
    };

    /** Looks, lets the conversation change, and only then writes. */
    async function carryOutAfter(change: Record<string, unknown>) {
      const [entity] = (await stage.db.collection("conversations").get()).docs;
      if (!entity) throw new Error("There is no conversation.");
      const row = newSend(followup48h, { id: ID, data: entity.data() }, "token", DEFAULT_SETTINGS, NOON);
      const mine = await claimSend(stage.db, row);
      if (!mine) throw new Error("The row was there.");
      await stage.db.doc(`conversations/${ID}`).update(change);
      return carryOut(stage.deps, run, followup48h, mine, { entity });
    }

    test("the customer answers: nothing is said", async () => {
      await putConversation(stage, silentConversation(CUSTOMER, NOON, 49));
      const answer = { lastMessageSender: CUSTOMER, lastMessageAt: at(NOON), lastInboundAt: at(NOON) };
      expect(await carryOutAfter(answer)).toEqual({ kind: "skipped", reason: "changed" });
      expect(await stage.all("messages")).toHaveLength(0);
    });

    test("a person takes over: no e-mail leaves either", async () => {
      await putConversation(stage, silentConversation(CUSTOMER, NOON, 49, { contact: { userId: USER } }));
      await stage.put(`users/${USER}`, {});
      expect(await carryOutAfter({ mode: "human" })).toEqual({ kind: "skipped", reason: "human_mode" });
      expect(stage.mails).toHaveLength(0);
    });
  });

  test("two triggers at the same moment, one customer: one message", async () => {
    await putPaymentAndProposal();
    const runs = await Promise.all([stage.runOne("followup_pagamento"), stage.runOne("followup_proposta")]);
    expect(runs.map(({ sent }) => sent).toSorted()).toEqual([0, 1]);
    expect(await stage.all("messages")).toHaveLength(1);
  });
});

describe("what comes late", () => {
  test("a proposal that got its status after its time is found on the second look", async () => {
    await stage.put(`users/${USER}`, {});
    await stage.put("jobs/j1", { title: "Pintura", clientId: USER });
    await stage.put("proposals/p1", { status: "rascunho", jobId: "j1", createdAt: at(NOON - 30 * HOUR_MS) });
    await stage.put("users/outro@example.com", {});
    await stage.put("jobs/j2", { title: "Jardim", clientId: "outro@example.com" });
    await stage.put("proposals/p2", { status: "enviada", jobId: "j2", createdAt: at(NOON - 25 * HOUR_MS) });
    expect(await stage.runOne("followup_proposta")).toMatchObject({ sent: 1 });
    await stage.db.doc("proposals/p1").update({ status: "enviada" });
    stage.now += 15 * 60_000;
    expect(await stage.runOne("followup_proposta")).toMatchObject({ due: 1, sent: 1 });
  });

  test("one document that cannot be read stops nobody", async () => {
    await stage.put(`users/${USER}`, {});
    await stage.put("escrows/a", { status: "pending", createdAt: at(NOON - 14 * HOUR_MS) });
    await stage.put("escrows/b", { status: "pending", clientId: 7, amount: "x", createdAt: at(NOON - 14 * HOUR_MS) });
    await stage.put("escrows/c", { status: "pending", clientId: USER, amount: 10, createdAt: at(NOON - 13 * HOUR_MS) });
    await stage.put("escrows/d", {
      status: "pending",
      clientId: "sumiu@example.com",
      amount: 10,
      createdAt: at(NOON - 13 * HOUR_MS),
    });
    const summary = await stage.runOne("followup_pagamento");
    expect(summary).toMatchObject({ due: 4, sent: 1, skipped: { incomplete: 2, no_user: 1 } });
    expect(await sends(stage)).toHaveLength(4);
    expect(await stage.all("omni_logs")).toHaveLength(4);
  });
});
