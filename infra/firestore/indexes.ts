/**
 * The composite indexes that the app's and the inbox's queries need. Data, so that tests can hold every query against
 * it: the emulator answers a query that has no index, the real Firestore does not.
 */

export type IndexField =
  | { readonly path: string; readonly order: "asc" | "desc" }
  | { readonly path: string; readonly contains: true };

export interface CompositeIndex {
  readonly collection: string;
  /** In order, without the trailing `__name__`. */
  readonly fields: readonly IndexField[];
}

const asc = (path: string): IndexField => ({ path, order: "asc" });
const desc = (path: string): IndexField => ({ path, order: "desc" });
const contains = (path: string): IndexField => ({ path, contains: true });

function index(collection: string, ...fields: IndexField[]): CompositeIndex {
  return { collection, fields };
}

export const INDEXES: readonly CompositeIndex[] = [
  // The messages of a conversation, newest first.
  index("messages", asc("conversationId"), desc("timestamp")),
  // What a conversation still has to send, and what a watermark (read up to here) moves on.
  index("messages", asc("conversationId"), asc("status"), desc("timestamp")),
  // What was said, by a word of it.
  index("messages", contains("words"), desc("timestamp")),
  // The inbox's list, by each combination of filters.
  index("conversations", asc("channel"), desc("lastMessageAt")),
  index("conversations", asc("userType"), desc("lastMessageAt")),
  index("conversations", asc("channel"), asc("userType"), desc("lastMessageAt")),
  index("conversations", asc("status"), desc("lastMessageAt")),
  index("conversations", contains("participants"), desc("lastMessageAt")),
  // One's own conversations.
  index("conversations", asc("assignedTo"), desc("lastMessageAt")),
  // What colleagues wrote beside a conversation, and what is still to be sent in it.
  index("notes", asc("conversationId"), desc("createdAt")),
  index("notes", contains("mentions"), desc("createdAt")),
  index("scheduled_messages", asc("conversationId"), asc("status"), asc("dueAt")),
  // The sweep: what waits for an answer, what was not sent.
  index("conversations", asc("awaitingReply"), asc("updatedAt")),
  index("outbox", asc("status"), asc("updatedAt")),
  index("scheduled_messages", asc("status"), asc("dueAt")),
  // The metrics: what was decided since they were last brought up to date.
  index("messages", asc("channel"), asc("status"), asc("createdAt")),
  index("omni_logs", asc("type"), asc("timestamp")),
  index("automation_sends", asc("open"), asc("updatedAt")),
  // The automations: what is due, of conversations and of the platform's own collections, and what waits for another try.
  index("conversations", asc("status"), asc("lastMessageSender"), asc("lastMessageAt")),
  index("proposals", asc("status"), asc("createdAt")),
  index("escrows", asc("status"), asc("createdAt")),
  index("users", asc("onboardingCompleted"), asc("createdAt")),
  index("prospects", asc("status"), asc("lastContactAt")),
  index("automation_sends", asc("trigger"), asc("open"), asc("retryAt")),
  // The health probe: the last message of a channel, and what became of its sends in the last hour.
  index("conversations", asc("channel"), desc("lastInboundAt")),
  index("outbox", asc("channel"), asc("status"), asc("updatedAt")),
  index("outbox", asc("channel"), asc("status"), desc("updatedAt")),
];

/** A stable name that says what the index is. */
export function indexName(index: CompositeIndex): string {
  const fields = index.fields.map((field) => `${field.path}-${"order" in field ? field.order : "contains"}`);
  return [index.collection, ...fields].join("-");
}

/** As Firestore takes it. */
export interface FirestoreIndexField {
  readonly fieldPath: string;
  readonly order?: "ASCENDING" | "DESCENDING";
  readonly arrayConfig?: "CONTAINS";
}

/**
 * The fields with the `__name__` that Firestore appends by itself, in the direction of the last ordered field: left
 * out, the next refresh sees a difference and wants to replace the index.
 */
export function indexFields(index: CompositeIndex): FirestoreIndexField[] {
  const last = index.fields.findLast((field) => "order" in field);
  return [...index.fields, { path: "__name__", order: last?.order ?? "asc" }].map((field) =>
    "order" in field
      ? { fieldPath: field.path, order: field.order === "asc" ? ("ASCENDING" as const) : ("DESCENDING" as const) }
      : { fieldPath: field.path, arrayConfig: "CONTAINS" as const },
  );
}
