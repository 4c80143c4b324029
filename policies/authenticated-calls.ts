import type { ReportViolation, ResourceValidationPolicy } from "@pulumi/policy";
import { onType, report, shown } from "./rule.ts";
import { JOB, type JobView, SUBSCRIPTION, type SubscriptionView } from "./types.ts";

/** The service is open to the internet: only a signed token tells Google's own calls from anybody's. */
export const authenticatedCalls: ResourceValidationPolicy = {
  name: "authenticated-calls",
  description: "Pub/Sub and Cloud Scheduler call with an OIDC token for a named audience, never with a shared secret.",
  severity: "critical",
  validateResource: [
    onType<SubscriptionView>(SUBSCRIPTION, (subscription, resource, reportViolation) => {
      if (!subscription.pushConfig) return;
      demandToken(subscription.pushConfig.oidcToken, `pushConfig of subscription ${resource.name}`, reportViolation);
    }),
    onType<JobView>(JOB, (job, resource, reportViolation) => {
      if (!job.httpTarget) return;
      demandToken(job.httpTarget.oidcToken, `httpTarget of job ${resource.name}`, reportViolation);
      const names = Object.keys(job.httpTarget.headers ?? {});
      if (!names.some((name) => name.toLowerCase() === "authorization")) return;
      report(reportViolation, {
        wanted: "no Authorization header: whoever may read the job would read the secret in it",
        found: "an Authorization header",
        change: `httpTarget.headers of job ${resource.name} in infra/components/schedules.ts`,
      });
    }),
  ],
};

function demandToken(token: object | undefined, where: string, reportViolation: ReportViolation): void {
  // Both may be unknown in a preview; that they are set is enough.
  const missing = ["serviceAccountEmail", "audience"].filter((field) => !(field in (token ?? {})));
  if (missing.length === 0) return;
  report(reportViolation, {
    wanted: "an oidcToken with serviceAccountEmail and audience",
    found: token ? `an oidcToken without ${missing.join(" and ")}` : shown(token),
    change: `oidcToken in ${where} in infra/components/`,
  });
}
