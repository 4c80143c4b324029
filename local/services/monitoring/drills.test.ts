import { Timestamp } from "firebase-admin/firestore";
import { expect, test } from "vitest";
import { received } from "../../../app/channels/shapes/whatsapp-bodies.ts";
import { advance } from "../../../app/health/advance.ts";
import { createLogGauge } from "../../../app/health/gauge.ts";
import type { ChannelHealth, Check } from "../../../app/health/model.ts";
import type { InboundStore } from "../../../app/inbound/persist.ts";
import { setUp } from "../../../app/inbound/testing/receiving.ts";
import { delivery } from "../../../app/inbound/testing/requests.ts";
import { createLog, type Log } from "../../../app/telemetry/log.ts";
import { measured } from "../../../app/telemetry/measured.ts";
import { slowAnswers } from "../../../infra/components/monitoring/assistant.ts";
import { channelOffline } from "../../../infra/components/monitoring/channel-health.ts";
import { noAnswer } from "../../../infra/components/monitoring/messages.ts";
import { wholeTimes } from "../../../infra/components/monitoring/times.ts";
import { webhookAlerts } from "../../../infra/components/monitoring/webhook.ts";
import { type Stage, setStage } from "./testing.ts";

/** Each drill: a fault, an alert that opens, one notification, a recovery, and the alert closes; in the times that it states. */

const QUIET = 3600;

function logOf(stage: Stage): Log {
  const context = { project: "demo", environment: "test", service: "api", level: "info" } as const;
  return createLog(context, { write: (line) => stage.write(line) });
}

/** When a policy's incident opened and closed, in seconds since the stage began. */
function times(stage: Stage, policy: string): Record<string, number | undefined> {
  const of = (state: string) =>
    stage.changes.find((change) => change.state === state && change.incident.policy === policy)?.after;
  return { opened: of("open"), closed: of("closed") };
}

/** The app's own receiver; what it writes is what is measured. */
function receiver(stage: Stage, store?: InboundStore) {
  const refusing = { publish: () => Promise.reject(new Error("queue down")) };
  return setUp({ log: logOf(stage), now: stage.now, ...(store && { store, fallback: refusing }) }).receive;
}

test("webhook failures: the store and the queue are down, and come back", async () => {
  const stage = await setStage();
  const broken = receiver(stage, { persist: () => Promise.reject(new Error("store down")) });
  const sound = receiver(stage);
  let number = 0;
  const body = () => received(++number, { type: "text", text: { body: "Oi" } });
  const well = async () => {
    expect((await sound(delivery(body()))).status).toBe(200);
  };
  await stage.pass(QUIET, well);
  expect(stage.changes).toEqual([]);
  const alert = webhookAlerts.find(({ name }) => name === "webhook-failures-whatsapp");
  const within = alert?.within ?? { opens: 0, closes: 0 };
  await stage.pass(900, async () => {
    for (let times = 0; times < 3; times += 1) expect((await broken(delivery(body()))).status).toBe(503);
  });
  const { opened = Number.NaN } = times(stage, "webhook-failures-whatsapp");
  expect(opened - QUIET).toBeLessThanOrEqual(within.opens);
  expect(stage.told("webhook-failures-whatsapp")).toEqual(["webhook-failures-whatsapp open"]);
  expect(stage.told("webhook-failures-instagram")).toEqual([]);
  const recovered = QUIET + 900;
  await stage.pass(QUIET, well);
  const { closed = Number.NaN } = times(stage, "webhook-failures-whatsapp");
  expect(closed - recovered).toBeLessThanOrEqual(within.closes);
  expect(stage.told("webhook-failures-whatsapp")).toEqual([
    "webhook-failures-whatsapp open",
    "webhook-failures-whatsapp closed",
  ]);
});

test("slow answers: the model takes 6 s, and is fast again", async () => {
  const stage = await setStage();
  const log = logOf(stage);
  const answer = (aiLatencyMs: number) => () => {
    const fields = { conversationId: "whatsapp_1", channel: "whatsapp", userType: "cliente", outcome: "reply" };
    const use = { model: "gemini-example", promptTokens: 10, responseTokens: 1 };
    // Two each time: enough to speak of a slowest twentieth.
    for (const line of [1, 2]) log.info(measured("ia_answer", { ...fields, ...use, aiLatencyMs }), `Resposta ${line}`);
  };
  await stage.pass(QUIET, answer(900));
  await stage.pass(1800, answer(6000));
  await stage.pass(QUIET, answer(900));
  const { opened = Number.NaN, closed = Number.NaN } = times(stage, "ai-latency");
  expect(opened - QUIET).toBeLessThanOrEqual(slowAnswers.within.opens);
  expect(closed - QUIET - 1800).toBeLessThanOrEqual(slowAnswers.within.closes);
  expect(stage.told()).toEqual(["ai-latency open", "ai-latency closed"]);
});

test("a channel goes offline, and works again", async () => {
  const stage = await setStage();
  const gauge = createLogGauge(logOf(stage));
  let health: ChannelHealth | undefined;
  let looks = 0;
  // Every five minutes, as the schedule says, by the rule that makes three failures an outage.
  const probe = (check: Check) => async () => {
    looks += 1;
    if (looks % 10 !== 1) return;
    ({ health } = advance("whatsapp", health, { checks: [check] }, stage.now()));
    const up = health.status === "offline" ? 0 : 1;
    await gauge.write(
      [
        { channel: "whatsapp", up },
        { channel: "instagram", up: 1 },
      ],
      stage.now(),
    );
  };
  const good: Check = { name: "token", state: "ok" };
  const bad: Check = { name: "token", state: "failed", code: "token_invalid", advice: "a new one" };
  await stage.pass(QUIET, probe(good));
  await stage.pass(4 * 900, probe(bad));
  expect(health?.status).toBe("offline");
  expect(health?.checkedAt).toBeInstanceOf(Timestamp);
  await stage.pass(QUIET, probe(good));
  const { opened = Number.NaN, closed = Number.NaN } = times(stage, "channel-offline");
  // The half hour begins once the channel counts as offline, and not before.
  expect(opened - QUIET).toBeGreaterThan(1800 + 600);
  expect(opened - QUIET).toBeLessThanOrEqual(wholeTimes(channelOffline.within).opens);
  expect(closed - QUIET - 3600).toBeLessThanOrEqual(wholeTimes(channelOffline.within).closes);
  expect(stage.told()).toEqual(["channel-offline open", "channel-offline closed"]);
  expect(stage.changes[0]?.incident.labels).toEqual({ channel: "whatsapp" });
});

test("a probe that says nothing is no quiet channel", async () => {
  const stage = await setStage();
  const gauge = createLogGauge(logOf(stage));
  await gauge.write([{ channel: "whatsapp", up: 1 }], stage.now());
  await stage.pass(1800);
  expect(stage.told()).toEqual([]);
  await stage.pass(900);
  expect(stage.told()).toEqual(["channel-offline open"]);
  await gauge.write([{ channel: "whatsapp", up: 1 }], stage.now());
  await stage.pass(60);
  expect(stage.told()).toEqual(["channel-offline open", "channel-offline closed"]);
});

test("one customer who waits for a moment is no alert, one who keeps waiting is", async () => {
  const stage = await setStage();
  const log = logOf(stage);
  let looks = 0;
  const sweep = () => {
    looks += 1;
    if (looks % 2 === 0) return;
    const overdue = { conversationId: "whatsapp_1", channel: "whatsapp", waitedMs: 130_000 } as const;
    log.warn(measured("answer_overdue", overdue), "[Omni] Sem resposta");
  };
  await stage.pass(60, sweep);
  await stage.pass(QUIET);
  expect(stage.told()).toEqual([]);
  await stage.pass(600, sweep);
  await stage.pass(QUIET);
  const { opened = Number.NaN, closed = Number.NaN } = times(stage, "no-answer");
  // The two minutes that the customer has waited before are among those that the policy states.
  expect(opened - 60 - QUIET + 120).toBeLessThanOrEqual(noAnswer.within.opens);
  expect(closed - 660 - QUIET).toBeLessThanOrEqual(noAnswer.within.closes);
  expect(stage.told()).toEqual(["no-answer open", "no-answer closed"]);
});
