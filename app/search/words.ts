/** What is sought, and what it is found by: words without accents and capitals, so that "joão" is found by "joao". Pure. */

/** A longer text is found by its beginning. */
const MOST_WORDS = 60;
/** From here on the beginning of a word stands for it. */
const LONGEST_WORD = 20;
const SHORTEST_WORD = 2;
/** A name may be found while it is being typed. */
const MOST_NAME_WORDS = 6;

/** Text without accents and capitals. */
export function plain(text: string): string {
  // Most messages need no more than this, and the webhook does it for every one.
  const lower = text.toLowerCase();
  return isAscii(lower) ? lower : lower.normalize("NFD").replace(/\p{Diacritic}/gu, "");
}

/** Each word of a text once, in its order: what a message is found by. Firestore compares them whole. */
export function searchWords(text: string): string[] {
  const words = new Set<string>();
  for (const [word] of plain(text).matchAll(/[\p{L}\p{N}]+/gu)) {
    if (word.length < SHORTEST_WORD) continue;
    words.add(word.slice(0, LONGEST_WORD));
    if (words.size === MOST_WORDS) break;
  }
  return [...words];
}

/** Every beginning of the words of a name, from two letters on: what a person is found by. */
export function nameBeginnings(name: string): string[] {
  const beginnings = new Set<string>();
  for (const word of searchWords(name).slice(0, MOST_NAME_WORDS)) {
    for (let length = SHORTEST_WORD; length <= word.length; length += 1) beginnings.add(word.slice(0, length));
  }
  return [...beginnings];
}

/** The longest one: the fewest are found by it. */
export function rarest(words: readonly string[]): string | undefined {
  return words.toSorted((one, other) => other.length - one.length)[0];
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 127) return false;
  return true;
}
