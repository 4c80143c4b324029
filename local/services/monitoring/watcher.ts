import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { EVALUATION_SECONDS } from "../../../infra/components/monitoring/times.ts";
import { asError } from "../../errors.ts";
import { createClock, type MonitoringClock } from "./clock.ts";
import { countHeld } from "./held-messages.ts";
import { followLog, type LogFollower } from "./log-follower.ts";
import { readLogLine } from "./log-line.ts";
import type { LogEntry } from "./log-metrics.ts";
import { createMonitoring, type Monitoring } from "./monitoring.ts";
import { summaryOf } from "./notification.ts";
import { type NotificationChannel, notify } from "./notifier.ts";
import type { Change } from "./policy.ts";
import { createQueueWatch, type QueueWatch, read } from "./queue-watch.ts";
import { check, type UptimeCheck } from "./uptime.ts";

/** Runs {@link Monitoring} over a local stack: reads its lines and queues, keeps the time, tells of what it finds. */
export interface Watcher {
  readonly monitoring: Monitoring;
  readonly clock: MonitoringClock;
  readonly queues: QueueWatch;
  /** Reads a process's lines from now on. */
  follow(service: string): void;
  /** Counts what waits in a subscription that nobody reads. */
  hold(subscription: string): void;
  putChannel(channel: NotificationChannel): void;
  putCheck(one: UptimeCheck): void;
  onChange(listener: (change: Change) => void): void;
  /** Every line that is read, at its moment of the clock. */
  onLine(listener: (line: LogEntry) => void): void;
  /** Begins to look, again and again. */
  start(): void;
  /** From now on its time passes so fast. */
  setSpeed(speed: number): void;
  stop(): Promise<void>;
}

export interface WatcherOptions {
  readonly project: string;
  readonly region: string;
  /** Folder of the processes' logs. */
  readonly logs: string;
  readonly simulatorUrl: string;
  /** `127.0.0.1:port` */
  readonly pubsubHost: string;
  /** How fast its time passes. @default 1 */
  readonly speed?: number;
}

const EVERY_MS = EVALUATION_SECONDS * 1000;
/** A line takes so long, at most, from its moment to its file on a busy machine. Of the system's time. */
const SETTLE_MS = 1_000;
/** Pub/Sub's metrics have a point a minute. */
const SAMPLE_MS = 60_000;

export function createWatcher(options: WatcherOptions): Watcher {
  const monitoring = createMonitoring();
  const clock = createClock(options.speed ?? 1);
  const queues = createQueueWatch(monitoring.series, options.project);
  const followers = new Map<string, LogFollower>();
  const held = new Set<string>();
  const channels = new Map<string, NotificationChannel>();
  const checks = new Map<string, UptimeCheck & { next: number }>();
  const listeners: ((change: Change) => void)[] = [];
  const readers: ((line: LogEntry) => void)[] = [];
  const logFile = join(options.logs, "monitoring.log");
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let busy = false;
  let nextSample = 0;
  let nextLook = clock.now();

  async function look(): Promise<void> {
    const now = clock.now();
    const settled = clock.at(Date.now() - SETTLE_MS);
    const sources = await Promise.allSettled([readLines(), sample(now), checkUptime(now)]);
    // What cannot be read is missing data, and no reason not to look at the rest.
    for (const source of sources) {
      if (source.status === "rejected") await write(`a source could not be read: ${asError(source.reason).message}`);
    }
    // Every moment on its own, however late this machine comes to it: else a look that is late would be a late alert.
    for (; nextLook <= settled; nextLook += EVERY_MS) await tell(monitoring.evaluate(nextLook));
  }

  async function readLines(): Promise<void> {
    for (const [service, follower] of followers) {
      const labels = {
        project_id: options.project,
        location: options.region,
        service_name: service,
        configuration_name: service,
        revision_name: "",
      };
      for (const line of await follower.read()) {
        const entry = readLogLine(line, { type: "cloud_run_revision", labels });
        if (!entry) continue;
        const taken = { ...entry, at: clock.at(entry.at) };
        monitoring.take(taken);
        for (const reader of readers) reader(taken);
      }
    }
  }

  async function sample(now: number): Promise<void> {
    if (now < nextSample) return;
    nextSample = now + SAMPLE_MS;
    queues.measure(now, clock.at);
    for (const subscription of held) {
      const { count, oldestAt } = await countHeld(options.pubsubHost, options.project, subscription);
      const age = oldestAt === undefined ? 0 : (now - clock.at(oldestAt)) / 1000;
      read(monitoring.series, options.project, subscription, "num_undelivered_messages", count, now);
      read(monitoring.series, options.project, subscription, "oldest_unacked_message_age", Math.max(0, age), now);
    }
  }

  async function checkUptime(now: number): Promise<void> {
    for (const one of checks.values()) {
      if (now < one.next) continue;
      one.next = now + one.periodMs;
      await check(monitoring.series, one, options.project, now);
    }
  }

  async function tell(changes: readonly Change[]): Promise<void> {
    for (const change of changes) {
      for (const listener of listeners) listener(change);
      await write(`${change.state}: ${summaryOf(change)}`);
      const problems = await notify(change, { ...options, channel: (name) => channels.get(name) });
      for (const problem of problems) await write(problem);
    }
  }

  function write(text: string): Promise<void> {
    return appendFile(logFile, `${new Date(clock.now()).toISOString()} ${text}\n`);
  }

  function begin(): void {
    timer = setInterval(() => {
      // A look that takes long is not overtaken by the next one.
      if (busy) return;
      busy = true;
      running = look()
        .catch((error: unknown) => write(`a look failed: ${asError(error).message}`))
        .finally(() => {
          busy = false;
        });
    }, EVERY_MS / clock.speed);
    timer.unref();
  }

  return {
    monitoring,
    clock,
    queues,
    follow: (service) => void followers.set(service, followLog(join(options.logs, `${service}.log`))),
    hold: (subscription) => void held.add(subscription),
    putChannel: (channel) => void channels.set(channel.name, channel),
    putCheck: (one) => void checks.set(one.id, { ...one, next: 0 }),
    onChange: (listener) => void listeners.push(listener),
    onLine: (listener) => void readers.push(listener),
    start() {
      if (timer === undefined) begin();
    },
    setSpeed(speed) {
      clock.setSpeed(speed);
      if (timer === undefined) return;
      clearInterval(timer);
      begin();
    },
    async stop() {
      clearInterval(timer);
      timer = undefined;
      await running;
    },
  };
}
