import type { ResourceValidationPolicy } from "@pulumi/policy";
import { onType, report, seconds, shown } from "./rule.ts";
import { SUBSCRIPTION, type SubscriptionView } from "./types.ts";

interface Config {
  /** Days for which an unread message must be kept. */
  readonly minRetentionDays: number;
}

const DAY_SECONDS = 86_400;

/** A quiet month must not delete a queue, nor a long weekend what waits in it. */
export const queuesKeep: ResourceValidationPolicy = {
  name: "queues-keep",
  description: "Subscriptions never expire, and keep unread messages long enough for someone to act.",
  severity: "high",
  configSchema: { properties: { minRetentionDays: { type: "number", default: 7, minimum: 1, maximum: 31 } } },
  validateResource: onType<SubscriptionView>(SUBSCRIPTION, (subscription, resource, reportViolation) => {
    if (subscription.expirationPolicy?.ttl !== "") {
      report(reportViolation, {
        wanted: 'expirationPolicy { ttl: "" }, which never expires',
        found: shown(subscription.expirationPolicy),
        change: `expirationPolicy of subscription ${resource.name} in infra/components/`,
      });
    }
    const { minRetentionDays } = resource.getConfig<Config>();
    const kept = seconds(subscription.messageRetentionDuration) ?? 0;
    if (kept >= minRetentionDays * DAY_SECONDS) return;
    report(reportViolation, {
      wanted: `messageRetentionDuration of at least "${minRetentionDays * DAY_SECONDS}s" (${minRetentionDays} days)`,
      found: shown(subscription.messageRetentionDuration),
      change: `messageRetentionDuration of subscription ${resource.name} in infra/components/`,
    });
  }),
};
