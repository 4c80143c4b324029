import { expect, test } from "vitest";
import { runProgram } from "../testing.ts";

const run = await runProgram({ settings: { deadLetterRetentionDays: "7" } });
const labels = { app: "servio-omnichannel", env: "test", part: "queues", "managed-by": "pulumi" };

test.each(["replies", "inbound-fallback", "dead-letters"])("the topic %s keeps its messages in the region", (name) => {
  expect(run.one("gcp:pubsub/topic:Topic", name).inputs).toEqual({
    project: "example-project",
    name: `servio-${name}`,
    labels,
    messageStoragePolicy: { allowedPersistenceRegions: ["us-west1"] },
  });
});

test("dead letters wait for the days set, in a subscription that never expires and calls nobody", () => {
  expect(run.one("gcp:pubsub/subscription:Subscription", "dead-letters-held").inputs).toEqual({
    project: "example-project",
    name: "servio-dead-letters-held",
    labels,
    topic: "projects/example-project/topics/servio-dead-letters",
    messageRetentionDuration: "604800s",
    ackDeadlineSeconds: 60,
    expirationPolicy: { ttl: "" },
  });
});
