import type { ResourceValidationPolicy } from "@pulumi/policy";
import { report, shown } from "./rule.ts";

interface Config {
  /** Where data may be kept and worked on. */
  readonly regions: readonly string[];
}

interface PlacedView {
  readonly location?: string;
  readonly region?: string;
  readonly locationId?: string;
  readonly replication?: {
    readonly auto?: object;
    readonly userManaged?: { readonly replicas: { location: string }[] };
  };
  readonly messageStoragePolicy?: { readonly allowedPersistenceRegions: readonly string[] };
}

/** Customers' data stays where the contract with them says; and what talks to each other is not a continent apart. */
export const oneRegion: ResourceValidationPolicy = {
  name: "one-region",
  description: "Everything that has a place is in an allowed region: databases, buckets, secrets, topics, what runs.",
  severity: "high",
  configSchema: { properties: { regions: { type: "array", items: { type: "string" }, default: ["us-west1"] } } },
  validateResource(resource, reportViolation) {
    const { regions } = resource.getConfig<Config>();
    const props = resource.props as PlacedView;
    const places = [
      props.location,
      props.region,
      props.locationId,
      ...(props.replication?.userManaged?.replicas ?? []).map((replica) => replica.location),
      ...(props.messageStoragePolicy?.allowedPersistenceRegions ?? []),
      props.replication?.auto && "everywhere (automatic replication)",
    ].filter((place) => place !== undefined);
    for (const place of places) {
      if (regions.includes(place.toLowerCase())) continue;
      report(reportViolation, {
        wanted: `a place among ${regions.join(", ")}`,
        found: shown(place),
        change: `gcp:region of the stack, or the place of ${resource.name} in infra/components/`,
      });
    }
  },
};
