import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, test } from "vitest";
import { createProvider } from "../provider.ts";
import { type FakeCloud, fakeCloud } from "../testing.ts";
import { deploy, type ProgressEvent } from "./embedded.ts";

let cloud: FakeCloud;
let events: ProgressEvent[];

beforeEach(async () => {
  cloud = await fakeCloud();
  events = [];
});

function run<T>(program: () => T | Promise<T>) {
  const onProgress = (event: ProgressEvent) => void events.push(event);
  return deploy({ project: "sample", stack: "local", provider: createProvider(cloud), program, onProgress });
}

test("outputs come back plain, resources in the order in which they became ready", async () => {
  const { outputs, resources } = await run(() => {
    const topic = new gcp.pubsub.Topic("jobs", { name: "jobs" });
    const subscription = new gcp.pubsub.Subscription("worker", { name: "worker", topic: topic.id });
    const secret = new gcp.secretmanager.Secret("token", { secretId: "token", replication: { auto: {} } });
    const version = new gcp.secretmanager.SecretVersion("token", {
      secret: secret.id,
      secretData: pulumi.secret("whisper"),
    });
    const number = gcp.organizations.getProjectOutput({ projectId: "demo-servio" }).number;
    return { topic: topic.name, nested: { subscription: subscription.id, data: version.secretData }, number, plain: 1 };
  });
  expect(outputs).toEqual({
    topic: "jobs",
    nested: { subscription: "projects/demo-servio/subscriptions/worker", data: "whisper" },
    number: "100000000000",
    plain: 1,
  });
  expect(resources.map(({ name }) => name)).toEqual(expect.arrayContaining(["jobs", "worker", "token"]));
  expect(resources.findIndex(({ name }) => name === "jobs")).toBeLessThan(
    resources.findIndex(({ name }) => name === "worker"),
  );
  expect(cloud.pubsubCalls.map(({ key }) => key)).toEqual(["topics/jobs", "subscriptions/worker"]);
  expect(cloud.pubsubCalls[1]?.body).toMatchObject({ topic: "projects/demo-servio/topics/jobs" });
});

test("a resource that no output depends on is made too, and what it depends on comes first", async () => {
  await run(() => {
    const topic = new gcp.pubsub.Topic("first", { name: "first" });
    new gcp.pubsub.Topic("second", { name: "second" }, { dependsOn: topic });
  });
  expect(cloud.pubsubCalls.map(({ key }) => key)).toEqual(["topics/first", "topics/second"]);
});

test("progress tells of each resource when it begins and when it is ready", async () => {
  await run(() => void new gcp.pubsub.Topic("jobs", { name: "jobs" }));
  const resource = { type: "gcp:pubsub/topic:Topic", name: "jobs" };
  expect(events).toEqual([
    { type: "registered", resource },
    { type: "ready", resource, id: "projects/demo-servio/topics/jobs", elapsedMs: expect.any(Number) },
  ]);
});

describe("a failure", () => {
  test("names the resource, says what to mend, and what depends on it is not made", async () => {
    const failing = run(() => {
      const version = new gcp.secretmanager.SecretVersion("empty", { secret: "projects/p/secrets/none" });
      new gcp.pubsub.Topic("after", { name: "after-it" }, { dependsOn: version });
    });
    await expect(failing).rejects.toMatchObject({
      code: "resource_failed",
      message: expect.stringMatching(
        /^empty \(gcp:secretmanager\/secretVersion:SecretVersion\) was not created\.\n.*Set secretData/s,
      ),
    });
    expect(cloud.pubsubCalls).toEqual([]);
    expect(events.at(-1)).toMatchObject({ type: "failed", resource: { name: "empty" } });
  });

  test("of inputs lists each property", async () => {
    await expect(
      run(() => void new gcp.pubsub.Subscription("bad", { name: "bad-one", topic: "t", ackDeadlineSeconds: 1 })),
    ).rejects.toThrow(/ackDeadlineSeconds: .*10/);
  });

  test("of a type that is not known says what to add", async () => {
    await expect(run(() => void new gcp.redis.Instance("cache", { memorySizeGb: 1 }))).rejects.toThrow(
      "cache is a gcp:redis/instance:Instance, which the local cloud does not know.",
    );
  });

  test("of two resources with one name, as in the real engine", async () => {
    await expect(
      run(() => {
        new gcp.pubsub.Topic("twin", { name: "one-topic" });
        new gcp.pubsub.Topic("twin", { name: "two-topic" });
      }),
    ).rejects.toMatchObject({ code: "name_twice" });
  });

  test("of the program itself comes through as it is", async () => {
    await expect(run(() => Promise.reject(new Error("no config")))).rejects.toThrow("no config");
  });

  test.each([
    ["an output", () => ({ name: new gcp.pubsub.Topic("jobs", { name: "jobs" }).name.apply(fail) })],
    ["an input", () => void new gcp.pubsub.Topic("jobs", { name: pulumi.output("jobs").apply(fail) })],
  ])("of a function over %s is not lost", async (_where, program) => {
    // Such a failure surfaces only as an unhandled rejection, which Vitest would count against the test.
    const listeners = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    try {
      await expect(run(program as () => unknown)).rejects.toThrow("no such field");
    } finally {
      for (const listener of listeners) process.on("unhandledRejection", listener);
    }
  });
});

function fail(): string {
  throw new Error("no such field");
}
