import { TRIGGERS } from "../../app/automation/triggers/index.ts";
import { SOURCES } from "../../app/metrics/sources.ts";

/**
 * Every query of the app and the inbox, by the file that makes it. The emulator answers a query that has no index and the
 * real Firestore does not, so a test holds this list against the sources, and each query against the declared indexes.
 */
export interface StoredQuery {
  /** From the repository's root. */
  readonly file: string;
  readonly collection: string;
  /** Fields compared with `==` or `in`. */
  readonly equal?: readonly string[];
  /** The field searched with `array-contains` or `array-contains-any`. */
  readonly contains?: string;
  /** The field compared with `<`, `<=`, `>` or `>=`; the first order is by it. */
  readonly range?: string;
  /** Without the document's own name. */
  readonly order?: readonly (readonly [field: string, direction: "asc" | "desc"])[];
}

/** Filters of `GET /api/omni/conversations`, each with and without each other. */
const LISTED = subsets(["userType", "channel", "status"]).flatMap((equal) => [
  { equal },
  { equal, contains: "participants" },
]);

export const QUERIES: readonly StoredQuery[] = [
  ...LISTED.map((filters) => ({
    file: "app/conversations/list.ts",
    collection: "conversations",
    ...filters,
    order: [["lastMessageAt", "desc"] as const],
  })),
  { file: "app/admin/canned.ts", collection: "canned_responses", equal: ["shortcut"] },
  { file: "app/admin/person-data.ts", collection: "conversations", equal: ["contact.userId"] },
  { file: "app/admin/person-data.ts", collection: "conversations", equal: ["contact.phone"] },
  ...["messages", "outbox", "omni_logs", "ia_logs", "notes", "presence", "scheduled_messages", "tasks"].map(
    (collection) => ({
      file: "app/admin/person-data.ts",
      collection,
      equal: ["conversationId"],
    }),
  ),
  {
    file: "app/conversations/list.ts",
    collection: "messages",
    equal: ["conversationId"],
    order: [["timestamp", "desc"]],
  },
  {
    file: "app/conversations/reply-store.ts",
    collection: "messages",
    equal: ["conversationId"],
    order: [["timestamp", "desc"]],
  },
  {
    file: "app/conversations/seen.ts",
    collection: "messages",
    equal: ["conversationId", "status"],
    order: [["timestamp", "desc"]],
  },
  { file: "app/search/search.ts", collection: "conversations", contains: "contact.words" },
  { file: "app/search/search.ts", collection: "messages", contains: "words", order: [["timestamp", "desc"]] },
  { file: "app/conversations/claim.ts", collection: "outbox", equal: ["conversationId", "status"] },
  {
    file: "app/conversations/sweep.ts",
    collection: "conversations",
    equal: ["awaitingReply"],
    range: "updatedAt",
    order: [["updatedAt", "asc"]],
  },
  {
    file: "app/conversations/sweep.ts",
    collection: "outbox",
    equal: ["status"],
    range: "updatedAt",
    order: [["updatedAt", "asc"]],
  },
  {
    file: "app/conversations/sweep.ts",
    collection: "messages",
    range: "fetchAt",
    order: [["fetchAt", "asc"]],
  },
  {
    file: "app/conversations/hand-back.ts",
    collection: "conversations",
    range: "handoffAt",
    order: [["handoffAt", "asc"]],
  },
  { file: "app/conversations/user-type.ts", collection: "users", equal: ["phone"] },
  { file: "app/conversations/user-type.ts", collection: "prospects", equal: ["phone"] },

  { file: "app/inbound/firestore.ts", collection: "conversations", equal: ["contact.bsuid"] },
  { file: "app/inbound/firestore.ts", collection: "conversations", equal: ["contact.phone"] },
  { file: "app/inbound/firestore.ts", collection: "messages", equal: ["providerId"] },
  {
    file: "app/inbound/firestore.ts",
    collection: "messages",
    equal: ["conversationId", "status"],
    order: [["timestamp", "desc"]],
  },
  {
    file: "app/inbound/firestore.ts",
    collection: "messages",
    equal: ["conversationId", "status"],
    range: "timestamp",
    order: [["timestamp", "desc"]],
  },

  {
    file: "app/webchat/stream.ts",
    collection: "messages",
    equal: ["conversationId"],
    range: "timestamp",
    order: [["timestamp", "desc"]],
  },
  { file: "app/webchat/stream.ts", collection: "presence", equal: ["conversationId"] },
  {
    file: "app/webchat/read.ts",
    collection: "messages",
    equal: ["conversationId", "status"],
    range: "timestamp",
    order: [["timestamp", "desc"]],
  },

  ...TRIGGERS.map(({ due }) => ({
    file: "app/automation/due.ts",
    collection: due.collection,
    equal: Object.keys(due.where),
    range: due.timeField,
    order: [[due.timeField, "asc"] as const],
  })),
  {
    file: "app/automation/rows.ts",
    collection: "automation_sends",
    equal: ["trigger", "open"],
    range: "retryAt",
    order: [["retryAt", "asc"]],
  },
  { file: "app/automation/tasks.ts", collection: "tasks", equal: ["status"] },
  { file: "app/automation/phone-users.ts", collection: "users", equal: ["phone"] },
  { file: "app/automation/phone-users.ts", collection: "users", equal: ["phone", "optOutAutomations"] },
  { file: "app/automation/gather.ts", collection: "conversations", equal: ["contact.phone"] },
  {
    file: "app/automation/gather.ts",
    collection: "conversations",
    contains: "participants",
    order: [["lastMessageAt", "desc"]],
  },

  { file: "app/assistant/context.ts", collection: "jobs", equal: ["clientId"] },
  { file: "app/assistant/context.ts", collection: "jobs", equal: ["providerId"] },
  { file: "app/assistant/context.ts", collection: "jobs", equal: ["status"] },
  { file: "app/assistant/context.ts", collection: "jobs", equal: ["__name__"] },
  { file: "app/assistant/context.ts", collection: "escrows", equal: ["clientId", "status"] },
  { file: "app/assistant/context.ts", collection: "escrows", equal: ["providerId", "status"] },
  { file: "app/assistant/context.ts", collection: "proposals", equal: ["providerId", "status"] },
  { file: "app/assistant/context.ts", collection: "proposals", equal: ["jobId"] },
  { file: "app/assistant/context.ts", collection: "prospects", equal: ["prospectorId", "status"] },
  { file: "app/assistant/context.ts", collection: "conversations", equal: ["status", "mode"] },

  {
    file: "app/desk/scheduled.ts",
    collection: "scheduled_messages",
    equal: ["status"],
    range: "dueAt",
    order: [["dueAt", "asc"]],
  },

  { file: "app/health/notify.ts", collection: "health_notices", equal: ["open"] },
  { file: "app/health/traffic.ts", collection: "outbox", equal: ["channel", "status"], range: "updatedAt" },
  {
    file: "app/health/traffic.ts",
    collection: "outbox",
    equal: ["channel", "status"],
    order: [["updatedAt", "desc"]],
  },
  {
    file: "app/health/traffic.ts",
    collection: "conversations",
    equal: ["channel"],
    order: [["lastInboundAt", "desc"]],
  },
  { file: "app/templates/sync.ts", collection: "templates", equal: ["account"] },

  {
    file: "app/metrics/roll-up.ts",
    collection: "messages",
    equal: ["channel", "status"],
    range: "createdAt",
  },
  ...SOURCES.map(({ collection, where, timeField }) => ({
    file: "app/metrics/roll-up.ts",
    collection,
    equal: where.map(([field]) => field),
    range: timeField,
    order: [[timeField, "asc"] as const],
  })),
  ...["metrics_hourly", "metrics_daily"].map((collection) => ({
    file: "app/metrics/report.ts",
    collection,
    range: "at",
    order: [["at", "asc"] as const],
  })),
  {
    file: "app/metrics/present.ts",
    collection: "conversations",
    equal: ["awaitingReply"],
    order: [["updatedAt", "asc"]],
  },
  { file: "app/metrics/present.ts", collection: "conversations", equal: ["needsPerson"] },
  { file: "app/metrics/present.ts", collection: "outbox", equal: ["status"] },
  { file: "app/metrics/present.ts", collection: "tasks", equal: ["status"] },

  { file: "app/webhook.ts", collection: "channels", equal: ["channel"] },

  ...subsets(["channel", "userType", "assignedTo"]).map((chosen) => ({
    file: "web/inbox/data/firestore-store.ts",
    collection: "conversations",
    equal: ["status", ...chosen],
    order: [["lastMessageAt", "desc"] as const],
  })),
  {
    file: "web/inbox/data/firestore-store.ts",
    collection: "conversations",
    range: "unread",
    order: [["unread", "desc"]],
  },
  {
    file: "web/inbox/data/firestore-store.ts",
    collection: "conversations",
    range: "snooze.until",
    order: [["snooze.until", "asc"]],
  },
  { file: "web/inbox/data/firestore-store.ts", collection: "conversations", equal: ["contact.userId"] },
  { file: "web/inbox/data/firestore-store.ts", collection: "conversations", equal: ["contact.phone"] },
  { file: "web/inbox/data/firestore-store.ts", collection: "templates", equal: ["status"] },
  { file: "web/inbox/data/firestore-store.ts", collection: "tasks", equal: ["status"] },
  { file: "web/inbox/data/firestore-store.ts", collection: "presence", equal: ["conversationId"] },
  {
    file: "web/inbox/data/firestore-store.ts",
    collection: "notes",
    equal: ["conversationId"],
    order: [["createdAt", "desc"]],
  },
  {
    file: "web/inbox/data/firestore-store.ts",
    collection: "notes",
    contains: "mentions",
    order: [["createdAt", "desc"]],
  },
  {
    file: "web/inbox/data/firestore-store.ts",
    collection: "scheduled_messages",
    equal: ["conversationId", "status"],
    order: [["dueAt", "asc"]],
  },
  { file: "web/inbox/data/firestore-store.ts", collection: "conversations", equal: ["needsPerson"] },
  { file: "web/inbox/data/firestore-store.ts", collection: "conversations", equal: ["mode"] },
  {
    file: "web/inbox/data/firestore-store.ts",
    collection: "messages",
    equal: ["conversationId"],
    order: [["timestamp", "desc"]],
  },
];

/** Every choice of some of the names, none and all included. */
function subsets(names: readonly string[]): string[][] {
  const [first, ...rest] = names;
  if (first === undefined) return [[]];
  const without = subsets(rest);
  return [...without, ...without.map((some) => [first, ...some])];
}
