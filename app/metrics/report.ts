import { type Firestore, Timestamp } from "firebase-admin/firestore";
import { CHANNELS, type ChannelName } from "../channels/channel.ts";
import { countOf, type Histogram, percentile } from "./histogram.ts";
import { type Counts, type Durations, METRICS, type RollUpState, type Slot, type VolumeCounts } from "./model.ts";
import type { Duration, Figures, Metrics, MetricsRange, Volume } from "./response.ts";
import { dayId, HOUR_MS, hourId, nextDay, startOfDay, startOfHour } from "./slots.ts";
import { addAll, type Tree } from "./tree.ts";

/** From counted slots to what the API answers. One read a slot, whatever happened in it. */

export interface ReportDeps {
  readonly db: Firestore;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly timeZone: string;
  /** In the order in which they are shown. */
  readonly triggers: readonly string[];
}

/** One entry of the series, with everything that was counted in it. */
export interface CountedSlot {
  /** Unix milliseconds. */
  readonly at: number;
  readonly counts: Counts;
}

export interface Counted {
  readonly slots: readonly CountedSlot[];
  readonly countedTo: number | undefined;
  /** Unix milliseconds. */
  readonly now: number;
}

/** Every slot of the range, oldest first, also the empty ones. */
export async function readCounted(deps: ReportDeps, range: MetricsRange): Promise<Counted> {
  const now = deps.now();
  const times = slotsOf(range, now, deps.timeZone);
  const daily = range === "30d";
  const collection = deps.db.collection(daily ? METRICS.daily : METRICS.hourly);
  const [found, state] = await Promise.all([
    collection
      .where("at", ">=", Timestamp.fromMillis(times[0] ?? now))
      .orderBy("at")
      .limit(times.length + 1)
      .get(),
    deps.db.collection(METRICS.state).doc("roll_up").get(),
  ]);
  const byId = new Map(found.docs.map((one) => [one.id, one.data() as Slot]));
  const slots = times.map((at) => {
    const {
      at: _at,
      expireAt: _expireAt,
      ...counts
    } = byId.get(daily ? dayId(at, deps.timeZone) : hourId(at)) ?? {
      at: undefined,
      expireAt: undefined,
    };
    return { at, counts };
  });
  const countedTo = (state.data() as RollUpState | undefined)?.countedTo.toMillis();
  return { slots, now, countedTo: countedTo === 0 ? undefined : countedTo };
}

const HOURS = { "24h": 24, "7d": 168 } as const;
const DAYS = 30;

function slotsOf(range: MetricsRange, now: number, timeZone: string): number[] {
  if (range !== "30d") {
    const count = HOURS[range];
    return Array.from({ length: count }, (_, index) => startOfHour(now) - (count - 1 - index) * HOUR_MS);
  }
  // Half a day before a day's beginning lies in the day before, however long it was.
  const days = [startOfDay(now, timeZone)];
  while (days.length < DAYS) days.unshift(startOfDay((days[0] ?? now) - 12 * HOUR_MS, timeZone));
  return days;
}

/** The answer without what is only true now. */
export function reportOf(deps: ReportDeps, range: MetricsRange, counted: Counted): Omit<Metrics, "now"> {
  const { slots, now } = counted;
  const sum: Tree = {};
  for (const { counts } of slots) addAll(sum, counts as Tree);
  const all = sum as Counts;
  return {
    range,
    from: iso(slots[0]?.at ?? now),
    to: iso(now),
    timeZone: deps.timeZone,
    slot: range === "30d" ? "day" : "hour",
    countedTo: counted.countedTo === undefined ? null : iso(counted.countedTo),
    total: totalOf(all),
    channels: CHANNELS.map((channel) => ({ channel, ...figuresOf(all, channel) })),
    agents: agentsOf(all),
    series: slots.map(({ at, counts }) => ({ at: iso(at), channels: volumesOf(counts) })),
    automations: deps.triggers.map((trigger) => {
      const { sent = 0, failed = 0, tasks = 0, skipped = 0, reasons = {} } = all.automations?.[trigger] ?? {};
      return { trigger, sent, failed, tasks, skipped, reasons: { ...reasons } };
    }),
    assistant: {
      calls: countOf(all.assistant?.latency ?? {}),
      latency: durationOf(all.assistant?.latency),
      outcomes: { ...all.assistant?.outcomes },
    },
  };
}

/** When the slot after this one begins. */
export function endOfSlot(at: number, slot: Metrics["slot"], timeZone: string): number {
  return slot === "hour" ? at + HOUR_MS : nextDay(at, timeZone);
}

const iso = (at: number) => new Date(at).toISOString();

export function durationOf(histogram: Histogram | undefined): Duration | null {
  const count = countOf(histogram ?? {});
  if (histogram === undefined || count === 0) return null;
  return { count, p50Ms: percentile(histogram, 0.5), p90Ms: percentile(histogram, 0.9) };
}

function durationsOf(durations: Durations | undefined) {
  return {
    firstResponse: durationOf(durations?.firstResponse),
    reply: durationOf(durations?.reply),
    resolution: durationOf(durations?.resolution),
  };
}

function volumeOf(counts: VolumeCounts = {}): Volume {
  const { inbound = 0, bot = 0, person = 0, automation = 0, failed = 0 } = counts;
  return { inbound, bot, person, automation, failed };
}

function volumesOf(counts: Counts): Record<ChannelName, Volume> {
  const entries = CHANNELS.map((channel) => [channel, volumeOf(counts.volume?.[channel])]);
  return Object.fromEntries(entries) as Record<ChannelName, Volume>;
}

/** What one channel did. */
export function figuresOf(counts: Counts, channel: ChannelName): Figures {
  const durations = counts.durations?.[channel];
  return {
    volume: volumeOf(counts.volume?.[channel]),
    bot: durationsOf(durations?.bot),
    person: durationsOf(durations?.person),
  };
}

function totalOf(counts: Counts): Figures {
  const [volume, bot, person]: [Tree, Tree, Tree] = [{}, {}, {}];
  for (const channel of CHANNELS) {
    addAll(volume, (counts.volume?.[channel] ?? {}) as Tree);
    addAll(bot, (counts.durations?.[channel]?.bot ?? {}) as Tree);
    addAll(person, (counts.durations?.[channel]?.person ?? {}) as Tree);
  }
  return {
    volume: volumeOf(volume as VolumeCounts),
    bot: durationsOf(bot as Durations),
    person: durationsOf(person as Durations),
  };
}

function agentsOf(counts: Counts): Metrics["agents"] {
  const agents = Object.entries(counts.agents ?? {}).map(([agent, { messages = 0, closed = 0, durations }]) => ({
    agent,
    messages,
    closed,
    ...durationsOf(durations),
  }));
  return agents.sort((a, b) => b.messages - a.messages || b.closed - a.closed || a.agent.localeCompare(b.agent));
}
