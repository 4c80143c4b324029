import { expect, test } from "vitest";
import { runProgram } from "../testing.ts";

const JOB = "gcp:cloudscheduler/job:Job";

test("the sweep runs every minute, with a signed identity instead of a shared secret", async () => {
  const run = await runProgram();
  expect(run.one(JOB, "sweep").inputs).toEqual({
    project: "example-project",
    region: "us-west1",
    name: "servio-sweep",
    description: "Queues again what was left without an answer or half sent",
    schedule: "* * * * *",
    timeZone: "Etc/UTC",
    paused: false,
    attemptDeadline: "50s",
    retryConfig: { retryCount: 0 },
    httpTarget: {
      uri: "https://servio-api-example.a.run.app/api/omni/sweep/run",
      httpMethod: "POST",
      oidcToken: {
        serviceAccountEmail: "servio-tasks@example-project.iam.gserviceaccount.com",
        audience: "https://tasks.test.example-project.internal",
      },
    },
  });
});

test("follow-ups go out every quarter of an hour, channels are probed every five minutes", async () => {
  const run = await runProgram();
  const calls = run.of(JOB).map(({ name, inputs }) => ({
    name,
    schedule: inputs.schedule,
    uri: (inputs.httpTarget as { uri: string }).uri,
    retries: (inputs.retryConfig as { retryCount: number }).retryCount,
  }));
  const api = "https://servio-api-example.a.run.app/api/omni";
  expect(calls).toEqual([
    { name: "automation", schedule: "*/15 * * * *", uri: `${api}/automation/run`, retries: 2 },
    { name: "health", schedule: "*/5 * * * *", uri: `${api}/health/run`, retries: 0 },
    { name: "sweep", schedule: "* * * * *", uri: `${api}/sweep/run`, retries: 0 },
  ]);
});

test("a copy of an environment can be told to keep still", async () => {
  const run = await runProgram({ settings: { schedulesEnabled: "false" } });
  expect(run.of(JOB).map(({ inputs }) => inputs.paused)).toEqual(run.of(JOB).map(() => true));
});
