import * as z from "zod";
import { CHANNELS } from "../channels/channel.ts";

/** What `GET /api/omni/metrics` answers. Schema and types: the page that draws it and `/openapi.json` share them. */

/** How far back: the last 24 hours and 7 days by the hour, the last 30 days by the day. */
export const RANGES = ["24h", "7d", "30d"] as const;
export type MetricsRange = (typeof RANGES)[number];

const time = z.iso.datetime().describe("ISO 8601, UTC");
const count = z.int().min(0);

/** A distribution of durations. From a histogram: each percentile is right to within a tenth of itself. */
export const durationSchema = z.object({
  count: count.describe("Of how many"),
  p50Ms: z.number().describe("Milliseconds"),
  p90Ms: z.number().describe("Milliseconds"),
});
export type Duration = z.output<typeof durationSchema>;

const duration = durationSchema.nullable().describe("null: there was none");
const durations = z.object({
  firstResponse: duration.describe(
    "From the customer's first unanswered message to the first answer since the conversation began or was last closed; null: there was none",
  ),
  reply: duration.describe("From the customer's oldest unanswered message to the answer; null: there was none"),
  resolution: duration.describe("From the first unanswered message to the closing; null: none was closed"),
});

const volumeSchema = z.object({
  inbound: count.describe("Messages of customers"),
  bot: count.describe("Answers of the assistant that were sent"),
  person: count.describe("Messages of people that were sent"),
  automation: count.describe("Follow-ups that were sent"),
  failed: count.describe("Messages of any of the three that were not sent"),
});
export type Volume = z.output<typeof volumeSchema>;

/** The same figures for one channel or for all of them. */
const figures = z.object({
  volume: volumeSchema,
  bot: durations.describe("Answered by the assistant; resolved without a person"),
  person: durations.describe("Answered by a person; resolved with one"),
});
export type Figures = z.output<typeof figures>;

const channel = z.enum(CHANNELS);

export const metricsSchema = z.object({
  range: z.enum(RANGES),
  from: time.describe("Start of the first slot"),
  to: time.describe("When this was read"),
  timeZone: z.string().describe("IANA; where the days begin"),
  slot: z.enum(["hour", "day"]).describe("What one entry of `series` is"),
  countedTo: time.nullable().describe("Everything up to here is in; null: nothing was ever counted"),
  total: figures,
  channels: z.array(figures.extend({ channel })).describe("Every channel, in the order of the inbox"),
  agents: z
    .array(
      z.object({
        agent: z.string().describe("The person's uid"),
        messages: count.describe("That this person sent"),
        closed: count.describe("Conversations that this person closed"),
        ...durations.shape,
      }),
    )
    .describe("People who sent or closed something, the busiest first"),
  series: z
    .array(z.object({ at: time.describe("Start of the slot"), channels: z.record(channel, volumeSchema) }))
    .describe("Every slot of the range, oldest first, also the empty ones"),
  automations: z
    .array(
      z.object({
        trigger: z.string(),
        sent: count,
        failed: count,
        tasks: count.describe("Left to a person"),
        skipped: count,
        reasons: z.record(z.string(), count).describe("Why, of all that was not sent the preferred way"),
      }),
    )
    .describe("Follow-ups by what became of them; every trigger, in the order of the specification"),
  assistant: z.object({
    calls: count.describe("Questions that the model was asked"),
    latency: duration.describe("How long the model took; null: it was never asked"),
    outcomes: z.record(z.string(), count).describe("`reply`, `handoff`, or why there was no answer of the model's"),
  }),
  now: z
    .object({
      waiting: count.describe("Conversations in which a customer waits for the assistant"),
      waitingSince: time.nullable().describe("Since when the one that waits longest does; null: nobody waits"),
      needsPerson: count.describe("Conversations that wait for a person"),
      unsent: count.describe("Messages that are on their way or wait for another try"),
      tasks: count.describe("Follow-ups that are left to a person"),
      queues: z
        .object({
          replies: count.nullable(),
          inbound: count.nullable(),
          deadLetters: count.nullable(),
        })
        .nullable()
        .describe(
          "Messages in each queue, up to two minutes old; null where Cloud Monitoring does not say, as in a local stack",
        ),
    })
    .describe("As it is now, for the status page"),
});
export type Metrics = z.output<typeof metricsSchema>;
