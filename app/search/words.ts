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
  const lower = text.toLowerCase();
  return isAscii(lower) ? lower : unmarked(lower);
}

function unmarked(text: string): string {
  return text.normalize("NFD").replace(/\p{Diacritic}/gu, "");
}

/** Each word of a text once, in its order: what a message is found by. Firestore compares them whole. */
export function searchWords(text: string): string[] {
  return westernWords(text) ?? anyWords(text);
}

/** {@link searchWords} for every script there is. */
export function anyWords(text: string): string[] {
  const words = new Set<string>();
  let looked = 0;
  for (const [word] of unmarked(text.toLowerCase()).matchAll(/[\p{L}\p{N}]+/gu)) {
    if (word.length >= SHORTEST_WORD) words.add(word.slice(0, LONGEST_WORD));
    looked += 1;
    if (looked === MOST_WORDS) break;
  }
  return [...words];
}

const [END, NOTHING] = [0, 1];
/** Of each Latin-1 character the code of the letter that {@link anyWords} makes of it; or it ends a word, or vanishes. */
const LETTERS = Uint8Array.from({ length: 256 }, (_, code) => {
  const letter = unmarked(String.fromCharCode(code).toLowerCase());
  if (letter === "") return NOTHING;
  return /[\p{L}\p{N}]/u.test(letter) ? letter.charCodeAt(0) : END;
});
const SPACE = 32;

/**
 * The same for Portuguese, English and Spanish, several times as fast: the webhook does it for every message. Undefined where
 * the text holds anything that Latin-1 does not.
 */
function westernWords(text: string): string[] | undefined {
  const words = new Set<string>();
  let looked = 0;
  let length = 0;
  let sum = 0;
  for (let index = 0; index <= text.length; index += 1) {
    const code = index === text.length ? SPACE : text.charCodeAt(index);
    if (code > 255) return undefined;
    const letter = LETTERS[code] ?? END;
    if (letter > NOTHING) {
      if (length < LONGEST_WORD) {
        spelled[length] = letter;
        sum = (Math.imul(sum, 31) + letter) | 0;
      }
      length += 1;
    } else if (letter === END && length > 0) {
      if (length >= SHORTEST_WORD) words.add(spelledWord(Math.min(length, LONGEST_WORD), sum));
      looked += 1;
      if (looked === MOST_WORDS) break;
      length = 0;
      sum = 0;
    }
  }
  return [...words];
}

/** The letters of the word that is being read. */
const spelled = new Uint8Array(LONGEST_WORD);
/** People write the same words again and again: one that is found here need not be made, and hashed, anew. */
const known = Array.from({ length: 4_096 }, () => "");

/** @param sum of the letters: where the word would be known */
function spelledWord(length: number, sum: number): string {
  const place = (sum ^ (sum >>> 12)) & (known.length - 1);
  const before = known[place] ?? "";
  let same = before.length === length;
  for (let index = 0; same && index < length; index += 1) same = before.charCodeAt(index) === spelled[index];
  if (same) return before;
  const word = String.fromCharCode(...spelled.subarray(0, length));
  known[place] = word;
  return word;
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
