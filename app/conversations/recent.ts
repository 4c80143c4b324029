import type { DocumentReference, DocumentSnapshot, Timestamp } from "firebase-admin/firestore";

/** A document as it was read, or as this run has just written it, and the version that it had then. */
export type Seen<T extends object> = Pick<DocumentSnapshot<T>, "ref" | "exists" | "updateTime" | "data">;

/**
 * What one run has just written, so that its next step need not read it. A first look only: whoever writes on the
 * strength of it says which version it was, and when somebody else was faster the second look reads.
 */
export class Recent {
  private readonly documents = new Map<string, Seen<object>>();

  /** The document as it stands after a write of ours. @param updateTime what the write came to */
  keep<T extends object>(ref: DocumentReference<T>, data: T, updateTime: Timestamp): void {
    this.documents.set(ref.path, { ref, exists: true, updateTime, data: () => data } as Seen<object>);
  }

  /** What was kept, once; else what is stored. */
  async look<T extends object>(ref: DocumentReference<T>): Promise<Seen<T>> {
    const kept = this.documents.get(ref.path) as Seen<T> | undefined;
    this.documents.delete(ref.path);
    return kept ?? ref.get();
  }
}
