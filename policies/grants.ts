import type { StackValidationArgs } from "@pulumi/policy";
import { isMember, shortName } from "./rule.ts";

/** A role on something. */
export interface Right {
  readonly role: string;
  /** The short name of what it is on. */
  readonly target: string;
}

export interface Grant extends Right {
  readonly member: string;
  readonly name: string;
  readonly urn: string;
}

interface GrantView {
  readonly member: string;
  readonly role: string;
  readonly secretId?: string;
  readonly topic?: string;
  readonly subscription?: string;
  readonly bucket?: string;
  readonly serviceAccountId?: string;
  readonly name?: string;
  readonly project?: string;
}

/** Every grant of the stack, by what it is on; a grant on nothing smaller is on the project. */
export function grantsOf(stack: StackValidationArgs): Grant[] {
  return stack.resources
    .filter((resource) => isMember(resource.type))
    .map(({ name, urn, props }) => {
      const grant = props as GrantView;
      const target =
        grant.secretId ??
        grant.topic ??
        grant.subscription ??
        grant.bucket ??
        grant.serviceAccountId ??
        grant.name ??
        grant.project ??
        "";
      return { name, urn, member: grant.member, role: grant.role, target: shortName(target) };
    });
}
