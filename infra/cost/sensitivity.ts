import { estimate } from "./estimate.ts";
import { divide, type MicroUsd, type Span } from "./money.ts";
import type { Region } from "./prices/index.ts";
import type { Resource } from "./resource.ts";
import { DAYS } from "./resources/index.ts";
import type { Profile } from "./usage/profiles.ts";
import { scaled } from "./usage/usage.ts";

/** What the same stack costs under more traffic. */
export interface Sensitivity {
  /** Times the profile's traffic. */
  readonly factor: number;
  readonly messagesPerDay: number;
  readonly total: Span;
  readonly google: Span;
  readonly others: Span;
  readonly perThousandMessages: Span;
}

export const FACTORS = [1, 10, 100] as const;

export function sensitivity(resources: readonly Resource[], profile: Profile, region: Region): Sensitivity[] {
  return FACTORS.map((factor) => {
    const usage = scaled(profile.usage, factor);
    const { totals } = estimate(resources, { ...profile, usage }, region);
    const { total, google, others } = totals;
    const { messagesPerDay } = usage;
    return { factor, messagesPerDay, total, google, others, perThousandMessages: perThousand(total, messagesPerDay) };
  });
}

/** The cost of 1000 messages, in and out together. */
export function perThousand(cost: Span, messagesPerDay: number): Span {
  const messages = BigInt(messagesPerDay * DAYS);
  const each = (amount: MicroUsd): MicroUsd => divide(amount * 1000n, messages);
  return { low: each(cost.low), high: each(cost.high) };
}
