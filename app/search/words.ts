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

/** Of each Latin-1 character what {@link anyWords} makes of it: a letter, nothing, or undefined where a word ends. */
const WESTERN: readonly (string | undefined)[] = Array.from({ length: 256 }, (_, code) => {
  const letter = unmarked(String.fromCharCode(code).toLowerCase());
  return letter === "" || /[\p{L}\p{N}]/u.test(letter) ? letter : undefined;
});
const [END, SAME, OTHER] = [0, 1, 2];
/** Whether a Latin-1 character ends a word, stands for itself, or for something else. */
const KINDS = Uint8Array.from(WESTERN, (letter, code) => {
  if (letter === undefined) return END;
  return letter === String.fromCharCode(code) ? SAME : OTHER;
});

/**
 * The same for Portuguese, English and Spanish, several times as fast: the webhook does it for every message. Undefined where
 * the text holds anything that Latin-1 does not.
 */
function westernWords(text: string): string[] | undefined {
  const words = new Set<string>();
  let looked = 0;
  let start = -1;
  let same = true;
  for (let index = 0; index <= text.length; index += 1) {
    const code = index === text.length ? SPACE : text.charCodeAt(index);
    if (code > 255) return undefined;
    const kind = KINDS[code];
    if (kind !== END) {
      if (start === -1) start = index;
      if (kind === OTHER) same = false;
    } else if (start !== -1) {
      const word = same ? text.slice(start, index) : lettersOf(text, start, index);
      if (word.length >= SHORTEST_WORD) words.add(word.slice(0, LONGEST_WORD));
      if (word !== "") looked += 1;
      if (looked === MOST_WORDS) break;
      start = -1;
      same = true;
    }
  }
  return [...words];
}

const SPACE = 32;

function lettersOf(text: string, start: number, end: number): string {
  let word = "";
  for (let index = start; index < end; index += 1) word += WESTERN[text.charCodeAt(index)] ?? "";
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
