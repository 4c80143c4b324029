import { expect, test } from "vitest";
import { labelled } from "./labelled.ts";
import { violations } from "./testing.ts";
import { BUCKET, DATABASE, FUNCTION, SECRET, SERVICE, SUBSCRIPTION, TOPIC } from "./types.ts";

const labels = { app: "servio-omnichannel", env: "test", part: "queues", "managed-by": "pulumi" };
const TYPES = [BUCKET, FUNCTION, SECRET, SUBSCRIPTION, TOPIC];

test.each(TYPES)("%s with every label passes", async (type) => {
  expect(await violations(labelled, [{ type, props: { labels } }])).toEqual([]);
});

test.each(TYPES)("%s without labels is refused", async (type) => {
  expect(await violations(labelled, [{ type, name: "example", props: {} }])).toEqual([
    "wanted: app, env, part, managed-by of a-z, 0-9, _ and -\nfound:  nothing\n" +
      "change: labels of example: take them from labels() in infra/labels.ts",
  ]);
});

test.each(["", "Queues", "a b"])("a label of %j is refused", async (part) => {
  const [found] = await violations(labelled, [{ type: TOPIC, props: { labels: { ...labels, part } } }]);
  expect(found).toContain("wanted: part of a-z");
});

test("a service is labelled twice, since its instances are billed by the revision", async () => {
  expect(await violations(labelled, [{ type: SERVICE, props: { labels, template: { labels } } }])).toEqual([]);
  const [found, ...more] = await violations(labelled, [
    { type: SERVICE, name: "api", props: { labels, template: {} } },
  ]);
  expect(more).toEqual([]);
  expect(found).toContain("change: template.labels of api");
});

test("which labels is a setting", async () => {
  const sample = { type: TOPIC, props: { labels: { team: "example" } } };
  expect(await violations(labelled, [sample], { required: ["team"] })).toEqual([]);
});

test("what bears no labels is let be", async () => {
  expect(await violations(labelled, [{ type: DATABASE, props: {} }])).toEqual([]);
});
