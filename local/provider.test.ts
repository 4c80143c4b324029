import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, test } from "vitest";
import { SAMPLES, secret } from "./provider.samples.ts";
import { createProvider, HANDLERS, type LocalProvider } from "./provider.ts";
import { type FakeCloud, fakeCloud, tarGz } from "./testing.ts";
import type { Values } from "./wire.ts";

let cloud: FakeCloud;
let provider: LocalProvider;

beforeAll(async () => {
  cloud = await fakeCloud();
  provider = createProvider(cloud);
  cloud.rulesets.set("projects/demo-servio/rulesets/known", "rules_version = '2';");
  cloud.secrets.put("hush", "whisper");
  const path = await tarGz({ "index.js": "" });
  await cloud.objects.put("archives", "app.tar.gz", { kind: "file", path, original: undefined });
});

async function make(type: string, inputs: Values) {
  const checked = await provider.check({ type, name: "sample", inputs });
  expect(checked.failures).toEqual([]);
  return provider.create({ type, name: "sample", inputs: checked.inputs });
}

describe("each type returns what the real provider always returns", () => {
  test("there is a sample for every handler", () => {
    expect(Object.keys(SAMPLES).sort()).toEqual(Object.keys(HANDLERS).sort());
  });

  test.each(Object.keys(HANDLERS))("%s", async (type) => {
    const { declared, always } = outputsOf(type);
    const { id, outputs } = await make(type, SAMPLES[type] ?? {});
    const returned = Object.keys(outputs).filter((name) => outputs[name] !== undefined);
    expect(id).not.toBe("");
    expect(always.filter((name) => !returned.includes(name))).toEqual([]);
    expect(HANDLERS[type]?.computed.filter((name) => !returned.includes(name))).toEqual([]);
    // Only write-only and purely optional inputs may be named here without being outputs of the type.
    expect(returned.filter((name) => !declared.includes(name))).toEqual([]);
  });
});

describe("secrets", () => {
  test("stay wrapped where they came in, and where the type makes them", async () => {
    const version = await make(
      "gcp:secretmanager/secretVersion:SecretVersion",
      SAMPLES["gcp:secretmanager/secretVersion:SecretVersion"] ?? {},
    );
    expect(version.outputs.secretData).toEqual(secret("whisper"));
    const key = await make("gcp:projects/apiKey:ApiKey", { name: "web" });
    expect(key.outputs.keyString).toEqual(secret(expect.stringMatching(/^local-[\da-f]{24}$/)));
  });

  test("reach the process that declares them, and nothing else does", async () => {
    cloud.started.length = 0;
    await make("gcp:cloudrunv2/service:Service", SAMPLES["gcp:cloudrunv2/service:Service"] ?? {});
    const [spec] = cloud.started;
    expect(Object.keys(spec?.env ?? {}).sort()).toEqual([
      "FIREBASE_AUTH_EMULATOR_HOST",
      "FIRESTORE_EMULATOR_HOST",
      "GOOGLE_CLOUD_PROJECT",
      "HOME",
      "HUSH",
      "K_CONFIGURATION",
      "K_REVISION",
      "K_SERVICE",
      "LANG",
      "METADATA_SERVER_DETECTION",
      "NODE_OPTIONS",
      "PATH",
      "PLAIN",
      "PORT",
      "PUBSUB_EMULATOR_HOST",
      "STORAGE_EMULATOR_HOST",
      "TZ",
    ]);
    expect(spec?.env).toMatchObject({
      HUSH: "whisper",
      PLAIN: "value",
      K_SERVICE: "api",
      PORT: String(cloud.ports.api),
    });
    expect(spec).toMatchObject({ command: process.execPath, args: ["index.js"], readyPath: "/healthz" });
  });
});

describe("what is wrong is told", () => {
  test("a type without a handler", async () => {
    await expect(
      provider.check({ type: "gcp:redis/instance:Instance", name: "cache", inputs: {} }),
    ).rejects.toMatchObject({
      code: "type_unsupported",
      message: expect.stringContaining("cache is a gcp:redis/instance:Instance"),
    });
  });

  test("a function of the provider that nobody answers", async () => {
    await expect(provider.invoke("gcp:dns/getKeys:getKeys", {})).rejects.toMatchObject({ code: "invoke_unsupported" });
  });

  test("inputs that the type does not take, by property", async () => {
    const { failures } = await provider.check({
      type: "gcp:pubsub/subscription:Subscription",
      name: "s",
      inputs: { name: "ok-name", topic: "t", ackDeadlineSeconds: 5, deadLetterPolicy: { maxDeliveryAttempts: 3 } },
    });
    expect(failures.map(({ property }) => property)).toEqual([
      "ackDeadlineSeconds",
      "deadLetterPolicy.maxDeliveryAttempts",
    ]);
  });

  test("a release of a ruleset that does not exist", async () => {
    await expect(
      make("gcp:firebaserules/release:Release", { name: "cloud.firestore", rulesetName: "gone" }),
    ).rejects.toMatchObject({ code: "ruleset_missing" });
  });
});

test("names that the program leaves open are the same each time", async () => {
  const name = async () =>
    (await provider.check({ type: "gcp:pubsub/topic:Topic", name: "jobs", inputs: {} })).inputs.name;
  expect(await name()).toBe(await name());
  expect(await name()).toMatch(/^jobs-[\da-f]{7}$/);
});

test("what a preview cannot know is not validated", async () => {
  const inputs = { name: "x", location: pulumi.runtime.unknownValue };
  expect(await provider.check({ type: "gcp:cloudrunv2/service:Service", name: "s", inputs })).toEqual({
    inputs,
    failures: [],
  });
});

/** The output properties of a resource class, from its own type file: all, and those that are never undefined. */
function outputsOf(type: string): { declared: string[]; always: string[] } {
  const [, module = ""] = type.split(":");
  // `firestore/index` is the whole module's file, and names with capitals at their head lose them.
  const path = (file: string) => join(import.meta.dirname, `../node_modules/@pulumi/gcp/${file}.d.ts`);
  const file = path(module === "firestore/index" ? "firestore/index_" : module);
  const source = readFileSync(existsSync(file) ? file : path(module.toLowerCase()), "utf8");
  const body = source.slice(source.indexOf("export declare class"), source.indexOf("constructor(name: string"));
  const properties = [...body.matchAll(/readonly (\w+): pulumi\.Output<([\s\S]*?)>;\n/g)];
  return {
    declared: properties.map(([, name = ""]) => name),
    always: properties.filter(([, , kind = ""]) => !/\| undefined$/.test(kind)).map(([, name = ""]) => name),
  };
}
