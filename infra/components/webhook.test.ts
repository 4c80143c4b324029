import { expect, test } from "vitest";
import { runProgram } from "../testing.ts";

const run = await runProgram({ settings: { webhookMinInstances: "1", webhookMaxInstances: "5" } });

test("the function runs the archive with a whole CPU, so that one instance takes a burst", () => {
  expect(run.one("gcp:cloudfunctionsv2/function:Function", "webhook").inputs).toEqual({
    project: "example-project",
    location: "us-west1",
    name: "servio-webhook",
    description: "Receives the webhooks of WhatsApp, Instagram and Messenger",
    labels: { app: "servio-omnichannel", env: "test", part: "webhook", "managed-by": "pulumi" },
    buildConfig: {
      runtime: "nodejs24",
      entryPoint: "omnichannelWebhook",
      serviceAccount: "projects/example-project/serviceAccounts/servio-build@example-project.iam.gserviceaccount.com",
      source: {
        storageSource: { bucket: "example-project-servio-artifacts", object: "webhook-bbbbbbbbbbbbbbbb.zip" },
      },
    },
    serviceConfig: {
      serviceAccountEmail: "servio-webhook@example-project.iam.gserviceaccount.com",
      environmentVariables: {
        GOOGLE_CLOUD_PROJECT: "example-project",
        SERVIO_ENVIRONMENT: "test",
        REPLIES_TOPIC: "servio-replies",
        INBOUND_FALLBACK_TOPIC: "servio-inbound-fallback",
        LOG_LEVEL: "info",
      },
      secretEnvironmentVariables: ["META_APP_SECRET", "OMNI_WEBHOOK_SECRET"].map((key) => ({
        key,
        projectId: "example-project",
        secret: `servio-${key.toLowerCase().replaceAll("_", "-")}`,
        version: "1",
      })),
      availableCpu: "1",
      availableMemory: "512Mi",
      maxInstanceRequestConcurrency: 40,
      minInstanceCount: 1,
      maxInstanceCount: 5,
      timeoutSeconds: 30,
      ingressSettings: "ALLOW_ALL",
      allTrafficOnLatestRevision: true,
    },
  });
});

test("Meta may call it", () => {
  expect(run.one("gcp:cloudrunv2/serviceIamMember:ServiceIamMember", "webhook-public").inputs).toEqual({
    project: "example-project",
    location: "us-west1",
    name: "servio-webhook",
    role: "roles/run.invoker",
    member: "allUsers",
  });
});
