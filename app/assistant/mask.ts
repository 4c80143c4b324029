import { emails, numbers } from "./guard/identifiers.ts";
import { plainForms } from "./text.ts";

/**
 * The same text with personal data replaced by what it was: `[email]`, `[cartão]`, `[cpf]`, `[cnpj]`, `[telefone]`,
 * `[número]`. For the logs, which more people read than the conversation itself.
 */
export function maskPersonalData(text: string): string {
  const plain = plainForms(text);
  let masked = plain;
  for (const found of emails(plain)) masked = masked.replaceAll(found.match, "[email]");
  const byLength = numbers(masked).sort((a, b) => b.match.length - a.match.length);
  for (const found of byLength) masked = masked.replaceAll(found.match, label(found.key, found.match));
  // Untouched text is given back as it was written, its emoji included.
  return masked === plain ? text : masked;
}

function label(digits: string, written: string): string {
  if (digits.length >= 13 && digits.length <= 19 && passesLuhn(digits)) return "[cartão]";
  if (digits.length === 14) return "[cnpj]";
  if (digits.length === 11 && isCpf(digits) && !/^\(|^\+/.test(written)) return "[cpf]";
  return digits.length <= 13 ? "[telefone]" : "[número]";
}

/** ISO/IEC 7812: the check digit of card numbers. */
function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = index % 2 === 0 ? Number(digit) : Number(digit) * 2;
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** Receita Federal: two check digits, modulo 11. */
function isCpf(digits: string): boolean {
  const check = (length: number) => {
    const sum = [...digits.slice(0, length)].reduce((total, digit, i) => total + Number(digit) * (length + 1 - i), 0);
    return ((sum * 10) % 11) % 10;
  };
  return check(9) === Number(digits[9]) && check(10) === Number(digits[10]);
}
