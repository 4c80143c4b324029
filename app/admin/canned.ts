import { type Firestore, Timestamp } from "firebase-admin/firestore";
import { ADMIN_COLLECTIONS, type CannedResponseDocument } from "./model.ts";

export interface CannedResponse {
  readonly id: string;
  readonly shortcut: string;
  readonly text: string;
}

/** A shortcut belongs to one answer: the second would never be found. */
export class ShortcutTaken extends Error {
  readonly code = "shortcut_taken";
  constructor(shortcut: string) {
    super(`Another ready answer has the shortcut "${shortcut}". Choose another word, or change that answer.`);
    this.name = "ShortcutTaken";
  }
}

/** Keeps a ready answer, new or changed. @throws {ShortcutTaken} */
export async function saveCanned(
  db: Firestore,
  response: CannedResponse,
  by: string,
  now: number,
): Promise<CannedResponse> {
  const all = db.collection(ADMIN_COLLECTIONS.canned);
  await db.runTransaction(async (transaction) => {
    const same = await transaction.get(all.where("shortcut", "==", response.shortcut).limit(2));
    if (same.docs.some((other) => other.id !== response.id)) throw new ShortcutTaken(response.shortcut);
    const document: CannedResponseDocument = {
      shortcut: response.shortcut,
      text: response.text,
      updatedAt: Timestamp.fromMillis(now),
      updatedBy: by,
    };
    transaction.set(all.doc(response.id), document);
  });
  return response;
}

/** Removing what is not there any more is fine. */
export async function deleteCanned(db: Firestore, id: string): Promise<void> {
  await db.collection(ADMIN_COLLECTIONS.canned).doc(id).delete();
}
