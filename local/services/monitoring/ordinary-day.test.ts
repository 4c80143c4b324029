import { expect, test } from "vitest";
import { createLogGauge } from "../../../app/health/gauge.ts";
import { createLog } from "../../../app/telemetry/log.ts";
import { type DeliveryFields, measured } from "../../../app/telemetry/measured.ts";
import { type Stage, setStage } from "./testing.ts";

/** 10,000 messages in a day, with the errors that every day has: nobody is woken. */

const MESSAGES = 10_000;
const CHANNELS = ["whatsapp", "whatsapp", "whatsapp", "instagram", "facebook"] as const;
const LOOKS = 24 * 120;

/** Always the same numbers from 0 to 1 (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Few write at night. */
function share(look: number): number {
  const hour = (look / 120 + 12) % 24;
  return hour < 7 ? 0.2 : hour > 22 ? 0.5 : 1.45;
}

function play(stage: Stage, seed: number): () => Promise<number> {
  const chance = random(seed);
  const context = { project: "demo", environment: "test", service: "api", level: "info" } as const;
  const log = createLog(context, { write: (line) => stage.write(line) });
  const gauge = createLogGauge(log);
  let look = 0;
  let due = 0;

  function deliver(): void {
    const channel = CHANNELS[Math.floor(chance() * CHANNELS.length)] ?? "whatsapp";
    // One in five hundred meets a cold start or a store that is busy; Meta delivers it again.
    const failed = chance() < 0.002;
    const fields: DeliveryFields = failed
      ? { channel, delivery: "unavailable", status: 503, latencyMs: 4000 }
      : { channel, delivery: chance() < 0.003 ? "queued" : "stored", status: 200, latencyMs: 20 + chance() * 200 };
    log.info({ event: "webhook_delivery", events: 1, ...fields }, "Webhook");
    // Most answers take about a second; one in a hundred is slower than five.
    const aiLatencyMs = chance() < 0.01 ? 5000 + chance() * 3000 : 500 + chance() * 2500;
    const of = { conversationId: `${channel}_1`, channel, userType: "cliente", model: "gemini-example" };
    const use = { promptTokens: 900, responseTokens: 80 };
    log.info(
      measured("ia_answer", { ...of, ...use, outcome: chance() < 0.01 ? "timeout" : "reply", aiLatencyMs }),
      "IA",
    );
    if (chance() < 0.0005) {
      const overdue = { channel, conversationId: `${channel}_1`, waitedMs: 125_000 };
      log.warn(measured("answer_overdue", overdue), "Sem resposta");
    }
    // Somebody tries the door now and then.
    if (chance() < 0.01) {
      const rejected: DeliveryFields = { channel, delivery: "rejected", status: 401, latencyMs: 0 };
      log.warn({ event: "webhook_rejected", ...rejected }, "Assinatura inválida");
    }
  }

  return async () => {
    look += 1;
    // The probe: one in a hundred does not come about.
    if (look % 10 === 1 && chance() > 0.01) {
      await gauge.write(
        (["whatsapp", "instagram", "facebook", "webchat"] as const).map((channel) => ({ channel, up: 1 as const })),
        stage.now(),
      );
    }
    due += (share(look) * MESSAGES) / LOOKS;
    let played = 0;
    for (; due >= 1; due -= 1) {
      deliver();
      played += 1;
    }
    return played;
  };
}

/** Nothing in it waits: a day is 5 s of arithmetic, and as much more as the machine has other things to do. In milliseconds. */
const TIMEOUT = 120_000;

test.each([1, 2, 3])("an ordinary day fires nothing (%i)", { timeout: TIMEOUT }, async (seed) => {
  const stage = await setStage();
  const next = play(stage, seed);
  let messages = 0;
  await stage.pass(24 * 3600, async () => {
    messages += await next();
  });
  expect(messages).toBeGreaterThanOrEqual(MESSAGES);
  expect(stage.told()).toEqual([]);
});
