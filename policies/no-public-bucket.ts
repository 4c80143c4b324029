import type { ResourceValidationPolicy } from "@pulumi/policy";
import { onType, report, shown } from "./rule.ts";
import { BUCKET, BUCKET_MEMBER, type BucketView, type MemberView } from "./types.ts";

const EVERYONE = ["allUsers", "allAuthenticatedUsers"];

/** Nothing this stack stores is for the public: archives of the app, and what customers sent. */
export const noPublicBucket: ResourceValidationPolicy = {
  name: "no-public-bucket",
  description: "Buckets enforce public access prevention, and nobody grants them to everyone.",
  severity: "critical",
  validateResource: [
    onType<BucketView>(BUCKET, (bucket, resource, reportViolation) => {
      if (bucket.publicAccessPrevention !== "enforced") {
        report(reportViolation, {
          wanted: 'publicAccessPrevention "enforced", which no later grant can undo',
          found: shown(bucket.publicAccessPrevention),
          change: `publicAccessPrevention: "enforced" on bucket ${resource.name} in infra/components/`,
        });
      }
      if (bucket.uniformBucketLevelAccess !== true) {
        report(reportViolation, {
          wanted: "uniformBucketLevelAccess true, so that no object has rights of its own",
          found: shown(bucket.uniformBucketLevelAccess),
          change: `uniformBucketLevelAccess: true on bucket ${resource.name} in infra/components/`,
        });
      }
    }),
    onType<MemberView>(BUCKET_MEMBER, (grant, resource, reportViolation) => {
      if (!EVERYONE.includes(grant.member ?? "")) return;
      report(reportViolation, {
        wanted: "a grant to a service account or a group",
        found: shown(grant.member),
        change: `member of ${resource.name} in infra/components/`,
      });
    }),
  ],
};
