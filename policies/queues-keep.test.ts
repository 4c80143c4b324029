import { expect, test } from "vitest";
import { queuesKeep } from "./queues-keep.ts";
import { type Sample, violations } from "./testing.ts";
import { SUBSCRIPTION } from "./types.ts";

function subscription(changes: Record<string, unknown>): Sample {
  const kept = { expirationPolicy: { ttl: "" }, messageRetentionDuration: "604800s" };
  return { type: SUBSCRIPTION, name: "replies", props: { ...kept, ...changes } };
}

test("a subscription that never expires and keeps a week passes", async () => {
  expect(await violations(queuesKeep, [subscription({})])).toEqual([]);
});

test.each([undefined, { ttl: "2678400s" }])("an expirationPolicy of %j is refused", async (expirationPolicy) => {
  const [found, ...more] = await violations(queuesKeep, [subscription({ expirationPolicy })]);
  expect(more).toEqual([]);
  expect(found).toContain('wanted: expirationPolicy { ttl: "" }, which never expires');
});

test.each([undefined, "86400s", "7 days"])("a retention of %s is refused", async (messageRetentionDuration) => {
  const [found, ...more] = await violations(queuesKeep, [subscription({ messageRetentionDuration })]);
  expect(more).toEqual([]);
  expect(found).toContain('wanted: messageRetentionDuration of at least "604800s" (7 days)');
});

test("how many days is the environment's choice", async () => {
  const sample = subscription({ messageRetentionDuration: "86400s" });
  expect(await violations(queuesKeep, [sample], { minRetentionDays: 1 })).toEqual([]);
});
