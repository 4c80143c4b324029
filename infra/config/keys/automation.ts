import * as z from "zod";
import { quietHours, timeZone } from "../../../app/automation/settings.ts";
import { key } from "../key.ts";
import { emails, flag, httpsUrl, integer } from "../values.ts";

/** What is sent without being asked: automations and e-mails. */
export const AUTOMATION_KEYS = {
  /** Default `https://api.sendgrid.com`. SendGrid, or the simulator. */
  sendGridBaseUrl: key("sendGridBaseUrl", httpsUrl, {
    expected: "an https URL (http only on this machine)",
    example: "https://api.sendgrid.com",
    fallback: "https://api.sendgrid.com",
  }),
  /** Default none: no e-mail is sent. A sender that SendGrid has verified. */
  emailFrom: key("emailFrom", z.union([z.literal("none"), z.email()]), {
    expected: "an e-mail address that SendGrid has verified, or none",
    example: "omni@example.com",
    fallback: "none",
  }),
  /** Default none. Who is told by e-mail that a channel is offline. */
  adminEmails: key("adminEmails", emails, {
    expected: "comma-separated e-mail addresses",
    example: "admin@example.com",
    fallback: "",
  }),
  /** Default the service's own address, or that of `customDomain`. What links in e-mails begin with. */
  publicUrl: key("publicUrl", z.union([z.literal("").transform(() => undefined), httpsUrl]), {
    expected: "an https URL (http only on this machine), or nothing",
    example: "https://omni.example.com",
    fallback: "",
  }),
  /** Default `https://servio.ai`. The platform's own site, where e-mails lead. */
  siteUrl: key("siteUrl", httpsUrl, {
    expected: "an https URL (http only on this machine)",
    example: "https://servio.ai",
    fallback: "https://servio.ai",
  }),
  /** Default `America/Sao_Paulo`. Where a customer lives of whom nothing else is known. */
  automationTimeZone: key("automationTimeZone", timeZone, {
    expected: "a time zone of the IANA list",
    example: "America/Sao_Paulo",
    fallback: "America/Sao_Paulo",
  }),
  /** Default `21:00-08:00`. When no automation is sent, in the customer's own time. Equal times: always allowed. */
  automationQuietHours: key(
    "automationQuietHours",
    z.string().refine((text) => quietHours.safeParse(text).success),
    {
      expected: "HH:MM-HH:MM",
      example: "21:00-08:00",
      fallback: "21:00-08:00",
    },
  ),
  /** Default 24. Hours between two automations to one customer. */
  automationPauseHours: key("automationPauseHours", integer(0, 720), {
    expected: "a whole number of hours from 0 to 720",
    example: "24",
    fallback: "24",
  }),
  /** Default `true`. `false` creates the scheduled jobs paused: for a copy of an environment that must not send. */
  schedulesEnabled: key("schedulesEnabled", flag, { expected: "true or false", example: "true", fallback: "true" }),
} as const;
