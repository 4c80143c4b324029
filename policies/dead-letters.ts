import type { ResourceValidationPolicy } from "@pulumi/policy";
import { onType, report, shown } from "./rule.ts";
import { SUBSCRIPTION, type SubscriptionView } from "./types.ts";

interface Config {
  /** How the name of a subscription ends that only holds messages for a person to look at. */
  readonly heldSuffix: string;
}

/**
 * A message that keeps failing must end somewhere: without dead letters it is tried until it expires, and is then gone.
 *
 * Exempt is what holds the dead letters themselves: a pull subscription (nothing is called, so nothing can fail) whose
 * name says so. By its name and not by its topic, since a topic's id is unknown in the first preview.
 */
export const deadLetters: ResourceValidationPolicy = {
  name: "dead-letters",
  description: "Every subscription sends what keeps failing to a dead-letter topic.",
  severity: "high",
  configSchema: { properties: { heldSuffix: { type: "string", default: "-held" } } },
  validateResource: onType<SubscriptionView>(SUBSCRIPTION, (subscription, resource, reportViolation) => {
    if ("deadLetterTopic" in (subscription.deadLetterPolicy ?? {})) return;
    const { heldSuffix } = resource.getConfig<Config>();
    if (!("pushConfig" in subscription) && subscription.name?.endsWith(heldSuffix)) return;
    report(reportViolation, {
      wanted: "a deadLetterPolicy with a deadLetterTopic",
      found: shown(subscription.deadLetterPolicy),
      change: `deadLetterPolicy of subscription ${resource.name} in infra/components/deliveries.ts`,
    });
  }),
};
