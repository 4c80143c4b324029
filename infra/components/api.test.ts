import { expect, test } from "vitest";
import { runProgram } from "../testing.ts";

const run = await runProgram({ settings: { apiMinInstances: "1", apiMaxInstances: "4" } });
const labels = { app: "servio-omnichannel", env: "test", part: "api", "managed-by": "pulumi" };
const service = run.one("gcp:cloudrunv2/service:Service", "api").inputs;
const template = service.template as Record<string, unknown> & { containers: Record<string, unknown>[] };
const container = template.containers[0] ?? {};

test("the service is reached by everyone, and by the caller under a name known before its URL", () => {
  const { template: _, ...rest } = service;
  expect(rest).toEqual({
    project: "example-project",
    location: "us-west1",
    name: "servio-api",
    description: "Servio.AI Omnichannel: API, inbox and workers",
    labels,
    ingress: "INGRESS_TRAFFIC_ALL",
    customAudiences: ["https://tasks.test.example-project.internal"],
    deletionProtection: false,
    traffics: [{ type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", percent: 100 }],
  });
});

test("it scales within the bounds set, under its own account", () => {
  const { containers: _, ...rest } = template;
  expect(rest).toEqual({
    labels,
    serviceAccount: "servio-api@example-project.iam.gserviceaccount.com",
    timeout: "300s",
    maxInstanceRequestConcurrency: 80,
    scaling: { minInstanceCount: 1, maxInstanceCount: 4 },
  });
});

test("one container runs the archive on Google's base image, its CPU paid for only at work", () => {
  const { envs: _, ...rest } = container;
  expect(template.containers).toHaveLength(1);
  expect(rest).toEqual({
    image: "scratch",
    baseImageUri: "us-west1-docker.pkg.dev/serverless-runtimes/google-24-full/runtimes/nodejs24",
    commands: ["node"],
    args: ["index.js"],
    sourceCode: {
      cloudStorageSource: {
        bucket: "example-project-servio-artifacts",
        object: "api-aaaaaaaaaaaaaaaa.tar.gz",
        generation: "1",
      },
    },
    resources: { limits: { cpu: "1", memory: "512Mi" }, cpuIdle: true, startupCpuBoost: true },
    startupProbe: { httpGet: { path: "/healthz" }, periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 60 },
    livenessProbe: { httpGet: { path: "/healthz" }, periodSeconds: 30, timeoutSeconds: 5, failureThreshold: 3 },
  });
});

test("a secret comes from Secret Manager at the version just made", () => {
  expect(container.envs).toContainEqual({
    name: "GEMINI_API_KEY",
    valueSource: { secretKeyRef: { secret: "servio-gemini-api-key", version: "1" } },
  });
});

test("what other parts made is handed on", () => {
  expect(container.envs).toEqual(
    expect.arrayContaining([
      { name: "FIREBASE_API_KEY", value: "example-web-key" },
      { name: "REPLIES_TOPIC", value: "servio-replies" },
      { name: "TASKS_AUDIENCE", value: "https://tasks.test.example-project.internal" },
      { name: "TASKS_CALLER", value: "servio-tasks@example-project.iam.gserviceaccount.com" },
    ]),
  );
});
