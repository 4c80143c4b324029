import type { Timestamp } from "firebase-admin/firestore";

/** What administrators do, and what is kept of it. */

export const ADMIN_COLLECTIONS = { audit: "audit_log", canned: "canned_responses" } as const;

/** `audit_log/{hash}`: who did what that cannot be seen any more in what it was done to. No customer's words, no names. */
export interface AuditRow {
  id: string;
  action: "person_exported" | "person_erased" | "role_changed";
  /** The administrator's uid. */
  by: string;
  /** A hash of whom it was about: it can be compared with a person who asks, and tells nothing to anybody else. */
  subject: string;
  /** How many documents of which collection, or the role given. */
  detail: Readonly<Record<string, number | string>>;
  at: Timestamp;
}

/** `canned_responses/{id}`: what every agent may say with `/` and a word. */
export interface CannedResponseDocument {
  shortcut: string;
  text: string;
  updatedAt: Timestamp;
  updatedBy: string;
}
