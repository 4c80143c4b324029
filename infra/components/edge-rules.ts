import type { types } from "@pulumi/gcp";

type Rule = types.input.compute.SecurityPolicyRule;

/** The rule that Cloud Armor demands at the end of every policy. */
const LAST = 2_147_483_647;

/**
 * What Cloud Armor does, first match first. No preconfigured rules against injections: they read chat messages as attacks,
 * and nothing behind them builds a query or a page from a customer's text.
 */
export function armorRules(requestsPerMinute: number): Rule[] {
  return [
    {
      priority: 1000,
      action: "allow",
      description: "Meta delivers in bursts from few addresses, and signs every one",
      match: { expr: { expression: "request.path.startsWith('/api/omni/webhook/')" } },
    },
    {
      priority: 2000,
      action: "throttle",
      description: "One address may ask this often",
      match: { versionedExpr: "SRC_IPS_V1", config: { srcIpRanges: ["*"] } },
      rateLimitOptions: {
        enforceOnKey: "IP",
        conformAction: "allow",
        exceedAction: "deny(429)",
        rateLimitThreshold: { count: requestsPerMinute, intervalSec: 60 },
      },
    },
    {
      priority: LAST,
      action: "allow",
      description: "Everything else",
      match: { versionedExpr: "SRC_IPS_V1", config: { srcIpRanges: ["*"] } },
    },
  ];
}
