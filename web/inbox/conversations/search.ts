import { plain } from "../../../app/search/words.ts";
import type { Conversation } from "../data/model.ts";
import { displayName } from "../format/names.ts";

const haystacks = new WeakMap<Conversation, { readonly text: string; readonly digits: string }>();

/** What a conversation can be found by. Remembered with the row: ten thousand of them are sought at each key. */
function haystack(row: Conversation) {
  const known = haystacks.get(row);
  if (known !== undefined) return known;
  const text = plain(`${displayName(row)} ${row.userId ?? ""} ${row.lastMessage}`);
  const made = { text, digits: `${row.phone ?? ""} ${row.customer}`.replace(/[^\d ]/g, "") };
  haystacks.set(row, made);
  return made;
}

/** Those that hold every word, in the name, the phone or the last message. All of them when nothing is sought. */
export function search(rows: readonly Conversation[], words: string): readonly Conversation[] {
  const sought = plain(words).split(/\s+/).filter(Boolean);
  if (sought.length === 0) return rows;
  const digits = words.replace(/\D/g, "");
  // "+55 11 9…" is one phone, however it is spaced.
  const isPhone = digits.length >= 3 && /^[\d\s()+-]+$/.test(words);
  return rows.filter((row) => {
    const hay = haystack(row);
    return isPhone
      ? hay.digits.includes(digits) || hay.text.includes(plain(words).trim())
      : sought.every((word) => hay.text.includes(word));
  });
}
