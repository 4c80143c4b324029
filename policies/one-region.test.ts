import { expect, test } from "vitest";
import { oneRegion } from "./one-region.ts";
import { type Sample, UNKNOWN, violations } from "./testing.ts";
import { BUCKET, DATABASE, JOB, SECRET, TOPIC } from "./types.ts";

function places(region: string): Sample[] {
  return [
    { type: BUCKET, props: { location: region.toUpperCase(), name: UNKNOWN } },
    { type: DATABASE, props: { locationId: region } },
    { type: JOB, props: { region } },
    { type: SECRET, props: { replication: { userManaged: { replicas: [{ location: region }] } } } },
    { type: TOPIC, props: { messageStoragePolicy: { allowedPersistenceRegions: [region] } } },
  ];
}

test("everything in the region passes, however it is spelt", async () => {
  expect(await violations(oneRegion, places("us-west1"))).toEqual([]);
});

test("everything elsewhere is refused, each by its own field", async () => {
  expect(await violations(oneRegion, places("europe-west1"))).toHaveLength(5);
});

test("a secret that Google replicates as it likes is refused", async () => {
  const [found] = await violations(oneRegion, [{ type: SECRET, props: { replication: { auto: {} } } }]);
  expect(found).toContain('found:  "everywhere (automatic replication)"');
});

test("which regions is a setting", async () => {
  const regions = ["southamerica-east1"];
  expect(await violations(oneRegion, places("southamerica-east1"), { regions })).toEqual([]);
  expect(await violations(oneRegion, places("us-west1"), { regions })).toHaveLength(5);
});

test("what has no place passes", async () => {
  expect(await violations(oneRegion, [{ type: "gcp:projects/service:Service", props: {} }])).toEqual([]);
});
