import * as z from "zod";
import { milliseconds } from "../../durations.ts";
import { type Condition, conditionInput, createCondition, type Measured, type Objectives } from "./conditions.ts";
import type { TimeSeries } from "./time-series.ts";

/** An alert policy at work: its conditions are looked at again and again, and incidents open and close. */

const strategy = z
  .looseObject({
    autoClose: z.string().default("604800s"),
    notificationPrompts: z.array(z.enum(["OPENED", "CLOSED"])).default(["OPENED", "CLOSED"]),
  })
  .default({ autoClose: "604800s", notificationPrompts: ["OPENED", "CLOSED"] });

/** The inputs of `gcp:monitoring/alertPolicy:AlertPolicy` that are understood. */
export const policyInputs = z.looseObject({
  displayName: z.string(),
  combiner: z.enum(["OR", "AND"], "local monitoring combines with OR and AND"),
  conditions: z.array(conditionInput).min(1).max(6),
  notificationChannels: z.array(z.string()).default([]),
  severity: z.enum(["CRITICAL", "ERROR", "WARNING"]).optional(),
  enabled: z.boolean().default(true),
  userLabels: z.record(z.string(), z.string()).default({}),
  documentation: z
    .looseObject({
      content: z.string().max(8192, "Google takes 8192 characters of documentation").optional(),
      subject: z.string().optional(),
      links: z.array(z.looseObject({ displayName: z.string().optional(), url: z.string() })).optional(),
    })
    .optional(),
  alertStrategy: strategy,
});
export type PolicyInputs = z.output<typeof policyInputs>;

export interface Incident {
  readonly id: string;
  /** The policy's resource name in the program. */
  readonly policy: string;
  readonly title: string;
  readonly severity: string;
  readonly condition: string;
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  /** When the condition's time had passed. Milliseconds. */
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly observed: number | undefined;
  readonly threshold: number;
  readonly documentation: PolicyInputs["documentation"];
  readonly userLabels: Readonly<Record<string, string>>;
}

export interface Change {
  readonly state: "open" | "closed";
  readonly incident: Incident;
  /** Names of the notification channels that are told; none when the policy does not ask for it. */
  readonly channels: readonly string[];
}

export interface Policy {
  readonly name: string;
  /** Looks at every condition as of now. @returns what has opened or closed */
  evaluate(now: number): Change[];
  open(): readonly Incident[];
}

/** One group of series under one condition. */
interface Watched {
  readonly labels: Readonly<Record<string, string>>;
  /** Since when every look has found it beyond the threshold; of an absence, when it was last there. */
  since: number | undefined;
  met: boolean;
  value: number | undefined;
  lastSeen: number;
}

/** @throws {LocalError} for a condition that is not understood. */
export function createPolicy(name: string, inputs: PolicyInputs, store: TimeSeries, objectives: Objectives): Policy {
  const conditions = inputs.conditions.map((input) => createCondition(input, store, objectives));
  const watched = conditions.map(() => new Map<string, Watched>());
  const open = new Map<string, Incident>();
  const autoCloseMs = milliseconds(inputs.alertStrategy.autoClose);
  let opened = 0;

  function changed(state: Change["state"], incident: Incident): Change {
    const asked = inputs.alertStrategy.notificationPrompts.includes(state === "open" ? "OPENED" : "CLOSED");
    return { state, incident, channels: asked ? inputs.notificationChannels : [] };
  }

  function begin(key: string, condition: Condition, one: Watched, now: number): Change {
    opened += 1;
    const incident: Incident = {
      id: `${name}-${opened}`,
      policy: name,
      title: inputs.displayName,
      severity: inputs.severity ?? "NO_SEVERITY",
      condition: condition.title,
      metric: condition.metric,
      labels: one.labels,
      startedAt: now,
      observed: one.value,
      threshold: condition.threshold,
      documentation: inputs.documentation,
      userLabels: inputs.userLabels,
    };
    open.set(key, incident);
    return changed("open", incident);
  }

  function end(key: string, now: number): Change[] {
    const incident = open.get(key);
    if (!incident) return [];
    open.delete(key);
    return [changed("closed", { ...incident, endedAt: now })];
  }

  return {
    name,
    open: () => [...open.values()],
    evaluate(now) {
      if (!inputs.enabled) return [];
      for (const [index, condition] of conditions.entries())
        watch(condition, watched[index] ?? new Map(), now, autoCloseMs);
      if (inputs.combiner === "AND") {
        const met = watched.map((all) => [...all.values()].find((one) => one.met));
        const [condition] = conditions;
        const [first] = met;
        if (!met.every((one) => one !== undefined)) return end("all", now);
        return condition && first && !open.has("all") ? [begin("all", condition, first, now)] : [];
      }
      return conditions.flatMap((condition, index) =>
        [...(watched[index] ?? [])].flatMap(([series, one]) => {
          const key = `${index} ${series}`;
          if (!one.met) return end(key, now);
          return open.has(key) ? [] : [begin(key, condition, one, now)];
        }),
      );
    },
  };
}

/** Brings what is known of a condition's series up to now. */
function watch(condition: Condition, all: Map<string, Watched>, now: number, autoCloseMs: number): void {
  const seen = new Set<string>();
  for (const measured of condition.measure(now)) {
    const key = JSON.stringify(measured.labels);
    seen.add(key);
    const one = all.get(key) ?? fresh(measured, now);
    all.set(key, one);
    one.lastSeen = now;
    one.value = measured.value;
    update(condition, one, condition.beyond(measured.value), now);
  }
  for (const [key, one] of all) if (!seen.has(key)) overlook(condition, one, now, autoCloseMs);
}

function fresh({ labels, value }: Measured, now: number): Watched {
  return { labels, since: undefined, met: false, value, lastSeen: now };
}

function update(condition: Condition, one: Watched, beyond: boolean, now: number): void {
  if (!beyond) {
    one.since = undefined;
    one.met = false;
    return;
  }
  one.since ??= now;
  if (now - one.since >= condition.durationMs) one.met = true;
}

/** A series without a value now. */
function overlook(condition: Condition, one: Watched, now: number, autoCloseMs: number): void {
  const silentMs = now - one.lastSeen;
  if (condition.kind === "absence") {
    one.value = undefined;
    one.met = silentMs >= condition.durationMs && silentMs < condition.durationMs + autoCloseMs;
  } else if (condition.missing === "inactive" || silentMs >= autoCloseMs) {
    update(condition, one, false, now);
  } else if (condition.missing === "active") {
    update(condition, one, true, now);
  }
}
