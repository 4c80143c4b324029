import { Timestamp } from "firebase-admin/firestore";
import * as z from "zod";
import { CHANNELS } from "../channels/channel.ts";
import { CLOSED } from "../conversations/log-rows.ts";
import { bucketOf } from "./histogram.ts";

/** Where the counts come from: rows that are written once something is decided, and then stay as they are. */

/** One thing to add: where, in a slot's counts. */
export type Step = readonly string[];

export interface Source {
  /** Names its place in the state. */
  readonly name: string;
  readonly collection: string;
  readonly where: readonly (readonly [field: string, value: string | boolean])[];
  readonly timeField: string;
  /** The only fields that are read. */
  readonly fields: readonly string[];
  /** Everything that one row counts for; nothing for a row that is odd. */
  readonly steps: (row: unknown) => readonly Step[];
}

const channel = z.enum(CHANNELS);
const moment = z.instanceof(Timestamp);
/** A map's key: what a person or a program named, of a length that a document can hold. */
const key = z
  .string()
  .min(1)
  .max(200)
  .regex(/^(?!__)/);

const send = z.object({
  channel,
  author: z.enum(["bot", "person"]),
  automation: key.optional(),
  agent: key.optional(),
  waitingSince: moment.optional(),
  firstResponse: z.boolean().optional(),
  updatedAt: moment,
});

function sentSteps(row: unknown): Step[] {
  const read = send.safeParse(row).data;
  if (!read) return [];
  const { author, agent, automation, waitingSince } = read;
  const steps: Step[] = [["volume", read.channel, automation === undefined ? author : "automation"]];
  if (automation !== undefined) return steps;
  const owners: Step[] = [["durations", read.channel, author]];
  if (author === "person" && agent !== undefined) {
    steps.push(["agents", agent, "messages"]);
    owners.push(["agents", agent, "durations"]);
  }
  if (waitingSince === undefined) return steps;
  const bucket = bucketOf(Math.max(0, read.updatedAt.toMillis() - waitingSince.toMillis()));
  for (const owner of owners) {
    steps.push([...owner, "reply", bucket]);
    if (read.firstResponse === true) steps.push([...owner, "firstResponse", bucket]);
  }
  return steps;
}

function failedSteps(row: unknown): Step[] {
  const read = send.safeParse(row).data;
  return read ? [["volume", read.channel, "failed"]] : [];
}

const closing = z.object({
  channel,
  agent: key.optional(),
  withPerson: z.boolean().catch(false),
  durationMs: z.number().min(0).optional(),
});

function closedSteps(row: unknown): Step[] {
  const read = closing.safeParse(row).data;
  if (!read) return [];
  const { agent, durationMs, withPerson } = read;
  const steps: Step[] = agent === undefined ? [] : [["agents", agent, "closed"]];
  if (durationMs === undefined) return steps;
  const bucket = bucketOf(durationMs);
  steps.push(["durations", read.channel, withPerson ? "person" : "bot", "resolution", bucket]);
  if (agent !== undefined) steps.push(["agents", agent, "durations", "resolution", bucket]);
  return steps;
}

const OUTCOMES = { sent: "sent", failed: "failed", task: "tasks", skipped: "skipped" } as const;
const automated = z.object({
  trigger: key,
  outcome: z.enum(["sent", "failed", "task", "skipped"]),
  reason: key.optional(),
});

function automationSteps(row: unknown): Step[] {
  const read = automated.safeParse(row).data;
  if (!read) return [];
  const owner = ["automations", read.trigger];
  const steps: Step[] = [[...owner, OUTCOMES[read.outcome]]];
  if (read.reason !== undefined) steps.push([...owner, "reasons", read.reason]);
  return steps;
}

const call = z.object({ latencyMs: z.number().min(0), outcome: key });

function modelSteps(row: unknown): Step[] {
  const read = call.safeParse(row).data;
  if (!read) return [];
  return [
    ["assistant", "latency", bucketOf(read.latencyMs)],
    ["assistant", "outcomes", read.outcome],
  ];
}

const SEND_FIELDS = ["channel", "author", "automation", "agent", "waitingSince", "firstResponse", "updatedAt"];

export const SOURCES: readonly Source[] = [
  {
    name: "sent",
    collection: "outbox",
    where: [["status", "sent"]],
    timeField: "updatedAt",
    fields: SEND_FIELDS,
    steps: sentSteps,
  },
  {
    name: "failed",
    collection: "outbox",
    where: [["status", "failed"]],
    timeField: "updatedAt",
    fields: SEND_FIELDS,
    steps: failedSteps,
  },
  {
    name: "closed",
    collection: "omni_logs",
    where: [["type", CLOSED]],
    timeField: "timestamp",
    fields: ["channel", "agent", "withPerson", "durationMs", "timestamp"],
    steps: closedSteps,
  },
  {
    name: "automations",
    collection: "automation_sends",
    where: [["open", false]],
    timeField: "updatedAt",
    fields: ["trigger", "outcome", "reason", "updatedAt"],
    steps: automationSteps,
  },
  {
    name: "model",
    collection: "ia_logs",
    where: [],
    timeField: "timestamp",
    fields: ["latencyMs", "outcome", "timestamp"],
    steps: modelSteps,
  },
];
