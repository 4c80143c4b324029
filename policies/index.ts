import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { deadLetters } from "./dead-letters.ts";
import { noPlainSecrets } from "./no-plain-secrets.ts";
import { noPublicBucket } from "./no-public-bucket.ts";

/** Every policy of the pack. */
export const POLICIES: readonly (ResourceValidationPolicy | StackValidationPolicy)[] = [
  noPublicBucket,
  noPlainSecrets,
  deadLetters,
];
