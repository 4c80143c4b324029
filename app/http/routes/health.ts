import * as z from "zod";
import {
  type ChannelHealth,
  type HealthDeps,
  NOTICE_KINDS,
  probeHealth,
  readHealth,
  SUBJECTS,
} from "../../health/index.ts";
import { type RollUpDeps, rollUp } from "../../metrics/index.ts";
import { problem } from "../problem.ts";
import { type Allowance, bucketPerCaller, takeOrRefuse } from "../rate-limit.ts";
import { defineRoute, type Route } from "../route.ts";
import { staffRefusals } from "./conversations.ts";

const status = z.enum(["online", "degraded", "offline"]);
const reason = z.object({ code: z.string(), advice: z.string() });

const channelView = z.object({
  channel: z.enum(SUBJECTS),
  status,
  since: z.iso.datetime(),
  checkedAt: z.iso.datetime(),
  failures: z.int().describe("Probes that failed one after the other"),
  reason: reason.nullable(),
  checks: z.array(
    z.object({
      name: z.string(),
      state: z.enum(["ok", "warning", "failed"]),
      code: z.string().optional(),
      advice: z.string().optional(),
    }),
  ),
  nextCheckAt: z.iso.datetime().nullable(),
  lastInboundAt: z.iso.datetime().nullable(),
  lastOutboundAt: z.iso.datetime().nullable(),
  account: z
    .object({
      name: z.string(),
      tokenExpiresAt: z.iso.datetime().nullable().describe("null: never"),
      quality: z.string().describe("WhatsApp: GREEN, YELLOW, RED or UNKNOWN"),
      limitTier: z.string().describe("WhatsApp: customers a day that may be written to first, such as TIER_10K"),
    })
    .partial()
    .describe("What Meta says of the account; absent is what it did not say"),
  notified: z
    .object({ kind: z.enum(NOTICE_KINDS), at: z.iso.datetime(), by: z.array(z.enum(["slack", "email"])) })
    .nullable()
    .describe("What the administrators were last told"),
  errorRate: z.object({ share: z.number(), of: z.int() }).nullable().describe("Of the last hour's sends"),
  flapping: z.boolean(),
  history: z.array(z.object({ status, at: z.iso.datetime(), reason: z.string().optional() })),
});

const report = z.object({
  channels: z.partialRecord(z.enum(SUBJECTS), z.object({ status, failures: z.int(), reason: z.string().optional() })),
  told: z.int().describe("Notices that left in this run"),
  counted: z.int().nullable().describe("Rows that the metrics took in; null: they could not, and the next run goes on"),
});

/**
 * How often people may have everything probed: each run asks Meta some ten times, and three that fail call a channel
 * offline, which is meant for an outage of more than a moment.
 */
const BY_HAND: Allowance = { perSecond: 1 / 30, holds: 1 };

/**
 * The channels' health: the probe that the clock calls, and what the status page shows. The metrics are brought up to
 * date with each probe: a clock of their own would cost more than they do.
 * @param monotonic milliseconds
 */
export function healthRoutes(deps: HealthDeps, metrics: RollUpDeps, monotonic: () => number): Route[] {
  const byHand = bucketPerCaller(BY_HAND, monotonic);
  const channels = async () => ({ status: 200, body: { channels: (await readHealth(deps.db)).map(view) } });
  const states = { description: "One entry a channel", schema: z.object({ channels: z.array(channelView) }) };
  return [
    defineRoute({
      method: "post",
      path: "/api/omni/health/run",
      access: "scheduler",
      summary: "Probes every channel and the services behind; tells the administrators what is new",
      answers: {
        200: { description: "What each probe found", schema: report },
        401: problem("`token_missing`, `invalid_service_token`"),
      },
      handle: async () => {
        const [probed, counted] = await Promise.all([probeHealth(deps), count(deps, metrics)]);
        return { status: 200, body: { ...probed, counted } };
      },
    }),
    defineRoute({
      method: "get",
      path: "/api/omni/channels",
      access: "staff",
      summary: "The state of every channel, since when, why, and what came before",
      answers: { 200: states, ...staffRefusals },
      handle: channels,
    }),
    defineRoute({
      method: "post",
      path: "/api/omni/channels/probe",
      access: "staff",
      summary: "Probes every channel now, as the clock does every five minutes; at most twice a minute, by all people",
      body: z.strictObject({}),
      answers: {
        200: states,
        ...staffRefusals,
        429: problem("`rate_limited`: somebody has just done it"),
      },
      handle: async () => {
        takeOrRefuse(byHand, "staff");
        await probeHealth(deps);
        return channels();
      },
    }),
  ];
}

/** The probe's own work is done whether or not the counting goes well. */
async function count({ log }: HealthDeps, metrics: RollUpDeps): Promise<number | null> {
  try {
    return (await rollUp(metrics)).counted;
  } catch (error) {
    log.error({ err: error }, "[Métricas] A contagem não terminou");
    return null;
  }
}

function view(health: ChannelHealth): z.input<typeof channelView> {
  const iso = (at: { toDate(): Date }) => at.toDate().toISOString();
  const { tokenExpiresAt: expires, ...rest } = health.account ?? {};
  return {
    channel: health.channel,
    status: health.status,
    since: iso(health.since),
    checkedAt: iso(health.checkedAt),
    failures: health.failures,
    reason: health.reason ?? null,
    checks: health.checks,
    nextCheckAt: health.nextCheckAt ? iso(health.nextCheckAt) : null,
    lastInboundAt: health.lastInboundAt ? iso(health.lastInboundAt) : null,
    lastOutboundAt: health.lastOutboundAt ? iso(health.lastOutboundAt) : null,
    account: { ...rest, ...(expires !== undefined && { tokenExpiresAt: expires && iso(expires) }) },
    notified: health.notified ? { ...health.notified, at: iso(health.notified.at) } : null,
    errorRate: health.errorRate ?? null,
    flapping: health.flapping === true,
    history: health.history.map(({ at, ...change }) => ({ ...change, at: iso(at) })),
  };
}
