import * as z from "zod";
import { isTimeZone } from "./local-time.ts";

const HOUR_MS = 3_600_000;

/** How the automations behave. Times in milliseconds, minutes of the day counted from local midnight. */
export interface AutomationSettings {
  /** Where a customer lives of whom nothing else is known. */
  readonly timeZone: string;
  /** When nobody is written to: from `start` (included) to `end` (not included). Equal values: always allowed. */
  readonly quiet: { readonly startMinute: number; readonly endMinute: number };
  /** At most one automation per customer in this time. */
  readonly customerPauseMs: number;
  /** What became due longer ago than this is not said any more: after an outage, or on the first day of all. */
  readonly latestMs: number;
  /** How long one run may take up new work; what is under way is finished. Cloud Run ends a request after 300 s. */
  readonly budgetMs: number;
  /** Documents of one page. */
  readonly pageSize: number;
  /** Customers at once. */
  readonly concurrency: number;
  /** A claim whose run has not been heard of for so long is taken up by the next run. */
  readonly leaseMs: number;
}

/** Specification section 6 and the design: 21:00 to 8:00 in São Paulo, one automation in 24 hours. */
export const DEFAULT_SETTINGS: AutomationSettings = {
  timeZone: "America/Sao_Paulo",
  quiet: { startMinute: 21 * 60, endMinute: 8 * 60 },
  customerPauseMs: 24 * HOUR_MS,
  latestMs: 7 * 24 * HOUR_MS,
  budgetMs: 240_000,
  pageSize: 200,
  concurrency: 8,
  leaseMs: 120_000,
};

const clock = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;

/** `21:00-08:00`, in the customer's own time. */
export const quietHours = z
  .string()
  .regex(clock, "is not HH:MM-HH:MM, such as 21:00-08:00")
  .transform((text): AutomationSettings["quiet"] => {
    const [, h1, m1, h2, m2] = clock.exec(text) ?? [];
    return { startMinute: Number(h1) * 60 + Number(m1), endMinute: Number(h2) * 60 + Number(m2) };
  });

export const timeZone = z.string().refine(isTimeZone, "is not a time zone of the IANA list, such as America/Sao_Paulo");
