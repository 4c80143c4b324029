import { CostError } from "../errors.ts";
import { isProfileName, PROFILES, type Profile } from "./profiles.ts";
import { type Usage, usageSchema } from "./usage.ts";

/** The namespace of usage in `Pulumi.<stack>.yaml`: read by the estimate only, never by the program. */
export const USAGE_NAMESPACE = "servio-cost";

/**
 * The profile to estimate with: the one that is named, else the stack's own, else the specification's; with what the stack
 * says otherwise, such as `servio-cost:webhooksPerDay: "20000"`.
 * @param settings of the stack, by full key.
 * @throws {CostError} naming every key that is not known or not right.
 */
export function profileOf(settings: Readonly<Record<string, string>>, named?: string): Profile {
  const own = Object.entries(settings)
    .filter(([key]) => key.startsWith(`${USAGE_NAMESPACE}:`))
    .map(([key, value]) => [key.slice(USAGE_NAMESPACE.length + 1), value] as const);
  const { profile: ownProfile, ...overrides } = Object.fromEntries(own);
  const name = named ?? ownProfile ?? "specification";
  if (!isProfileName(name)) {
    const known = Object.keys(PROFILES).join(", ");
    throw new CostError(
      "cost_profile_unknown",
      `There is no usage profile ${JSON.stringify(name)}; there are ${known}.`,
    );
  }
  const profile: Profile = PROFILES[name];
  const changed = Object.keys(overrides);
  if (changed.length === 0) return profile;
  return {
    name: `${name}, changed by the stack`,
    description: `${profile.description} Changed by ${USAGE_NAMESPACE}: ${changed.sort().join(", ")}.`,
    usage: checked({ ...profile.usage, ...overrides }),
  };
}

function checked(values: Readonly<Record<string, unknown>>): Usage {
  const parsed = usageSchema.safeParse(values);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) =>
    issue.code === "unrecognized_keys"
      ? `${issue.keys.map((key) => `${USAGE_NAMESPACE}:${key}`).join(", ")}: not a usage that is known`
      : `${USAGE_NAMESPACE}:${issue.path.join(".")}: ${issue.message}`,
  );
  const known = Object.keys(usageSchema.shape).join(", ");
  throw new CostError("cost_usage_invalid", `${problems.join("\n")}\nKnown are profile, ${known}.`);
}
