import { quantity } from "../money.ts";
import { ARMOR, NETWORK, OBSERVABILITY } from "../prices/index.ts";
import { listAt, numberAt, type Resource } from "../resource.ts";
import { baseline, type Context, DAYS, demanding, isFirst, MONTH_HOURS, usage } from "./model.ts";

const GIB = 2 ** 30;
const INCLUDED_RULES = 5;

/** Requests from outside: Google's own queues and clock do not pass the load balancer. */
function requestsPerMonth({ usage: { apiRequestsPerDay, webhooksPerDay } }: Context): number {
  return (apiRequestsPerDay + webhooksPerDay) * DAYS;
}

/** One price for the first five rules together: the first of them bears it. */
export const forwardingRule = demanding((resource, context) => {
  const rules = context.resources.filter(({ type }) => type === resource.type);
  const place = rules.indexOf(resource);
  if (place >= INCLUDED_RULES) {
    return [baseline("further rule", NETWORK.moreForwardingRules, quantity(MONTH_HOURS))];
  }
  if (place > 0) return [];
  const inbound = quantity(requestsPerMonth(context) * context.usage.requestBytes, GIB);
  const outbound = quantity(context.usage.egressMiBPerDay * DAYS, 1024);
  return [
    baseline("up to five rules", NETWORK.forwardingRules, quantity(MONTH_HOURS)),
    usage("data in and out", NETWORK.balanced, inbound + outbound),
  ];
});

export const securityPolicy = demanding((resource, context) => [
  baseline("policy", ARMOR.policies, quantity(1)),
  baseline("rules", ARMOR.rules, quantity(listAt(resource, "rules").length)),
  ...(isFirst(resource, context)
    ? [usage("requests looked at", ARMOR.requests, quantity(requestsPerMonth(context)))]
    : []),
]);

/** Backends log a share of their requests; which backend gets which request is not known, so they share them evenly. */
export const backendService = demanding((resource, context) => {
  const backends = context.resources.filter(({ type }) => type === resource.type).length;
  const logged = Math.round((requestsPerMonth(context) / backends) * sampleRate(resource));
  return [usage("logs", OBSERVABILITY.logs, quantity(logged * context.usage.logBytesPerRequest, GIB))];
});

function sampleRate(resource: Resource): number {
  return numberAt(resource, "logConfig", "sampleRate") ?? 0;
}
