import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { KEYS } from "./config/keys.ts";
import { REGIONS } from "./config/regions.ts";
import { SECRET_KEYS } from "./config/secret-keys.ts";
import { own, problems } from "./config/testing.ts";
import { ConfigError, readConfig } from "./config.ts";
import { EXAMPLE_SETTINGS, exampleConfig, settingsOf } from "./testing.ts";

test("the required settings are enough, and the rest have these defaults", () => {
  const { secrets, alertSecrets, ...settings } = exampleConfig();
  expect(alertSecrets).toEqual({});
  expect(settings).toEqual({
    project: "example-project",
    region: "us-west1",
    environment: "test",
    labels: {},
    graphBaseUrl: "https://graph.facebook.com",
    graphApiVersion: "v26.0",
    whatsappPhoneId: "100000000000001",
    metaPageId: "100000000000002",
    instagramAccountId: "100000000000003",
    geminiBaseUrl: "https://generativelanguage.googleapis.com",
    geminiModel: "gemini-3.5-flash-lite",
    geminiTemperature: 1,
    geminiMaxOutputTokens: 1024,
    geminiHistoryTokens: 3000,
    answerDeadlineSeconds: 8,
    replyDomains: ["servio.ai"],
    maskIaLogs: true,
    handoffTimeoutMinutes: 30,
    oidcCertsUrl: "https://www.googleapis.com/oauth2/v1/certs",
    sendGridBaseUrl: "https://api.sendgrid.com",
    emailFrom: "none",
    adminEmails: [],
    publicUrl: undefined,
    siteUrl: "https://servio.ai",
    webchatAllowedOrigins: [],
    automationTimeZone: "America/Sao_Paulo",
    automationQuietHours: "21:00-08:00",
    automationPauseHours: 24,
    logLevel: "info",
    apiMinInstances: 0,
    apiMaxInstances: 10,
    webhookMinInstances: 0,
    webhookMaxInstances: 10,
    dataProtection: "throwaway",
    artifactRetentionDays: 7,
    backupRetentionDays: 14,
    attachmentRetentionDays: 365,
    queueMaxDeliveryAttempts: 15,
    queueAckDeadlineSeconds: 60,
    queueMinBackoffSeconds: 10,
    queueMaxBackoffSeconds: 600,
    deadLetterRetentionDays: 14,
    schedulesEnabled: true,
    inboxDomains: [],
    signInExists: false,
    selfSignUp: false,
    customDomain: undefined,
    edgeRequestsPerMinute: 1200,
    alertEmails: ["sre@example.com"],
    alertSlackChannel: undefined,
    alertPubSub: false,
    runbooksUrl: undefined,
    billingAccount: undefined,
    monthlyBudgetUsd: 100,
  });
  expect(Object.keys(secrets)).toEqual(Object.keys(SECRET_KEYS));
});

test("data is guarded unless the stack says otherwise", () => {
  const { [own("dataProtection")]: _, ...settings } = EXAMPLE_SETTINGS;
  expect(readConfig((key) => settings[key]).dataProtection).toBe("guarded");
});

test("secrets are marked, so that state encrypts them and previews hide them", async () => {
  const marked = Object.values(exampleConfig().secrets).map((secret) => pulumi.isSecret(secret));
  expect(await Promise.all(marked)).toEqual(marked.map(() => true));
});

test("the configuration cannot be changed after it was read", () => {
  const config = exampleConfig({ labels: "team=example", inboxDomains: "inbox.example.com" });
  expect([config, config.secrets, config.labels, config.inboxDomains].map(Object.isFrozen)).toEqual([
    true,
    true,
    true,
    true,
  ]);
});

test("everything that is missing is reported at once", () => {
  const found = () => readConfig(() => undefined);
  expect(found).toThrow(ConfigError);
  const missing = problems(Object.fromEntries(Object.keys(EXAMPLE_SETTINGS).map((key) => [key, undefined])));
  const required = Object.values(KEYS).filter((key) => key.fallback === undefined);
  expect(missing.map((problem) => problem.key)).toEqual([
    ...required.map((key) => key.key),
    ...Object.values(SECRET_KEYS).flatMap(({ key, fallback }) => (fallback === undefined ? [key] : [])),
  ]);
});

test("a problem says what was seen, what is expected, and the command that mends it", () => {
  expect(problems({ "gcp:project": "Example Project", [own("metaAppSecret")]: undefined })).toEqual([
    {
      key: "gcp:project",
      seen: '"Example Project"',
      expected: "the id of an existing Google Cloud project (6 to 30 of a-z, 0-9 and -)",
      fix: "pulumi config set gcp:project my-project-id",
    },
    {
      key: own("metaAppSecret"),
      seen: "nothing",
      expected: "the Meta app's secret; `new,old` while it is rotated",
      fix: "pulumi config set --secret servio-omnichannel:metaAppSecret",
    },
  ]);
});

test("the message is the report, and Pulumi prints it without a stack", () => {
  const error = new ConfigError(problems({ "gcp:region": "Oregon" }));
  expect(error.message).toBe(
    "The configuration of this stack has a problem:\n\n  gcp:region\n" +
      '    seen:     "Oregon"\n    expected: a Google Cloud region with Cloud Functions, one of infra/config/regions.ts\n    fix:      pulumi config set gcp:region us-west1',
  );
  expect(pulumi.RunError.isInstance(error)).toBe(true);
});

test("a secret's value is never part of a problem", () => {
  const value = " copied with a space";
  const [problem] = problems({ [own("geminiApiKey")]: value });
  expect(problem?.seen).toBe("a text of 20 characters, with spaces, one value");
  expect(JSON.stringify(problem)).not.toContain(value.trim());
});

test.each(["new,old", "only"])("a shared secret takes %j", (value) => {
  expect(problems({ [own("metaAppSecret")]: value })).toEqual([]);
});

test.each(["new, old", "new,", ",old", "one,two,three", "same,same"])("a shared secret refuses %j", (value) => {
  expect(problems({ [own("metaAppSecret")]: value }).map((problem) => problem.key)).toEqual([own("metaAppSecret")]);
});

test("a secret in plain text is refused where it can be told", () => {
  const encrypted = Object.values(SECRET_KEYS).map((key) => key.key);
  expect(problems({}, encrypted)).toEqual([]);
  const [problem, ...more] = problems({}, encrypted.slice(1));
  expect(more).toEqual([]);
  expect(problem).toMatchObject({ key: own("metaAppSecret"), seen: "plain text" });
});

test("a misspelt key is reported instead of ignored", () => {
  const [problem, ...more] = problems({ [own("apiMaxInstance")]: "3" });
  expect(more).toEqual([]);
  expect(problem).toMatchObject({ key: own("apiMaxInstance"), fix: `pulumi config rm ${own("apiMaxInstance")}` });
});

test("another program's keys are no concern of this one", () => {
  expect(problems({ "gcp:zone": "us-west1-a", "other:key": "x" })).toEqual([]);
});

test.each([
  ["apiMaxInstances", "0"],
  ["apiMaxInstances", "101"],
  ["apiMinInstances", "-1"],
  ["apiMinInstances", "1.5"],
  ["apiMinInstances", ""],
  ["queueMaxDeliveryAttempts", "4"],
  ["queueAckDeadlineSeconds", "601"],
  ["artifactRetentionDays", "3"],
  ["schedulesEnabled", "yes"],
  ["logLevel", "verbose"],
  ["graphApiVersion", "26"],
  ["graphBaseUrl", "http://graph.facebook.com"],
  ["geminiModel", "gpt-example"],
  ["geminiTemperature", "2.1"],
  ["geminiTemperature", "warm"],
  ["geminiMaxOutputTokens", "10"],
  ["answerDeadlineSeconds", "21"],
  ["replyDomains", "https://servio.ai"],
  ["handoffTimeoutMinutes", "1381"],
  ["inboxDomains", "https://inbox.example.com"],
  ["customDomain", "localhost"],
  ["customDomain", `${"a".repeat(53)}.example.com`],
  ["labels", "Team=omni"],
  ["labels", "team"],
  ["labels", "team="],
  ["whatsappPhoneId", "+55 11 90000-0001"],
  ["environment", "Prod"],
])("%s refuses %j", (name, value) => {
  expect(problems({ [own(name)]: value }).map((problem) => problem.key)).toEqual([own(name)]);
});

test("every example and every default is one that would be accepted", () => {
  for (const key of Object.values(KEYS)) {
    expect(key.schema.safeParse(key.example).success, key.key).toBe(true);
    if (key.fallback !== undefined) expect(key.schema.safeParse(key.fallback).success, key.key).toBe(true);
  }
});

test("a URL loses its trailing slash, so that paths can follow it", () => {
  expect(exampleConfig({ graphBaseUrl: "http://127.0.0.1:4402/graph/" }).graphBaseUrl).toBe(
    "http://127.0.0.1:4402/graph",
  );
});

test("the stack of this machine is valid as it stands", () => {
  const settings = settingsOf("local");
  const config = readConfig((key) => settings[key], { keys: Object.keys(settings) });
  expect(config).toMatchObject({ project: "demo-servio", environment: "local", dataProtection: "throwaway" });
});

test.each(["dev", "prod"])("the example of a stack %s lacks nothing but its secrets", (stack) => {
  const settings = settingsOf(stack);
  const keys = Object.keys(settings);
  expect(() => readConfig((key) => settings[key], { keys })).toThrow("has 6 problems");
  const secrets = new Map(Object.values(SECRET_KEYS).map(({ key }) => [key, EXAMPLE_SETTINGS[key]]));
  expect(readConfig((key) => settings[key] ?? secrets.get(key), { keys })).toMatchObject({ environment: stack });
});

test("a region has what the stack needs, as far as Google's own tool knows", () => {
  const file = new URL("../node_modules/firebase-tools/lib/deploy/functions/pricing.js", import.meta.url);
  const [, table = ""] = /V2_REGION_TO_TIER = \{([^}]*)\}/.exec(readFileSync(file, "utf8")) ?? [];
  const known = [...table.matchAll(/"([a-z0-9-]+)":/g)].map(([, region = ""]) => region);
  expect([...REGIONS]).toEqual(known.sort());
  expect(problems({ "gcp:region": "us-west9" }).map((problem) => problem.key)).toEqual(["gcp:region"]);
});
