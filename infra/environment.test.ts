import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { apiEnvironment, SECRET_NAMES, webhookEnvironment } from "../app/environment.ts";
import { API_SECRETS, apiValues, containerVariables, WEBHOOK_SECRETS, webhookValues } from "./environment.ts";
import { exampleConfig, runProgram } from "./testing.ts";

const shared = { repliesTopic: "servio-replies", inboundFallbackTopic: "servio-inbound-fallback" };
const parts = {
  ...shared,
  tasksAudience: "https://tasks.test.example-project.internal",
  tasksCaller: "servio-tasks@example-project.iam.gserviceaccount.com",
  publicUrl: "https://servio-api-100000000000.us-west1.run.app",
  firebaseApiKey: "example-web-key",
  firebaseAuthDomain: "example-project.firebaseapp.com",
  attachmentsBucket: "example-project-servio-attachments",
};
const secretValues = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, name.endsWith("_URL") ? "https://example.com/secret" : "example"]));

test("the API accepts what the stack gives it, and is given nothing else", () => {
  const given = { ...apiValues(exampleConfig(), parts), ...secretValues(API_SECRETS) };
  expect(apiEnvironment.strict().safeParse(given).error?.issues).toBeUndefined();
});

test("the webhook accepts what the stack gives it, and is given nothing else", () => {
  const given = { ...webhookValues(exampleConfig(), shared), ...secretValues(WEBHOOK_SECRETS) };
  expect(webhookEnvironment.strict().safeParse(given).error?.issues).toBeUndefined();
});

test("the webhook has no secret that can send", () => {
  expect(WEBHOOK_SECRETS).toEqual(["META_APP_SECRET", "OMNI_WEBHOOK_SECRET"]);
  expect([...API_SECRETS].sort()).toEqual([...SECRET_NAMES].sort());
});

test("plain values and secrets become one sorted list", () => {
  const reference = { secret: "servio-gemini-api-key", version: "2" };
  const references = Object.fromEntries(SECRET_NAMES.map((name) => [name, reference])) as Record<
    (typeof SECRET_NAMES)[number],
    typeof reference
  >;
  expect(containerVariables({ LOG_LEVEL: "info", A: "1" }, ["GEMINI_API_KEY"], references)).toEqual([
    { name: "A", value: "1" },
    { name: "GEMINI_API_KEY", valueSource: { secretKeyRef: reference } },
    { name: "LOG_LEVEL", value: "info" },
  ]);
});

interface ServiceInputs {
  readonly template: { readonly containers: readonly { readonly envs: readonly { readonly name: string }[] }[] };
}
interface FunctionInputs {
  readonly serviceConfig: {
    readonly environmentVariables: Readonly<Record<string, string>>;
    readonly secretEnvironmentVariables: readonly { readonly key: string }[];
  };
}

test.each([
  ["by default", {}],
  ["with everything there is", { customDomain: "omni.example.com", inboxDomains: "inbox.example.com" }],
])("what is declared has exactly the variables that its code demands (%s)", async (_, settings) => {
  const run = await runProgram({ settings });
  const service = run.one("gcp:cloudrunv2/service:Service", "api").inputs as unknown as ServiceInputs;
  const called = run.one("gcp:cloudfunctionsv2/function:Function", "webhook").inputs as unknown as FunctionInputs;
  const { environmentVariables, secretEnvironmentVariables } = called.serviceConfig;
  expect({
    api: service.template.containers.flatMap(({ envs }) => envs.map(({ name }) => name)).sort(),
    webhook: [...Object.keys(environmentVariables), ...secretEnvironmentVariables.map(({ key }) => key)].sort(),
  }).toEqual({
    api: Object.keys(apiEnvironment.shape).sort(),
    webhook: Object.keys(webhookEnvironment.shape).sort(),
  });
});

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const sources = globSync("app/**/*.ts", { cwd: ROOT })
  .filter((file) => !/\.test\.ts$|\/(testing|evaluation)\/|\/cli\.ts$|^app\/environment\.ts$/.test(file))
  .map((file) => ({ file, text: readFileSync(`${ROOT}${file}`, "utf8") }));

test("the app reads every variable that it demands", () => {
  expect(
    Object.keys(apiEnvironment.shape).filter(
      (name) => !sources.some(({ text }) => new RegExp(`\\b${name}\\b`).test(text)),
    ),
  ).toEqual([]);
});

/** What Cloud Run, and emulators or a person at a laptop in its place, set by themselves. */
const GIVEN = ["PORT", "HOST", "K_SERVICE", "K_REVISION", "FIRESTORE_EMULATOR_HOST"];

test("and reads no other", () => {
  const reads = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/process\.env\.(\w+)|process\.env\["(\w+)"\]/g)].map(([, dot, bracket]) => ({
      file,
      name: dot ?? bracket ?? "",
    })),
  );
  expect(reads.filter(({ name }) => !GIVEN.includes(name))).toEqual([]);
});
