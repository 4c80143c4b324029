import type * as pulumi from "@pulumi/pulumi";
import type { Labels } from "./labels.ts";

/** Where a part stands, and what must stand before it. Every component takes one. */
export interface Place {
  /** Written on every resource that has the field: without it, credentials decide where the resource lands. */
  readonly project: string;
  readonly region: string;
  readonly labels: Labels;
  /** Google refuses to create a resource whose API is off, or to deploy a service whose secrets it may not yet read. */
  readonly after: readonly pulumi.Resource[];
}

/** The options of a component's children. */
export function childOptions(
  parent: pulumi.Resource,
  place: Place,
): { parent: pulumi.Resource; dependsOn: pulumi.Resource[] } {
  return { parent, dependsOn: [...place.after] };
}

/** A service account as IAM names it. */
export function member(email: pulumi.Output<string>): pulumi.Output<string> {
  return email.apply((address) => `serviceAccount:${address}`);
}
