/**
 * The other ways to write one and the same mobile number. WhatsApp tells some countries' numbers in their old form, so a
 * customer who is known under one form may write under another. Only for finding a conversation that exists; a number is
 * otherwise kept as it came.
 *
 * - Brazil: mobiles got a leading 9 (2012 to 2016). Eight digits that begin with 2 to 5 are a landline, which never did.
 * - Argentina: international mobile form with 9 after the country code.
 * - Mexico: the 1 after the country code was dropped in 2019.
 *
 * @param phone Digits with the country code, without `+`.
 */
export function numberVariants(phone: string): readonly string[] {
  for (const [pattern, rewrite] of RULES) {
    const match = pattern.exec(phone);
    if (match) return [rewrite(match)];
  }
  return [];
}

type Rule = readonly [pattern: RegExp, rewrite: (match: RegExpExecArray) => string];

const RULES: readonly Rule[] = [
  [/^55(\d{2})([6-9]\d{7})$/, ([, area, subscriber]) => `55${area}9${subscriber}`],
  [/^55(\d{2})9([6-9]\d{7})$/, ([, area, subscriber]) => `55${area}${subscriber}`],
  [/^549([1-8]\d{9})$/, ([, national]) => `54${national}`],
  [/^54([1-8]\d{9})$/, ([, national]) => `549${national}`],
  [/^521([2-9]\d{9})$/, ([, national]) => `52${national}`],
  [/^52([2-9]\d{9})$/, ([, national]) => `521${national}`],
];
