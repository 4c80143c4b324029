import { expect, test } from "vitest";
import { noPlainSecrets } from "./no-plain-secrets.ts";
import { type Sample, UNKNOWN, violations } from "./testing.ts";
import { FUNCTION, SERVICE } from "./types.ts";

function service(...envs: object[]): Sample {
  return { type: SERVICE, name: "api", props: { template: { containers: [{ envs }] } } };
}

test("a secret from Secret Manager passes, even while its version is unknown", async () => {
  const reference = { secretKeyRef: { secret: "servio-whatsapp-token", version: UNKNOWN } };
  expect(await violations(noPlainSecrets, [service({ name: "WHATSAPP_TOKEN", valueSource: reference })])).toEqual([]);
});

test("a plain value passes, even while it is unknown", async () => {
  expect(await violations(noPlainSecrets, [service({ name: "TASKS_CALLER", value: UNKNOWN })])).toEqual([]);
});

test("a number of a model's tokens passes, a token does not", async () => {
  const named = (name: string) => violations(noPlainSecrets, [service({ name, value: "8000" })]);
  expect(await named("GEMINI_HISTORY_TOKENS")).toEqual([]);
  expect(await named("GEMINI_TOKEN")).toHaveLength(1);
});

test("a secret as a plain value is refused", async () => {
  expect(await violations(noPlainSecrets, [service({ name: "WHATSAPP_TOKEN", value: UNKNOWN })])).toEqual([
    "wanted: WHATSAPP_TOKEN from Secret Manager, at a pinned version\nfound:  a plain value in envs of api\n" +
      "change: add WHATSAPP_TOKEN to SECRET_NAMES in app/environment.ts and to the secrets in infra/environment.ts",
  ]);
});

test.each(["SENDGRID_API_KEY", "SLACK_TOKEN", "DB_PASSWORD", "SIGNING_SECRET"])(
  "%s looks like a secret and is refused as a plain value",
  async (name) => {
    expect(await violations(noPlainSecrets, [service({ name, value: "example" })])).toHaveLength(1);
  },
);

test("a public name passes because the policy's settings say so", async () => {
  const sample = service({ name: "FIREBASE_API_KEY", value: "example" });
  expect(await violations(noPlainSecrets, [sample])).toEqual([]);
  expect(await violations(noPlainSecrets, [sample], { publicNames: [] })).toHaveLength(1);
});

test("a name that the app lists as a secret is refused whatever the settings say", async () => {
  const sample = service({ name: "GEMINI_API_KEY", value: "example" });
  expect(await violations(noPlainSecrets, [sample], { publicNames: ["GEMINI_API_KEY"] })).toHaveLength(1);
});

test("a function's variables are held to the same, of its service and of its build", async () => {
  const environmentVariables = { LOG_LEVEL: "info", META_APP_SECRET: UNKNOWN };
  const fn = (props: object): Sample => ({ type: FUNCTION, name: "webhook", props: { ...props } });
  const [found] = await violations(noPlainSecrets, [fn({ serviceConfig: { environmentVariables } })]);
  expect(found).toContain("found:  a plain value in serviceConfig.environmentVariables of webhook");
  expect(await violations(noPlainSecrets, [fn({ buildConfig: { environmentVariables } })])).toHaveLength(1);
  expect(await violations(noPlainSecrets, [fn({ serviceConfig: {}, buildConfig: {} })])).toEqual([]);
});
