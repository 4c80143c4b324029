import { setTimeout as delay } from "node:timers/promises";
import type { Change, Watcher } from "../services/monitoring/index.ts";
import type { JobRun } from "../services/scheduler-runner.ts";
import type { Control, Notification } from "./control.ts";
import type { Drill } from "./drills.ts";

/** What a drill runs on. */
export interface Ground {
  readonly watcher: Watcher;
  readonly control: Control;
  readonly runJob: (name: string) => Promise<JobRun>;
  readonly signal: AbortSignal;
}

export interface Moment {
  readonly what: "fault" | "detection" | "notification" | "recovery" | "closed" | "told";
  /** Seconds of monitoring's time since the drill began. */
  readonly at: number;
  readonly text: string;
}

export interface DrillResult {
  readonly drill: Drill;
  readonly moments: readonly Moment[];
  /** Why it did not go as the policy states; empty when it did. */
  readonly problems: readonly string[];
}

/** Ordinary traffic before the fault, so that the alert is known to be quiet. Seconds of monitoring's time. */
const QUIET_SECONDS = 240;
/** How much of the system's time a measured time may be off: the log is followed, and its metrics counted, in steps. */
const LAG_SECONDS = 1;
/** How long the fault goes on after the alert has opened: a second notification would come in it. */
const HOLD_SECONDS = 60;
/** What of the app does not pass faster: time limits, retries, a slow machine. Seconds of the system's time. */
const OWN_SECONDS = 45;
const POLL_MS = 100;

/** Makes the fault, waits for the alert and its notification, mends, waits for the end. Never leaves a fault behind. */
export async function runDrill(drill: Drill, ground: Ground, show: (moment: Moment) => void): Promise<DrillResult> {
  const { watcher, control, signal } = ground;
  const { clock } = watcher;
  const began = clock.now();
  const since = (): number => (clock.now() - began) / 1000;
  const moments: Moment[] = [];
  const problems: string[] = [];
  const changes: Change[] = [];
  const note = (what: Moment["what"], text: string): number => {
    const moment = { what, at: since(), text };
    moments.push(moment);
    show(moment);
    return moment.at;
  };
  const seen = (state: Change["state"]) =>
    changes.find((change) => change.state === state && change.incident.policy === drill.policy);
  watcher.onChange((change) => void changes.push(change));
  const allowed = (seconds: number): number => seconds + OWN_SECONDS * clock.speed;
  const late = (what: string, took: number, stated: number): void => {
    if (took <= stated + LAG_SECONDS * clock.speed) return;
    problems.push(`the alert ${what} after ${Math.round(took)} s; its policy states ${stated} s`);
  };
  const until = async (seconds: number, holds: () => boolean | Promise<boolean>): Promise<boolean> => {
    const end = since() + seconds;
    while (!(await holds())) {
      if (since() > end) return false;
      await delay(POLL_MS, undefined, { signal });
    }
    return true;
  };
  const life = keepAlive(drill, ground, since);
  try {
    await until(QUIET_SECONDS, () => seen("open") !== undefined);
    if (seen("open")) problems.push("the alert was open before there was a fault");
    for (const fault of drill.faults) await control.fault(fault);
    const fault = note("fault", drill.fault);
    if (!(await until(allowed(drill.within.opens), () => seen("open") !== undefined))) {
      return {
        drill,
        moments,
        problems: [...problems, `no alert within ${Math.round(since() - fault)} s of the fault`],
      };
    }
    const incident = seen("open")?.incident;
    const detection = note("detection", `${incident?.title}: ${incident?.condition}`);
    late("opened", detection - fault, drill.within.opens);
    const ofThis = async () => (await control.notifications()).filter((one) => one.incident === incident?.id);
    await until(allowed(HOLD_SECONDS), async () => (await ofThis()).length > 0);
    note("notification", told(await ofThis(), "open"));
    await until(HOLD_SECONDS, () => false);
    await control.mend();
    const mended = since();
    const recovered = () => !drill.refusesDeliveries || life.answeredAt() > mended;
    if (!(await until(allowed(0), recovered))) problems.push("no delivery was answered after the fault was mended");
    const recovery = note(
      "recovery",
      `the fault is mended${drill.refusesDeliveries ? ", deliveries are answered" : ""}`,
    );
    if (!(await until(allowed(drill.within.closes), () => seen("closed") !== undefined))) {
      problems.push(`the alert was still open ${Math.round(since() - recovery)} s after the recovery`);
    } else {
      late("closed", note("closed", `${incident?.title}: closed`) - recovery, drill.within.closes);
    }
    await until(allowed(HOLD_SECONDS), async () => (await ofThis()).some(({ state }) => state === "closed"));
    problems.push(...twice(await ofThis()));
    return { drill, moments, problems };
  } finally {
    await control.mend();
    await life.end();
  }
}

/** Customers who write and jobs that run, as long as the drill lasts. */
function keepAlive({ name, messageEvery, job }: Drill, { watcher, control, runJob }: Ground, since: () => number) {
  const over = new AbortController();
  const { speed } = watcher.clock;
  let customer = 0;
  let answeredAt = Number.NEGATIVE_INFINITY;
  const open = new Set<Promise<unknown>>();
  const start = (work: Promise<unknown>): void => {
    // That a delivery is refused, or a job fails, is what the drill is about.
    const settled = work.then(
      () => undefined,
      () => undefined,
    );
    open.add(settled);
    void settled.then(() => open.delete(settled));
  };
  const every = async (seconds: number, work: () => Promise<unknown>): Promise<void> => {
    while (!over.signal.aborted) {
      start(work());
      await delay((seconds / speed) * 1000, undefined, { signal: over.signal }).catch(() => undefined);
    }
  };
  const loops = [
    ...(messageEvery === undefined
      ? []
      : [
          every(messageEvery, async () => {
            customer += 1;
            const from = `55119${String(10_000_000 + customer).slice(-8)}`;
            const status = await control.write("whatsapp", from, `Preciso de um eletricista (${name} ${customer})`);
            if (status === 200) answeredAt = since();
          }),
        ]),
    ...(job === undefined ? [] : [every(job.every, () => runJob(job.name))]),
  ];
  return {
    /** When a delivery was last answered 200. Seconds of monitoring's time since the drill began. */
    answeredAt: () => answeredAt,
    async end() {
      over.abort();
      await Promise.all([...loops, ...open]);
    },
  };
}

function told(notifications: readonly Notification[], state: Notification["state"]): string {
  const ways = notifications.filter((one) => one.state === state).map(({ by }) => by);
  return ways.length === 0 ? "nobody was told" : `told by ${[...new Set(ways)].sort().join(" and ")}, once each`;
}

/** Each channel is told once that it opened, and once that it closed. */
function twice(notifications: readonly Notification[]): string[] {
  const problems: string[] = [];
  for (const state of ["open", "closed"] as const) {
    const ways = Map.groupBy(
      notifications.filter((one) => one.state === state),
      ({ by }) => by,
    );
    if (ways.size === 0) problems.push(`nobody was told that it ${state === "open" ? "opened" : "closed"}`);
    for (const [way, all] of ways) if (all.length > 1) problems.push(`${way} was told ${all.length} times (${state})`);
  }
  return problems;
}
