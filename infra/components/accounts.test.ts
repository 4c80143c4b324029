import { expect, test } from "vitest";
import { runProgram } from "../testing.ts";

const run = await runProgram();

/** Every role that an account holds, and on what. */
function rightsOf(account: string): string[] {
  const member = `serviceAccount:${account}@example-project.iam.gserviceaccount.com`;
  return run.resources
    .filter(({ inputs }) => inputs.member === member)
    .map(
      ({ inputs }) =>
        `${inputs.role} on ${inputs.secretId ?? inputs.bucket ?? inputs.topic ?? inputs.name ?? inputs.project}`,
    )
    .sort();
}

test("the API may do what its environment names, and nothing else", () => {
  expect(rightsOf("servio-api")).toEqual([
    "roles/datastore.user on example-project",
    "roles/firebaseauth.admin on example-project",
    "roles/monitoring.metricWriter on example-project",
    "roles/monitoring.viewer on example-project",
    "roles/pubsub.publisher on servio-inbound-fallback",
    "roles/pubsub.publisher on servio-replies",
    "roles/secretmanager.secretAccessor on servio-gemini-api-key",
    "roles/secretmanager.secretAccessor on servio-meta-access-token",
    "roles/secretmanager.secretAccessor on servio-meta-app-secret",
    "roles/secretmanager.secretAccessor on servio-omni-automation-secret",
    "roles/secretmanager.secretAccessor on servio-omni-webhook-secret",
    "roles/secretmanager.secretAccessor on servio-sendgrid-api-key",
    "roles/secretmanager.secretAccessor on servio-slack-webhook-url",
    "roles/secretmanager.secretAccessor on servio-webchat-identity-secret",
    "roles/secretmanager.secretAccessor on servio-whatsapp-token",
    "roles/storage.objectUser on example-project-servio-attachments",
  ]);
});

test("the webhook may store and queue, and has nothing to send with", () => {
  expect(rightsOf("servio-webhook")).toEqual([
    "roles/datastore.user on example-project",
    "roles/pubsub.publisher on servio-inbound-fallback",
    "roles/pubsub.publisher on servio-replies",
    "roles/secretmanager.secretAccessor on servio-meta-app-secret",
    "roles/secretmanager.secretAccessor on servio-omni-webhook-secret",
  ]);
});

test("the caller may call the API, and nothing else", () => {
  expect(rightsOf("servio-tasks")).toEqual(["roles/run.invoker on servio-api"]);
});

test("the builder reads sources, writes images and logs, and is not the account of what it builds", () => {
  expect(rightsOf("servio-build")).toEqual([
    "roles/artifactregistry.writer on example-project",
    "roles/logging.logWriter on example-project",
    "roles/storage.objectViewer on example-project",
  ]);
  const { condition } = run.one("gcp:projects/iAMMember:IAMMember", "accounts-build-sources").inputs;
  expect(condition).toMatchObject({
    expression: 'resource.name.startsWith("projects/_/buckets/gcf-v2-sources-")',
  });
});
