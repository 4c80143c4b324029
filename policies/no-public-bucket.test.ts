import { expect, test } from "vitest";
import { noPublicBucket } from "./no-public-bucket.ts";
import { UNKNOWN, violations } from "./testing.ts";
import { BUCKET, BUCKET_MEMBER } from "./types.ts";

const closed = { name: UNKNOWN, publicAccessPrevention: "enforced", uniformBucketLevelAccess: true };

test("a closed bucket passes, even while its name is unknown", async () => {
  expect(await violations(noPublicBucket, [{ type: BUCKET, props: closed }])).toEqual([]);
});

test("inherited public access prevention is refused", async () => {
  const props = { ...closed, publicAccessPrevention: "inherited" };
  expect(await violations(noPublicBucket, [{ type: BUCKET, name: "attachments", props }])).toEqual([
    'wanted: publicAccessPrevention "enforced", which no later grant can undo\nfound:  "inherited"\n' +
      'change: publicAccessPrevention: "enforced" on bucket attachments in infra/components/',
  ]);
});

test("a bucket that says nothing is refused on both counts", async () => {
  expect(await violations(noPublicBucket, [{ type: BUCKET, props: {} }])).toHaveLength(2);
});

test.each(["allUsers", "allAuthenticatedUsers"])("a grant to %s is refused", async (member) => {
  const grant = { type: BUCKET_MEMBER, name: "reader", props: { member, role: "roles/storage.objectViewer" } };
  expect(await violations(noPublicBucket, [grant])).toEqual([
    `wanted: a grant to a service account or a group\nfound:  "${member}"\nchange: member of reader in infra/components/`,
  ]);
});

test("a grant to a service account passes", async () => {
  const props = {
    member: "serviceAccount:api@example-project.iam.gserviceaccount.com",
    role: "roles/storage.objectUser",
  };
  expect(await violations(noPublicBucket, [{ type: BUCKET_MEMBER, props }])).toEqual([]);
});
