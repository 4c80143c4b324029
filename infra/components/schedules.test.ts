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

test("a copy of an environment can be told to keep still", async () => {
  const run = await runProgram({ settings: { schedulesEnabled: "false" } });
  expect(run.of(JOB).map(({ inputs }) => inputs.paused)).toEqual(run.of(JOB).map(() => true));
});
