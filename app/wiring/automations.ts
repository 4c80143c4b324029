import { setTimeout as delay } from "node:timers/promises";
import { type AutomationDeps, createSendGrid, DEFAULT_SETTINGS } from "../automation/index.ts";
import type { ManualDeps, ReplyDeps } from "../conversations/index.ts";
import type { ApiEnvironment } from "../environment.ts";

/** What sends the follow-ups: the same way out as an answer's, and e-mail where it is configured. */
export function automationsOf(
  from: ApiEnvironment,
  { db, log, channels, outbox, now, newToken }: ManualDeps & ReplyDeps,
): AutomationDeps {
  const { SENDGRID_API_KEY: apiKey, EMAIL_FROM: sender } = from;
  const email =
    apiKey !== undefined && sender !== undefined
      ? createSendGrid({ apiKey, baseUrl: from.SENDGRID_BASE_URL, from: { email: sender, name: "Servio.AI" } })
      : undefined;
  return {
    db,
    log,
    channels,
    outbox,
    now,
    newToken,
    email,
    siteUrl: from.SITE_URL.replace(/\/+$/, ""),
    publicUrl: from.PUBLIC_URL.replace(/\/+$/, ""),
    secrets: from.OMNI_AUTOMATION_SECRET,
    sleep: (ms) => delay(ms),
  };
}

/** How they behave in this stack. */
export function automationSettings(from: ApiEnvironment): typeof DEFAULT_SETTINGS {
  return {
    ...DEFAULT_SETTINGS,
    timeZone: from.AUTOMATION_TIME_ZONE,
    quiet: from.AUTOMATION_QUIET_HOURS,
    customerPauseMs: from.AUTOMATION_PAUSE_HOURS * 3_600_000,
  };
}
