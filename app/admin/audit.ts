import { createHash } from "node:crypto";
import { type Firestore, Timestamp } from "firebase-admin/firestore";
import { ADMIN_COLLECTIONS, type AuditRow } from "./model.ts";

export interface AuditEntry extends Pick<AuditRow, "action" | "by" | "detail"> {
  /** Whom it was about; only its hash is kept. */
  readonly about: string;
}

/** Writes down what an administrator did. @param now Unix milliseconds */
export async function recordAudit(db: Firestore, { about, ...entry }: AuditEntry, now: number): Promise<void> {
  const place = db.collection(ADMIN_COLLECTIONS.audit).doc();
  const row: AuditRow = { id: place.id, ...entry, subject: subjectHash(about), at: Timestamp.fromMillis(now) };
  await place.create(row);
}

/** The same for the same subject, always. */
export function subjectHash(about: string): string {
  return createHash("sha256").update(about).digest("hex");
}
