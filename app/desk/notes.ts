import { type Firestore, Timestamp } from "firebase-admin/firestore";
import { hashedId } from "../conversations/ids.ts";
import { COLLECTIONS } from "../conversations/model.ts";
import { DESK_COLLECTIONS, type Note } from "./model.ts";

export interface NewNote {
  readonly conversationId: string;
  readonly author: string;
  readonly text: string;
  readonly mentions: readonly string[];
  /** Chosen by the inbox: the same id again is the same note. */
  readonly clientNoteId: string;
}

/** gRPC's ALREADY_EXISTS. */
const ALREADY_EXISTS = 6;

/** Keeps a note. Repeated requests keep one. @returns undefined when there is no such conversation */
export async function addNote(db: Firestore, note: NewNote, now: number): Promise<Note | undefined> {
  const conversation = await db.collection(COLLECTIONS.conversations).doc(note.conversationId).get();
  if (!conversation.exists) return undefined;
  const id = deskId(note.conversationId, note.author, note.clientNoteId);
  const place = db.collection(DESK_COLLECTIONS.notes).doc(id);
  const fresh: Note = {
    id,
    conversationId: note.conversationId,
    author: note.author,
    text: note.text,
    mentions: [...new Set(note.mentions)],
    createdAt: Timestamp.fromMillis(now),
  };
  try {
    await place.create(fresh);
    return fresh;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === ALREADY_EXISTS)) throw error;
    return (await place.get()).data() as Note;
  }
}

/** A document id that nobody else can choose, and that a repeated request meets again. */
export function deskId(...parts: readonly string[]): string {
  return hashedId(JSON.stringify(parts));
}
