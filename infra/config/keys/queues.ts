import { key } from "../key.ts";
import { httpsUrl, integer } from "../values.ts";

/** How long a queue tries, and who may call for it. */
export const QUEUES_KEYS = {
  /** Default Google's. Where the keys of OIDC tokens (Pub/Sub, Scheduler) are published by key id. */
  oidcCertsUrl: key("oidcCertsUrl", httpsUrl, {
    expected: "an https URL (http only on this machine)",
    example: "https://www.googleapis.com/oauth2/v1/certs",
    fallback: "https://www.googleapis.com/oauth2/v1/certs",
  }),
  /** Default 15: with the backoffs below about 90 minutes of retries before a message becomes a dead letter. */
  queueMaxDeliveryAttempts: key("queueMaxDeliveryAttempts", integer(5, 100), {
    expected: "a whole number from 5 to 100 (Pub/Sub's limits)",
    example: "15",
    fallback: "15",
  }),
  /** Default 60 s: longer than the slowest answer of the model, or Pub/Sub delivers a job twice. */
  queueAckDeadlineSeconds: key("queueAckDeadlineSeconds", integer(10, 600), {
    expected: "a whole number of seconds from 10 to 600 (Pub/Sub's limits)",
    example: "60",
    fallback: "60",
  }),
  /** Default 10 s. */
  queueMinBackoffSeconds: key("queueMinBackoffSeconds", integer(0, 600), {
    expected: "a whole number of seconds from 0 to 600",
    example: "10",
    fallback: "10",
  }),
  /** Default 600 s. */
  queueMaxBackoffSeconds: key("queueMaxBackoffSeconds", integer(0, 600), {
    expected: "a whole number of seconds from 0 to 600",
    example: "600",
    fallback: "600",
  }),
  /** Default 14 days, for someone to look at a dead letter and send it again. */
  deadLetterRetentionDays: key("deadLetterRetentionDays", integer(1, 31), {
    expected: "a whole number of days from 1 to 31 (Pub/Sub's limits)",
    example: "14",
    fallback: "14",
  }),
} as const;
