import * as z from "zod";

/** What Meta's rate headers say about waiting. */

const MINUTE_MS = 60_000;

/** `X-Business-Use-Case-Usage`: by business id, a list of uses. */
const usage = z.record(
  z.string(),
  z.array(
    z
      .object({ estimated_time_to_regain_access: z.number().nonnegative().catch(0) })
      .catch({ estimated_time_to_regain_access: 0 }),
  ),
);

/**
 * How long the account must be left alone, in milliseconds; 0 when it need not. The header counts in minutes.
 * Source: https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
export function usageWaitMs(headers: Headers): number {
  const header = headers.get("x-business-use-case-usage");
  if (header === null) return 0;
  const parsed = usage.safeParse(parse(header));
  if (!parsed.success) return 0;
  const minutes = Object.values(parsed.data).flatMap((uses) => uses.map((use) => use.estimated_time_to_regain_access));
  return Math.max(0, ...minutes) * MINUTE_MS;
}

/** `Retry-After` in milliseconds: a number of seconds, or a date. */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d+(\.\d+)?$/.test(header.trim())) return Math.round(Number(header) * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A header that is not JSON tells nothing; it must not fail the send.
    return undefined;
  }
}
