import { expect, test } from "vitest";
import { deadlinesFit } from "./deadlines-fit.ts";
import { type Sample, UNKNOWN, violations } from "./testing.ts";
import { JOB, SERVICE, SUBSCRIPTION } from "./types.ts";

const service: Sample = { type: SERVICE, name: "api", props: { template: { timeout: "300s" } } };

function push(changes: Record<string, unknown> = {}): Sample {
  const props = {
    pushConfig: { pushEndpoint: UNKNOWN },
    ackDeadlineSeconds: 60,
    retryPolicy: { minimumBackoff: "10s", maximumBackoff: "600s" },
    ...changes,
  };
  return { type: SUBSCRIPTION, name: "replies", props };
}

function job(attemptDeadline: unknown): Sample {
  return { type: JOB, name: "sweep", props: { attemptDeadline } };
}

test("deadlines between the work and the service's timeout pass", async () => {
  expect(await violations(deadlinesFit, [service, push(), job("50s"), job("300s")])).toEqual([]);
});

test.each([undefined, 10, 301])("an acknowledgement deadline of %s is refused", async (ackDeadlineSeconds) => {
  const [found, ...more] = await violations(deadlinesFit, [service, push({ ackDeadlineSeconds })]);
  expect(more).toEqual([]);
  expect(found).toContain("wanted: ackDeadlineSeconds from 30 to 300, the service's timeout");
});

test.each([undefined, { minimumBackoff: "10s" }, { minimumBackoff: "600s", maximumBackoff: "10s" }])(
  "a retry policy of %j is refused",
  async (retryPolicy) => {
    const [found, ...more] = await violations(deadlinesFit, [service, push({ retryPolicy })]);
    expect(more).toEqual([]);
    expect(found).toContain("wanted: a retryPolicy whose minimumBackoff is at most its maximumBackoff");
  },
);

test.each([undefined, "10s", "301s"])("a job's deadline of %s is refused", async (deadline) => {
  expect(await violations(deadlinesFit, [service, job(deadline)])).toEqual([
    expect.stringContaining('wanted: attemptDeadline from "15s" to "300s", the service\'s timeout'),
  ]);
});

test("a service that says nothing has Cloud Run's timeout", async () => {
  const silent: Sample = { type: SERVICE, props: { template: {} } };
  expect(await violations(deadlinesFit, [silent, job("300s")])).toEqual([]);
  expect(await violations(deadlinesFit, [silent, job("301s")])).toHaveLength(1);
});

test("a pulled subscription has nobody waiting", async () => {
  expect(await violations(deadlinesFit, [service, { type: SUBSCRIPTION, props: { ackDeadlineSeconds: 10 } }])).toEqual(
    [],
  );
});

test("how long the work takes is a setting", async () => {
  expect(await violations(deadlinesFit, [service, push()], { minAckSeconds: 90 })).toHaveLength(1);
});
