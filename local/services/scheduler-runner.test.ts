import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createGoogleIdentity } from "../google-identity.ts";
import { FAKE_NOW, freePort, temporaryFolder } from "../testing.ts";
import { createJobRunner, type JobRunner, type ScheduledJob } from "./scheduler-runner.ts";

let runner: JobRunner;

beforeEach(async () => {
  const identity = await createGoogleIdentity(() => FAKE_NOW);
  runner = createJobRunner({ identity, logFile: join(temporaryFolder(), "scheduler.log"), now: () => FAKE_NOW });
});
afterEach(() => runner.stop());

function job(uri: string, more: Partial<ScheduledJob> = {}): ScheduledJob {
  return {
    name: "sweep",
    id: "projects/demo-servio/locations/us-west1/jobs/sweep",
    schedule: "*/5 * * * *",
    timeZone: "Etc/UTC",
    paused: false,
    uri,
    method: "POST",
    headers: { "x-extra": "1" },
    oidc: { email: "tasks@demo-servio.iam.gserviceaccount.com", audience: "https://tasks" },
    attemptDeadlineMs: 5_000,
    retries: 0,
    minBackoffMs: 1,
    maxBackoffMs: 2,
    ...more,
  };
}

async function target(statuses: number[]): Promise<{ uri: string; seen: IncomingHttpHeaders[]; close(): void }> {
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    response.writeHead(statuses[seen.length] ?? 200).end();
    seen.push(request.headers);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/run`, seen, close: () => server.close() };
}

describe("a run", () => {
  test("carries identity, the job's headers and Scheduler's own", async () => {
    const { uri, seen, close } = await target([200]);
    runner.put(job(uri));
    expect(await runner.run("sweep")).toEqual({
      job: "sweep",
      ok: true,
      status: 200,
      attempts: 1,
      message: `POST ${uri} answered 200`,
    });
    expect(seen).toEqual([
      expect.objectContaining({
        authorization: expect.stringMatching(/^Bearer ey/),
        "x-extra": "1",
        "x-cloudscheduler": "true",
        "x-cloudscheduler-jobname": "sweep",
        "x-cloudscheduler-scheduletime": FAKE_NOW.toISOString(),
        "user-agent": "Google-Cloud-Scheduler",
      }),
    ]);
    close();
  });

  test("is tried again as often as declared", async () => {
    const { uri, seen, close } = await target([500, 503, 200]);
    runner.put(job(uri, { retries: 2 }));
    expect(await runner.run("sweep")).toMatchObject({ ok: true, attempts: 3 });
    expect(seen).toHaveLength(3);
    close();
  });

  test("that reaches nobody says so", async () => {
    runner.put(job(`http://127.0.0.1:${await freePort()}/run`));
    expect(await runner.run("sweep")).toMatchObject({
      ok: false,
      attempts: 1,
      message: expect.stringContaining("ECONNREFUSED"),
    });
  });

  test("of a job that does not exist names those that do", async () => {
    runner.put(job("http://127.0.0.1:1/run"));
    await expect(runner.run("other")).rejects.toMatchObject({ code: "job_unknown", advice: "There are: sweep." });
  });
});

describe("a schedule", () => {
  test("is kept in the job's time zone", () => {
    runner.put(job("http://127.0.0.1:1/run", { schedule: "0 9 * * *", timeZone: "America/Sao_Paulo" }));
    const [next] = runner.list();
    // São Paulo is three hours behind UTC all year.
    expect(next?.nextRun?.getUTCHours()).toBe(12);
  });

  test("of a paused job has no next run", () => {
    runner.put(job("http://127.0.0.1:1/run", { paused: true }));
    expect(runner.list()[0]?.nextRun).toBeUndefined();
  });

  test.each(["* * * *", "61 * * * *", "every minute", "0 * * * * *"])("that is not cron is refused: %s", (schedule) => {
    expect(() => runner.put(job("http://127.0.0.1:1/run", { schedule }))).toThrow(
      `Job sweep has the schedule "${schedule}"`,
    );
  });

  test("in a time zone that does not exist is refused", () => {
    expect(() => runner.put(job("http://127.0.0.1:1/run", { timeZone: "Mars/Olympus" }))).toThrow("Mars/Olympus");
  });
});
