import { expect, test } from "vitest";
import { runProgram } from "../testing.ts";

const BUCKET = "gcp:storage/bucket:Bucket";
const run = await runProgram({ settings: { attachmentRetentionDays: "30", dataProtection: "guarded" } });

test("what customers sent is private, deleted by age, and never along with the stack", () => {
  expect(run.one(BUCKET, "attachments").inputs).toEqual({
    name: "example-project-servio-attachments",
    project: "example-project",
    location: "us-west1",
    labels: { app: "servio-omnichannel", env: "test", part: "attachments", "managed-by": "pulumi" },
    uniformBucketLevelAccess: true,
    publicAccessPrevention: "enforced",
    softDeletePolicy: { retentionDurationSeconds: 604_800 },
    lifecycleRules: [{ action: { type: "Delete" }, condition: { age: 30 } }],
    forceDestroy: false,
  });
});

test("the API alone stores and reads it", () => {
  expect(run.of("gcp:storage/bucketIAMMember:BucketIAMMember").map(({ inputs }) => inputs)).toEqual([
    {
      bucket: "example-project-servio-attachments",
      role: "roles/storage.objectUser",
      member: "serviceAccount:servio-api@example-project.iam.gserviceaccount.com",
    },
  ]);
});
