import { expect, test } from "vitest";
import { EXAMPLE_ARTIFACTS, runProgram } from "../testing.ts";

const run = await runProgram({ settings: { artifactRetentionDays: "30" } });

test("the bucket is private, and replaced archives can be restored for the days set", () => {
  expect(run.one("gcp:storage/bucket:Bucket", "artifacts").inputs).toEqual({
    name: "example-project-servio-artifacts",
    project: "example-project",
    location: "us-west1",
    labels: { app: "servio-omnichannel", env: "test", part: "artifacts", "managed-by": "pulumi" },
    uniformBucketLevelAccess: true,
    publicAccessPrevention: "enforced",
    softDeletePolicy: { retentionDurationSeconds: 30 * 24 * 60 * 60 },
    forceDestroy: true,
  });
});

test.each(["api", "webhook"] as const)("the archive of %s is uploaded byte for byte, under its hash", (part) => {
  expect(run.one("gcp:storage/bucketObject:BucketObject", `artifacts-${part}`).inputs).toEqual({
    bucket: "example-project-servio-artifacts",
    name: EXAMPLE_ARTIFACTS[part].fileName,
    source: { asset: EXAMPLE_ARTIFACTS[part].path },
  });
});
