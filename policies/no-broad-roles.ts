import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isMember, report } from "./rule.ts";
import { type MemberView, PROJECT_MEMBER } from "./types.ts";

interface Config {
  /** Roles that nobody is given, on anything. */
  readonly never: readonly string[];
  /** Roles that are given on one resource, never on the whole project. */
  readonly neverOnProject: readonly string[];
}

/** A stolen token is worth what its account may do. */
export const noBroadRoles: ResourceValidationPolicy = {
  name: "no-broad-roles",
  description: "No basic roles, and no right over all secrets, accounts or files of the project.",
  severity: "critical",
  configSchema: {
    properties: {
      never: {
        type: "array",
        items: { type: "string" },
        default: ["roles/owner", "roles/editor", "roles/viewer", "roles/iam.securityAdmin", "roles/datastore.owner"],
      },
      neverOnProject: {
        type: "array",
        items: { type: "string" },
        default: [
          "roles/iam.serviceAccountTokenCreator",
          "roles/iam.serviceAccountUser",
          "roles/pubsub.admin",
          "roles/pubsub.publisher",
          "roles/pubsub.subscriber",
          "roles/run.admin",
          "roles/run.invoker",
          "roles/secretmanager.admin",
          "roles/secretmanager.secretAccessor",
          "roles/storage.admin",
          "roles/storage.objectAdmin",
          "roles/storage.objectUser",
        ],
      },
    },
  },
  validateResource(resource, reportViolation) {
    if (!isMember(resource.type)) return;
    const { role } = resource.props as MemberView;
    const { never, neverOnProject } = resource.getConfig<Config>();
    const onProject = resource.type === PROJECT_MEMBER;
    if (never.includes(role)) {
      report(reportViolation, {
        wanted: "a role for the one thing it is needed for",
        found: role,
        change: `role of ${resource.name} in infra/components/`,
      });
    } else if (onProject && neverOnProject.includes(role)) {
      report(reportViolation, {
        wanted: `${role} on the one resource it is needed for`,
        found: `${role} on the whole project`,
        change: `${resource.name} in infra/components/: grant it on the topic, secret, bucket, service or account`,
      });
    }
  },
};
