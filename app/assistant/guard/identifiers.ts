import { fold, plainForms } from "../text.ts";

/** Finding what identifies a person in a text: e-mail addresses, telephone, CPF, CNPJ and card numbers. */

export interface Identifier {
  readonly kind: "email" | "number";
  /** Comparable: the address in lower case, or the digits alone. */
  readonly key: string;
}

const AT = String.raw`\s?(?:@|\(at\)|\[at\]|\{at\}|\(arroba\)|\[arroba\]|\sarroba\s)\s?`;
const DOT = String.raw`(?:\.|\s?(?:\(dot\)|\[dot\]|\(ponto\)|\[\.\]|\(\.\))\s?|\s(?:dot|ponto|punto)\s)`;
const EMAIL = new RegExp(
  String.raw`([\p{L}\p{N}._%+-]{1,64})${AT}([\p{L}\p{N}-]{1,63}(?:${DOT}[\p{L}\p{N}-]{1,63})+)`,
  "giu",
);

/** Digits with at most three separating characters between two of them; a stroke only as CNPJ has it. */
const NUMBER = /\d{2}\.?\d{3}\.?\d{3}\/\d{4}-?\d{2}|\+?\d(?:[\s().\-_*|•·]{0,3}\d){7,}/gu;

/** Written like numbers, naming nobody: dates, times, money, percentages. None of them is long enough to hide a telephone. */
const HARMLESS = [
  /\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}\b/gu,
  /\b(?:19|20)\d{2}[/.-]\d{1,2}[/.-]\d{1,2}\b/gu,
  /\b\d{1,2}(?::|h)\d{2}(?::\d{2})?\b/gu,
  /(?:R\$|US\$|\$|€)\s?\d{1,3}(?:[.,]\d{3}){0,2}(?:[.,]\d{1,2})?(?!\d)/gu,
  /\b\d{1,3}(?:\.\d{3}){1,2},\d{2}\b/gu,
  /\b\d{1,3}[.,]\d{1,2}\s?%/gu,
];

const DIGIT_WORDS: Readonly<Record<string, string>> = {
  zero: "0",
  um: "1",
  uma: "1",
  dois: "2",
  duas: "2",
  tres: "3",
  quatro: "4",
  cinco: "5",
  seis: "6",
  meia: "6",
  sete: "7",
  oito: "8",
  nove: "9",
  one: "1",
  two: "2",
  three: "3",
  four: "4",
  five: "5",
  six: "6",
  seven: "7",
  eight: "8",
  nine: "9",
  oh: "0",
  cero: "0",
  uno: "1",
  dos: "2",
  cuatro: "4",
  siete: "7",
  ocho: "8",
  nueve: "9",
};
const DIGIT_WORD = Object.keys(DIGIT_WORDS).join("|");
const SPELLED = new RegExp(`\\b(?:${DIGIT_WORD})(?:[\\s,.;-]+(?:(?:e|and|y)\\s+)?(?:${DIGIT_WORD})){7,}\\b`, "g");

/** Every identifier in `text`. */
export function identifiers(text: string): Identifier[] {
  const plain = plainForms(text);
  return [...emails(plain), ...numbers(plain), ...spelledNumbers(text)].map(({ kind, key }) => ({ kind, key }));
}

/** An identifier and where it stands in the text that was searched. */
export interface Found extends Identifier {
  readonly match: string;
}

export function emails(plain: string): Found[] {
  // Most texts have no sign of one, and the whole pattern is tried at every letter.
  if (!/@|arroba|[([{]at[)\]}]/i.test(plain)) return [];
  return [...plain.matchAll(EMAIL)].map((match) => {
    const local = (match[1] ?? "").toLowerCase();
    const domain = (match[2] ?? "").toLowerCase().replace(new RegExp(DOT, "giu"), ".");
    return { kind: "email", key: `${local}@${domain}`, match: match[0] };
  });
}

export function numbers(plain: string): Found[] {
  const text = HARMLESS.reduce((rest, pattern) => rest.replace(pattern, (match) => "§".repeat(match.length)), plain);
  return [...text.matchAll(NUMBER)]
    .map((match) => ({ kind: "number" as const, key: match[0].replace(/\D/g, ""), match: match[0] }))
    .filter((found) => found.key.length >= 10 || isShortTelephone(found.match));
}

/** `90000-0001`, `3000-0001`: a local number without area code. `2024-2025` is a span of years. */
function isShortTelephone(text: string): boolean {
  return /^\d{4,5}[\s.-]\d{4}$/.test(text) && !/^(?:19|20)\d{2}[\s.-](?:19|20)\d{2}$/.test(text);
}

function spelledNumbers(text: string): Found[] {
  return [...fold(text).matchAll(SPELLED)].map((match) => {
    const key = (match[0].match(/[a-z]+/g) ?? []).map((word) => DIGIT_WORDS[word] ?? "").join("");
    return { kind: "number", key, match: match[0] };
  });
}
