import { Timestamp } from "firebase-admin/firestore";
import { raiseStatus } from "../conversations/message-status.ts";
import type { EarlyNews, Message, MessageStatus } from "../conversations/model.ts";
import { searchWords } from "../search/words.ts";

/**
 * What can happen to a message after it was written. Every function here gives the same document whatever the order and
 * however often the news come, since Meta promises neither order nor that anything comes only once. Pure.
 */

/** A message, or what is known of one that has not come yet. */
export type Subject = Message | EarlyNews;

/** Delivery news. A message from the customer has no delivery, and keeps `received`. */
export function withStatus<T extends Subject>(
  subject: T,
  status: MessageStatus,
  error?: { code: number; message: string },
): T {
  if (subject.status === "received") return subject;
  const later = raiseStatus(subject.status, status);
  if (later === subject.status) return subject;
  const { error: _settled, ...rest } = subject;
  return { ...rest, status: later, ...(later === "failed" && error !== undefined && { error }) } as T;
}

/** The last reaction of each person counts; taking it back wins over one of the same instant. */
export function withReaction<T extends Subject>(subject: T, who: string, emoji: string, at: number): T {
  const before = subject.reactionsAt?.[who]?.toMillis();
  const current = subject.reactions?.[who] ?? "";
  if (before !== undefined && (at < before || (at === before && !beats(emoji, current)))) return subject;
  const reactions: Record<string, string> = { ...subject.reactions };
  if (emoji === "") delete reactions[who];
  else reactions[who] = emoji;
  const reactionsAt = { ...subject.reactionsAt, [who]: Timestamp.fromMillis(at) };
  return { ...subject, reactions, reactionsAt };
}

/** Any fixed order does, as long as it does not depend on who came first. */
function beats(emoji: string, current: string): boolean {
  if (current === "") return false;
  return emoji === "" || emoji > current;
}

/** The highest revision counts. A deleted message stays without text. */
export function withEdit<T extends Subject>(subject: T, text: string, revision: number, at: number): T {
  const before = subject.editRevision;
  if (before !== undefined && (revision < before || (revision === before && text <= (subject.text ?? "")))) {
    return subject;
  }
  const edited = { ...subject, editRevision: revision, editedAt: Timestamp.fromMillis(at) };
  if (subject.deletedAt !== undefined) return edited;
  // What has not come yet belongs to no conversation, and must not be found.
  return "stub" in subject ? { ...edited, text } : { ...edited, text, words: searchWords(text) };
}

/** Taken back by its author: nothing of what it said is kept. */
export function withDeletion<T extends Subject>(subject: T, at: number): T {
  const before = subject.deletedAt?.toMillis();
  const { attachments, payload: _payload, referral: _referral, words: _words, ...rest } = subject as Message;
  const deletedAt = Timestamp.fromMillis(before === undefined ? at : Math.min(before, at));
  // The worker removes the bytes too, whatever it has stored of them by now.
  const purge = attachments?.some(({ state }) => state !== undefined) === true && { fetchAt: deletedAt };
  return { ...rest, text: "", deletedAt, ...purge } as unknown as T;
}

/** The message together with what was known before it came. */
export function withEarlyNews(message: Message, news: EarlyNews): Message {
  let result = message;
  if (news.status !== undefined) result = withStatus(result, news.status, news.error);
  if (news.editRevision !== undefined && news.editedAt !== undefined) {
    result = withEdit(result, news.text ?? "", news.editRevision, news.editedAt.toMillis());
  }
  for (const [who, at] of Object.entries(news.reactionsAt ?? {})) {
    result = withReaction(result, who, news.reactions?.[who] ?? "", at.toMillis());
  }
  return news.deletedAt === undefined ? result : withDeletion(result, news.deletedAt.toMillis());
}
