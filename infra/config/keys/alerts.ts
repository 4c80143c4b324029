import * as z from "zod";
import { key } from "../key.ts";
import { emails, flag, httpsUrl, integer, optionalBillingAccount, optionalSlackChannel } from "../values.ts";

/** Who is told when something is wrong, or costly. */
export const ALERTS_KEYS = {
  /** Default none; outside `npm start` one way for alerts is required. Who receives alerts by e-mail. */
  alertEmails: key("alertEmails", emails, {
    expected: "comma-separated e-mail addresses",
    example: "sre@example.com",
    fallback: "",
  }),
  /** Default none. Where alerts go in Slack; needs `alertSlackToken`. */
  alertSlackChannel: key("alertSlackChannel", optionalSlackChannel, {
    expected: "a Slack channel with its #, or nothing",
    example: "#incidents",
    fallback: "",
  }),
  /** Default `false`. `true` publishes alerts on the topic `servio-alerts`, for other systems. */
  alertPubSub: key("alertPubSub", flag, { expected: "true or false", example: "true", fallback: "false" }),
  /** Default none: alerts hold their runbook's text. A web address of docs/runbooks adds a link to it, there and on the status page. */
  runbooksUrl: key("runbooksUrl", z.union([z.literal("").transform(() => undefined), httpsUrl]), {
    expected: "an https URL (http only on this machine), or nothing",
    example: "https://example.com/servio/docs/runbooks",
    fallback: "",
  }),
  /** Default none. Who pays for the project: with it the stack declares a budget, for which the deployer needs a role there. */
  billingAccount: key("billingAccount", optionalBillingAccount, {
    expected: "the id of a billing account, three groups of six of 0-9 and A-F, or nothing",
    example: "012345-6789AB-CDEF01",
    fallback: "",
  }),
  /** Default 100. Dollars that Google may bill in a month before the budget tells; it watches and stops nothing. */
  monthlyBudgetUsd: key("monthlyBudgetUsd", integer(1, 1_000_000), {
    expected: "a whole number of dollars from 1 to 1000000",
    example: "100",
    fallback: "100",
  }),
} as const;
