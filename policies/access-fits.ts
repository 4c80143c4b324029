import type { StackValidationArgs, StackValidationPolicy } from "@pulumi/policy";
import { grantsOf, type Right } from "./grants.ts";
import { allOf, report, shortName } from "./rule.ts";
import { DATABASE } from "./types.ts";
import { type Workload, workloadsOf } from "./workloads.ts";

/**
 * What a process may do is what its environment names: a topic to publish to, a bucket to store in, a secret to read, the
 * project's database. A name without a right fails at the first use; a right without a name is one that only a thief uses.
 */
export const accessFits: StackValidationPolicy = {
  name: "access-fits",
  description: "A service's account holds a role for everything its environment names, and no role beside.",
  severity: "high",
  validateStack(stack, reportViolation) {
    const grants = grantsOf(stack);
    for (const workload of workloadsOf(stack)) {
      const needed = needsOf(stack, workload);
      const held = grants.filter((grant) => grant.member === `serviceAccount:${workload.account}`);
      for (const need of needed) {
        if (held.some((right) => same(right, need))) continue;
        report(
          reportViolation,
          {
            wanted: `${need.role} on ${need.target} for ${workload.account}, since ${need.because} names it`,
            found: "no such role",
            change: `the component that makes ${need.target} in infra/components/: name ${workload.name} among its users`,
          },
          workload.urn,
        );
      }
      for (const right of held) {
        if (needed.some((need) => same(right, need))) continue;
        report(
          reportViolation,
          {
            wanted: `no role for ${workload.account} on what its environment does not name`,
            found: `${right.role} on ${right.target}`,
            change: `remove ${right.name} in infra/components/, or name ${right.target} in the environment`,
          },
          right.urn,
        );
      }
    }
  },
};

interface Need extends Right {
  /** The variable that names the target. */
  readonly because: string;
}

function needsOf(stack: StackValidationArgs, workload: Workload): Need[] {
  const needs: Need[] = workload.secrets.map(({ variable, secret }) => ({
    role: "roles/secretmanager.secretAccessor",
    target: shortName(secret),
    because: variable,
  }));
  const project = new Map(workload.values).get("GOOGLE_CLOUD_PROJECT") ?? "";
  for (const [variable, value] of workload.values) {
    if (variable === "GOOGLE_CLOUD_REGION") {
      // Only a process that writes metrics asks where it runs, each time series names its place; and it shows others.
      for (const role of ["roles/monitoring.metricWriter", "roles/monitoring.viewer"])
        needs.push({ role, target: project, because: variable });
    }
    if (variable === "FIREBASE_AUTH_DOMAIN") {
      // Who knows where people sign in gives them their roles.
      needs.push({ role: "roles/firebaseauth.admin", target: project, because: variable });
    }
    if (variable.endsWith("_TOPIC")) {
      needs.push({ role: "roles/pubsub.publisher", target: shortName(value), because: variable });
    }
    if (variable.endsWith("_BUCKET")) {
      needs.push({ role: "roles/storage.objectUser", target: value, because: variable });
    }
    if (variable === "GOOGLE_CLOUD_PROJECT" && allOf(stack, DATABASE).length > 0) {
      needs.push({ role: "roles/datastore.user", target: value, because: variable });
    }
  }
  return needs;
}

function same(left: Right, right: Right): boolean {
  return left.role === right.role && left.target === right.target;
}
