import type { ResourceValidationPolicy } from "@pulumi/policy";
import { isMember, report, shown } from "./rule.ts";
import { type MemberView, SERVICE_MEMBER } from "./types.ts";

interface Config {
  /** Services that verify every caller by themselves, and so may be called by everyone. */
  readonly publicServices: readonly string[];
}

const EVERYONE = ["allUsers", "allAuthenticatedUsers"];

/** Two endpoints face the internet, since Meta and browsers have no Google identity. A third would be an accident. */
export const noPublicInvoker: ResourceValidationPolicy = {
  name: "no-public-invoker",
  description: "Nothing is granted to everyone but the right to call the two public endpoints.",
  severity: "critical",
  configSchema: {
    properties: {
      publicServices: { type: "array", items: { type: "string" }, default: ["servio-api", "servio-webhook"] },
    },
  },
  validateResource(resource, reportViolation) {
    if (!isMember(resource.type)) return;
    const grant = resource.props as MemberView & { readonly name?: string };
    if (!EVERYONE.includes(grant.member)) return;
    const { publicServices } = resource.getConfig<Config>();
    const mayCall =
      resource.type === SERVICE_MEMBER && grant.role === "roles/run.invoker" && grant.member === "allUsers";
    if (mayCall && publicServices.includes(grant.name ?? "")) return;
    report(reportViolation, {
      wanted: `for everyone only roles/run.invoker on ${publicServices.join(" and ")}`,
      found: `${grant.role} for ${grant.member} on ${shown(grant.name)}`,
      change: `member of ${resource.name} in infra/components/`,
    });
  },
};
