import { SLOW_MS, slowAnswers } from "../../infra/components/monitoring/assistant.ts";
import { channelOffline } from "../../infra/components/monitoring/channel-health.ts";
import type { Times } from "../../infra/components/monitoring/times.ts";
import { webhookAlerts } from "../../infra/components/monitoring/webhook.ts";
import type { FaultInput } from "../simulators/index.ts";

/** One thing that goes wrong on purpose, to see the alert that tells of it. */
export interface Drill {
  readonly name: DrillName;
  /** For people. */
  readonly fault: string;
  /** The policy that must open. */
  readonly policy: string;
  /** As the policy states them. */
  readonly within: Times;
  /** Whether a line of the app's tells of the fault: the first and the last of them are what the times count from. */
  readonly symptom: (line: Readonly<Record<string, unknown>>) => boolean;
  /** Of a gauge: a good reading. Its first is what the end counts from; of counted failures it is the last. */
  readonly recovered?: (line: Readonly<Record<string, unknown>>) => boolean;
  /** Faster than this the app's own patience (time limits, pauses after failures) would be longer than the alert's window. */
  readonly mostSpeed?: number;
  readonly faults: readonly (Partial<FaultInput> & Pick<FaultInput, "target" | "mode">)[];
  /** Seconds between two messages of customers, in monitoring's time; none: nobody writes. */
  readonly messageEvery?: number;
  /** A scheduled job and how often it runs, in monitoring's time: the app's own schedule is not faster. */
  readonly job?: { readonly name: string; readonly every: number };
}

export const DRILL_NAMES = ["webhook-failures", "ai-latency", "channel-offline"] as const;
export type DrillName = (typeof DRILL_NAMES)[number];

const NONE = { opens: 0, closes: 0 };

export const DRILLS: readonly Drill[] = [
  {
    name: "webhook-failures",
    fault: "Firestore and Pub/Sub cannot be reached: every delivery is refused",
    policy: "webhook-failures-whatsapp",
    within: webhookAlerts.find(({ name }) => name === "webhook-failures-whatsapp")?.within ?? NONE,
    symptom: ({ channel, delivery }) => channel === "whatsapp" && (delivery === "unavailable" || delivery === "busy"),
    // A delivery waits for the store and then for the queue, and the breaker pauses for 5 s, before and after the fault.
    mostSpeed: 10,
    faults: [
      { target: "firestore", mode: "down" },
      { target: "pubsub", mode: "down" },
    ],
    messageEvery: 20,
  },
  {
    name: "ai-latency",
    fault: "Gemini takes 6 s for each answer",
    policy: slowAnswers.name,
    within: slowAnswers.within,
    symptom: ({ event, aiLatencyMs }) => event === "ia_answer" && Number(aiLatencyMs) > SLOW_MS,
    // The circuit breaker asks the model again after 10, 20, 40 s: several of these must lie in five minutes.
    mostSpeed: 10,
    faults: [{ target: "gemini", mode: "delay", delayMs: 6000 }],
    messageEvery: 20,
  },
  {
    name: "channel-offline",
    fault: "Meta refuses WhatsApp's token",
    policy: channelOffline.name,
    within: channelOffline.within,
    symptom: ({ event, channels }) => event === "channel_up" && (channels as Record<string, unknown>).whatsapp === 0,
    recovered: ({ event, channels }) => event === "channel_up" && (channels as Record<string, unknown>).whatsapp === 1,
    faults: [{ target: "graph", mode: "error", code: 190, channel: "whatsapp" }],
    job: { name: "servio-health", every: 300 },
  },
];
