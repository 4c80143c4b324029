/** The timestamp after which Firestore removes a document, usually within a day. Until then it can still be read. */
export const TTL_FIELD = "expireAt";

/**
 * Collections of which some documents expire: records of what happened, sends long finished, what could not be read, and
 * among the messages only news about a message that never came. A document without the field stays.
 */
export const TTL_COLLECTIONS = [
  "omni_logs",
  "ia_logs",
  "rejected_events",
  "outbox",
  "messages",
  "automation_sends",
  "automation_customers",
  "channel_changes",
  "presence",
  "scheduled_messages",
  "health_notices",
  "metrics_hourly",
  "metrics_daily",
] as const;
