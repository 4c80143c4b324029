import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { accessFits } from "./access-fits.ts";
import { alertsLeadOn } from "./alerts-lead-on.ts";
import { authenticatedCalls } from "./authenticated-calls.ts";
import { completeIndexes } from "./complete-indexes.ts";
import { dataIsGuarded } from "./data-is-guarded.ts";
import { deadLetters } from "./dead-letters.ts";
import { deadlinesFit } from "./deadlines-fit.ts";
import { instanceCeilings } from "./instance-ceilings.ts";
import { labelled } from "./labelled.ts";
import { monthlyBudget } from "./monthly-budget.ts";
import { noBroadRoles } from "./no-broad-roles.ts";
import { noPlainSecrets } from "./no-plain-secrets.ts";
import { noPublicBucket } from "./no-public-bucket.ts";
import { noPublicInvoker } from "./no-public-invoker.ts";
import { oneRegion } from "./one-region.ts";
import { ownAccounts } from "./own-accounts.ts";
import { pinnedSecrets } from "./pinned-secrets.ts";
import { queuesKeep } from "./queues-keep.ts";
import { tls } from "./tls.ts";

/** Every policy of the pack: who gets in, what is kept, what waits, what it costs. */
export const POLICIES: readonly (ResourceValidationPolicy | StackValidationPolicy)[] = [
  noPublicBucket,
  noPublicInvoker,
  noBroadRoles,
  accessFits,
  ownAccounts,
  authenticatedCalls,
  noPlainSecrets,
  pinnedSecrets,
  tls,
  dataIsGuarded,
  oneRegion,
  completeIndexes,
  deadLetters,
  queuesKeep,
  deadlinesFit,
  instanceCeilings,
  monthlyBudget,
  labelled,
  alertsLeadOn,
];
