import { expect, test } from "vitest";
import { deadLetters } from "./dead-letters.ts";
import { type Sample, UNKNOWN, violations } from "./testing.ts";
import { SUBSCRIPTION } from "./types.ts";

function subscription(props: Record<string, unknown>): Sample {
  return { type: SUBSCRIPTION, name: "replies", props: { topic: UNKNOWN, ...props } };
}

test("a subscription with a dead-letter topic passes, even while that is unknown", async () => {
  const sample = subscription({ name: "servio-replies", deadLetterPolicy: { deadLetterTopic: UNKNOWN } });
  expect(await violations(deadLetters, [sample])).toEqual([]);
});

test("one without is refused", async () => {
  expect(await violations(deadLetters, [subscription({ name: "servio-replies", pushConfig: {} })])).toEqual([
    "wanted: a deadLetterPolicy with a deadLetterTopic\nfound:  nothing\n" +
      "change: deadLetterPolicy of subscription replies in infra/components/deliveries.ts",
  ]);
});

test("attempts without a topic are no dead-letter policy", async () => {
  const sample = subscription({ name: "servio-replies", deadLetterPolicy: { maxDeliveryAttempts: 5 } });
  expect(await violations(deadLetters, [sample])).toHaveLength(1);
});

test("what holds the dead letters is exempt, by its name", async () => {
  expect(await violations(deadLetters, [subscription({ name: "servio-dead-letters-held" })])).toEqual([]);
  const sample = subscription({ name: "servio-dead-letters-kept" });
  expect(await violations(deadLetters, [sample])).toHaveLength(1);
  expect(await violations(deadLetters, [sample], { heldSuffix: "-kept" })).toEqual([]);
});

test("a push subscription is not exempt whatever its name", async () => {
  const sample = subscription({ name: "servio-anything-held", pushConfig: { pushEndpoint: UNKNOWN } });
  expect(await violations(deadLetters, [sample])).toHaveLength(1);
});
