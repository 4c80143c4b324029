import { expect, test } from "vitest";
import { instanceCeilings } from "./instance-ceilings.ts";
import { type Sample, violations } from "./testing.ts";
import { FUNCTION, SERVICE } from "./types.ts";

function service(scaling: object | undefined, cpuIdle?: boolean): Sample {
  const resources = cpuIdle === undefined ? {} : { cpuIdle };
  return { type: SERVICE, name: "api", props: { template: { scaling, containers: [{ resources }] } } };
}

function fn(serviceConfig: object): Sample {
  return { type: FUNCTION, name: "webhook", props: { serviceConfig } };
}

test("within the ceilings both pass", async () => {
  const scaling = { minInstanceCount: 2, maxInstanceCount: 20 };
  expect(await violations(instanceCeilings, [service(scaling, true), fn(scaling)])).toEqual([]);
});

test.each([undefined, { maxInstanceCount: 21 }, {}])("a scaling of %j is refused", async (scaling) => {
  expect(await violations(instanceCeilings, [service(scaling, true), fn(scaling ?? {})])).toEqual([
    expect.stringContaining("change: pulumi config set servio-omnichannel:apiMaxInstances 20"),
    expect.stringContaining("change: pulumi config set servio-omnichannel:webhookMaxInstances 20"),
  ]);
});

test("more warm instances than allowed are refused", async () => {
  const [found] = await violations(instanceCeilings, [service({ minInstanceCount: 3, maxInstanceCount: 5 }, true)]);
  expect(found).toContain("wanted: at most 2 warm instances\nfound:  3");
});

test.each([false, undefined])("a cpuIdle of %s is refused: it is paid for day and night", async (cpuIdle) => {
  const [found, ...more] = await violations(instanceCeilings, [service({ maxInstanceCount: 5 }, cpuIdle)]);
  expect(more).toEqual([]);
  expect(found).toContain("wanted: resources.cpuIdle true");
});

test("the ceilings are settings", async () => {
  const sample = fn({ minInstanceCount: 3, maxInstanceCount: 50 });
  expect(await violations(instanceCeilings, [sample], { max: 50, maxWarm: 3 })).toEqual([]);
});
