import type * as pulumi from "@pulumi/pulumi";
import type { Api, Services } from "./components/services.ts";
import type { StackConfig } from "./config.ts";
import { type Labels, labels } from "./labels.ts";

/** Where a part stands, and what must stand before it. Every component takes one. */
export interface Place {
  /** Written on every resource that has the field: without it, credentials decide where the resource lands. */
  readonly project: string;
  readonly region: string;
  readonly labels: Labels;
  /** Google refuses to create a resource whose API is off, or to deploy a service whose secrets it may not yet read. */
  readonly after: readonly pulumi.Resource[];
}

/** The place of a part that needs these APIs, and something else before it. */
export type PlaceOf = (part: string, apis: readonly Api[], ...before: readonly pulumi.Resource[]) => Place;

/** Places of a stack's parts: where each stands by the configuration, and after what. */
export function placesIn(config: StackConfig, services: Services): PlaceOf {
  return (part, apis, ...before) => ({
    project: config.project,
    region: config.region,
    labels: labels(config, part),
    after: [...services.of(...apis), ...before],
  });
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
