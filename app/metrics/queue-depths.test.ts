import pino from "pino";
import { expect, test } from "vitest";
import { createQueueDepths, type DepthQuery, type DepthSeries } from "./queue-depths.ts";

const NOON = Date.UTC(2026, 10, 23, 12);
const series = (subscription: string, ...values: readonly (number | string)[]): DepthSeries => ({
  resource: { labels: { subscription_id: subscription } },
  points: values.map((int64Value) => ({ value: { int64Value } })),
});

function setUp(answer: () => Promise<readonly DepthSeries[]>) {
  const asked: DepthQuery[] = [];
  const clock = { now: NOON };
  const depths = createQueueDepths({
    project: "example-project",
    log: pino({ level: "silent" }),
    now: () => clock.now,
    list: (query) => {
      asked.push(query);
      return answer();
    },
  });
  return { asked, clock, depths };
}

test("the newest point of each queue, and nothing of one that has none", async () => {
  const { asked, depths } = setUp(async () => [
    series("servio-replies", 3, 9),
    series("servio-dead-letters-held", "12"),
    series("servio-inbound-fallback"),
  ]);
  expect(await depths()).toEqual({ replies: 3, inbound: null, deadLetters: 12 });
  expect(asked).toEqual([
    {
      name: "projects/example-project",
      filter:
        'metric.type="pubsub.googleapis.com/subscription/num_undelivered_messages" AND resource.labels.subscription_id=one_of("servio-replies","servio-inbound-fallback","servio-dead-letters-held")',
      interval: { startTime: { seconds: NOON / 1_000 - 300 }, endTime: { seconds: NOON / 1_000 } },
      view: "FULL",
    },
  ]);
});

test("it is asked once a minute, however many look", async () => {
  const { asked, clock, depths } = setUp(async () => []);
  await Promise.all([depths(), depths()]);
  clock.now += 59_999;
  await depths();
  expect(asked).toHaveLength(1);
  clock.now += 1;
  await depths();
  expect(asked).toHaveLength(2);
});

test("when it does not answer nobody knows, and it is asked again a minute later", async () => {
  let fails = true;
  const { clock, depths } = setUp(async () => {
    if (fails) throw new Error("PERMISSION_DENIED");
    return [series("servio-replies", 0)];
  });
  expect(await depths()).toBeNull();
  fails = false;
  clock.now += 60_000;
  expect(await depths()).toEqual({ replies: 0, inbound: null, deadLetters: null });
});
