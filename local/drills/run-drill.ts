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
  readonly what:
    | "fault"
    | "first failure"
    | "detection"
    | "notification"
    | "recovery"
    | "last failure"
    | "good reading"
    | "closed";
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
/** How long the fault goes on after the alert has opened: a second notification would come in it. */
const HOLD_SECONDS = 60;
/** How much of its own time a slow machine may take beyond what is stated of the app. Seconds of the system's time. */
const MACHINE_SECONDS = 10;
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
  const note = (what: Moment["what"], text: string, when = clock.now()): number => {
    const moment = { what, at: (when - began) / 1000, text };
    moments.push(moment);
    show(moment);
    return moment.at;
  };
  const seen = (state: Change["state"]) =>
    changes.find((change) => change.state === state && change.incident.policy === drill.policy);
  watcher.onChange((change) => void changes.push(change));
  let failures: number[] = [];
  let successes: number[] = [];
  watcher.onLine(({ jsonPayload, at }) => {
    if (drill.symptom(jsonPayload)) failures.push(at);
    if (drill.recovered?.(jsonPayload)) successes.push(at);
  });
  // The clock of jobs is monitoring's. Time limits and pauses after failures pass no faster than they do.
  const { app = { fails: 0, recovers: 0 } } = drill.within;
  const ownSpeed = drill.job === undefined ? clock.speed : 1;
  const allowed = (seconds: number): number => seconds + MACHINE_SECONDS * clock.speed;
  const late = (what: string, took: number, stated: number): void => {
    if (took <= stated) return;
    problems.push(`${what} after ${Math.round(took)} s; its policy states ${stated} s`);
  };
  const until = async (seconds: number, holds: () => boolean | Promise<boolean>): Promise<boolean> => {
    const end = since() + seconds;
    while (!(await holds())) {
      if (since() > end) return false;
      await delay(POLL_MS, undefined, { signal });
    }
    return true;
  };
  const life = keepAlive(drill, ground);
  try {
    await until(QUIET_SECONDS, () => seen("open") !== undefined);
    if (seen("open")) problems.push("the alert was open before there was a fault");
    for (const fault of drill.faults) await control.fault(fault);
    failures = [];
    const fault = note("fault", drill.fault);
    if (!(await until(allowed(app.fails * ownSpeed + drill.within.opens), () => seen("open") !== undefined))) {
      return {
        drill,
        moments,
        problems: [...problems, `no alert within ${Math.round(since() - fault)} s of the fault`],
      };
    }
    const incident = seen("open")?.incident;
    const first = note("first failure", "of those that are measured", Math.min(...failures));
    const detection = note("detection", `${incident?.title}: ${incident?.condition}`, incident?.startedAt);
    late("the app failed", first - fault, allowed(app.fails * ownSpeed));
    late("the alert opened", detection - first, drill.within.opens);
    const ofThis = async () => (await control.notifications()).filter((one) => one.incident === incident?.id);
    await until(allowed(HOLD_SECONDS), async () => (await ofThis()).length > 0);
    note("notification", told(await ofThis(), "open"));
    await until(HOLD_SECONDS, () => false);
    await control.mend();
    successes = [];
    const recovery = note("recovery", "the fault is mended");
    if (!(await until(allowed(app.recovers * ownSpeed + drill.within.closes), () => seen("closed") !== undefined))) {
      problems.push(`the alert was still open ${Math.round(since() - recovery)} s after the recovery`);
    } else {
      const last = drill.recovered
        ? note("good reading", "the first", Math.min(...successes))
        : note("last failure", "of those that are measured", Math.max(...failures));
      const closed = note("closed", `${incident?.title}: closed`, seen("closed")?.incident.endedAt);
      late("the app recovered", last - recovery, allowed(app.recovers * ownSpeed));
      late("the alert closed", closed - last, drill.within.closes);
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
function keepAlive({ name, messageEvery, job }: Drill, { watcher, control, runJob }: Ground) {
  const over = new AbortController();
  const { speed } = watcher.clock;
  let customer = 0;
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
          every(messageEvery, () => {
            customer += 1;
            const from = `55119${String(10_000_000 + customer).slice(-8)}`;
            return control.write("whatsapp", from, `Preciso de um eletricista (${name} ${customer})`);
          }),
        ]),
    ...(job === undefined ? [] : [every(job.every, () => runJob(job.name))]),
  ];
  return {
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
