/** The timestamp after which Firestore removes a document, usually within a day. Until then it can still be read. */
export const TTL_FIELD = "expireAt";

/** Collections whose documents expire: records of what happened, and rows of sends long finished. */
export const TTL_COLLECTIONS = ["omni_logs", "ia_logs", "rejected_events", "outbox"] as const;
