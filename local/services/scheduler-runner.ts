import { appendFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { Cron } from "croner";
import { asError, LocalError } from "../errors.ts";
import type { GoogleIdentity } from "../google-identity.ts";

/** A Cloud Scheduler job, as the program declared it. */
export interface ScheduledJob {
  readonly name: string;
  /** The full name, for the header. */
  readonly id: string;
  /** Five fields. */
  readonly schedule: string;
  readonly timeZone: string;
  readonly paused: boolean;
  readonly uri: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  readonly oidc?: { readonly email: string; readonly audience: string };
  readonly attemptDeadlineMs: number;
  readonly retries: number;
  readonly minBackoffMs: number;
  readonly maxBackoffMs: number;
}

export interface JobRun {
  readonly job: string;
  readonly ok: boolean;
  /** The last answer's status; absent when there was none. */
  readonly status?: number;
  readonly attempts: number;
  readonly message: string;
}

/** The local Cloud Scheduler. */
export interface JobRunner {
  /** Creates or replaces a job. @throws {LocalError} `schedule_invalid` */
  put(job: ScheduledJob): void;
  delete(name: string): void;
  /** Each with its next run, unless it is paused. */
  list(): readonly (ScheduledJob & { readonly nextRun: Date | undefined })[];
  /** Runs a job now, as "force run" does, whatever its schedule. */
  run(name: string): Promise<JobRun>;
  stop(): void;
}

interface RunnerOptions {
  readonly identity: GoogleIdentity;
  readonly logFile: string;
  readonly now: () => Date;
}

export function createJobRunner(options: RunnerOptions): JobRunner {
  const jobs = new Map<string, { job: ScheduledJob; cron: Cron }>();
  const halt = new AbortController();

  async function run(job: ScheduledJob): Promise<JobRun> {
    let attempts = 0;
    let last: JobRun;
    do {
      if (attempts > 0)
        await delay(Math.min(job.minBackoffMs * 2 ** (attempts - 1), job.maxBackoffMs), undefined, {
          signal: halt.signal,
        });
      attempts += 1;
      last = { ...(await attempt(job, options, halt.signal)), attempts };
      await appendFile(options.logFile, `${options.now().toISOString()} ${job.name}: ${last.message}\n`);
    } while (!last.ok && attempts <= job.retries && !halt.signal.aborted);
    return last;
  }

  function remove(name: string): void {
    jobs.get(name)?.cron.stop();
    jobs.delete(name);
  }

  return {
    put(job) {
      remove(job.name);
      // Overrun protection: Scheduler never runs a job beside itself.
      const settings = {
        timezone: job.timeZone,
        paused: job.paused,
        protect: true,
        mode: "5-part",
        unref: true,
      } as const;
      const cron = parse(job, () => new Cron(job.schedule, settings, () => run(job).then(() => undefined, ignoreHalt)));
      jobs.set(job.name, { job, cron });
    },
    delete: remove,
    list: () =>
      [...jobs.values()].map(({ job, cron }) => ({
        ...job,
        nextRun: job.paused ? undefined : (cron.nextRun() ?? undefined),
      })),
    async run(name) {
      const found = jobs.get(name);
      if (found) return run(found.job);
      throw new LocalError(
        "job_unknown",
        `There is no job "${name}".`,
        `There are: ${[...jobs.keys()].join(", ") || "none"}.`,
      );
    },
    stop() {
      halt.abort();
      for (const name of [...jobs.keys()]) remove(name);
    },
  };
}

async function attempt(
  job: ScheduledJob,
  { identity, now }: RunnerOptions,
  halt: AbortSignal,
): Promise<Omit<JobRun, "attempts">> {
  const headers: Record<string, string> = {
    ...job.headers,
    "user-agent": "Google-Cloud-Scheduler",
    "x-cloudscheduler": "true",
    "x-cloudscheduler-jobname": job.name,
    "x-cloudscheduler-scheduletime": now().toISOString(),
  };
  if (job.oidc) headers.authorization = `Bearer ${await identity.token(job.oidc)}`;
  try {
    const response = await fetch(job.uri, {
      method: job.method,
      headers,
      ...(job.body && { body: new Uint8Array(job.body) }),
      redirect: "manual",
      signal: AbortSignal.any([AbortSignal.timeout(job.attemptDeadlineMs), halt]),
    });
    await response.body?.cancel();
    return {
      job: job.name,
      ok: response.ok,
      status: response.status,
      message: `${job.method} ${job.uri} answered ${response.status}`,
    };
  } catch (thrown) {
    const error = asError(thrown);
    const cause = error.cause instanceof Error ? error.cause.message : error.message;
    return { job: job.name, ok: false, message: `${job.method} ${job.uri} failed: ${cause}` };
  }
}

function parse(job: ScheduledJob, make: () => Cron): Cron {
  try {
    return make();
  } catch (error) {
    throw new LocalError(
      "schedule_invalid",
      `Job ${job.name} has the schedule "${job.schedule}" (${job.timeZone}): ${asError(error).message}`,
      'Write five fields and an IANA time zone, for example "*/5 * * * *" and "America/Sao_Paulo".',
      { cause: error },
    );
  }
}

function ignoreHalt(error: unknown): void {
  if (!(error instanceof Error && error.name === "AbortError")) throw error;
}
