/**
 * Text as the assistant compares it. Attackers hide words in characters that nobody sees and in look-alikes of letters
 * and digits, so everything is brought to one plain form before a rule looks at it.
 */

/**
 * Controls, format characters and all that Unicode lets a font leave out: zero-width and bidirectional marks, variation
 * selectors, the tag block. https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
/** The joiner and the selector that emoji need; elsewhere they are as invisible as the rest. */
const EMOJI_GLUE = /(?<=\p{Emoji}|\p{Emoji_Modifier}|\uFE0F)\u200D(?=\p{Extended_Pictographic})|(?<=\p{Emoji})\uFE0F/gu;

/** The same text without what cannot be seen; line breaks are kept, tabs become spaces. Always well-formed UTF-16. */
export function visibleText(text: string): string {
  const lines = text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, "\n")
    .replace(/\t/g, " ");
  const glue = new Set([...lines.matchAll(EMOJI_GLUE)].map((match) => match.index));
  return lines.replace(INVISIBLE, (character, index: number) =>
    character === "\n" || glue.has(index) ? character : "",
  );
}

/** Compatibility forms made plain: full-width, circled, mathematical and foreign digits become ASCII. Case is kept. */
export function plainForms(text: string): string {
  return visibleText(text)
    .replace(/[\uFE0F\u20E3\u200D]/g, "")
    .normalize("NFKC")
    .replace(/[\u3002\uFF0E\uFF61\u2024]/g, ".")
    .replace(/\p{Nd}/gu, asciiDigit);
}

/** Unicode keeps each script's ten digits together, zero first, so the value is the distance to that zero. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (zero > 0 && code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  // The mathematical digits are five runs without a gap, but NFKC has already made those ASCII.
  return String(code - zero);
}

/** Lower case, without accents: `Ação` and `acao` are the same. */
export function fold(text: string): string {
  return plainForms(text).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The folded words: runs of letters and digits. */
export function words(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}
