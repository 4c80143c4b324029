import { expect, test } from "vitest";
import { runProgram } from "../testing.ts";

const run = await runProgram({
  settings: {
    queueAckDeadlineSeconds: "90",
    queueMinBackoffSeconds: "1",
    queueMaxBackoffSeconds: "60",
    queueMaxDeliveryAttempts: "7",
  },
});

const agent = "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com";

test.each([
  ["replies", "/tasks/replies"],
  ["inbound-fallback", "/tasks/inbound"],
])("%s are pushed to %s with a signed identity, retried as set, and laid aside at last", (queue, path) => {
  expect(run.one("gcp:pubsub/subscription:Subscription", queue).inputs).toEqual({
    project: "example-project",
    name: `servio-${queue}`,
    labels: { app: "servio-omnichannel", env: "test", part: "queues", "managed-by": "pulumi" },
    topic: `projects/example-project/topics/servio-${queue}`,
    pushConfig: {
      pushEndpoint: `https://servio-api-example.a.run.app${path}`,
      oidcToken: {
        serviceAccountEmail: "servio-tasks@example-project.iam.gserviceaccount.com",
        audience: "https://tasks.test.example-project.internal",
      },
    },
    ackDeadlineSeconds: 90,
    retryPolicy: { minimumBackoff: "1s", maximumBackoff: "60s" },
    deadLetterPolicy: {
      deadLetterTopic: "projects/example-project/topics/servio-dead-letters",
      maxDeliveryAttempts: 7,
    },
    expirationPolicy: { ttl: "" },
    messageRetentionDuration: "604800s",
    enableMessageOrdering: false,
  });
});

test("Pub/Sub itself may sign as the caller and move dead letters, and nothing else", () => {
  const rights = run.resources
    .filter(({ inputs }) => inputs.member === agent)
    .map(({ name, inputs }) => `${name}: ${inputs.role}`);
  expect(rights).toEqual([
    "inbound-fallback-agent: roles/pubsub.subscriber",
    "replies-agent: roles/pubsub.subscriber",
    "dead-letters-agent: roles/pubsub.publisher",
    "tasks-token-creator: roles/iam.serviceAccountTokenCreator",
  ]);
});
