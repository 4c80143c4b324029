import { shortenText, type TextLimit } from "../channels/text.ts";
import { claimsFalsely, isAbusive } from "./guard/claims.ts";
import { type Fingerprint, leaks } from "./guard/leak.ts";
import { hasForeignLink } from "./guard/links.ts";
import { type Known, tellsUnknownIdentifier } from "./guard/personal.ts";
import { hasSecret } from "./guard/secrets.ts";
import { visibleText } from "./text.ts";

/**
 * What may be sent to a customer. No way is known to keep a model from obeying what it reads (OWASP LLM01), so its words
 * are judged here by rules that no prompt can talk to. Rules, not proof: the model is also given nothing worth stealing.
 */

export type Violation =
  | "empty"
  | "markup"
  | "link"
  | "instruction_leak"
  | "secret"
  | "personal_data"
  | "false_claim"
  | "abuse";

export interface GuardContext {
  /** Of the persona that answered. */
  readonly print: Fingerprint;
  /** The assistant's last messages in this conversation, together. */
  readonly said: string;
  /** Of this conversation and the customer's facts. */
  readonly known: Known;
  /** Lower case: `servio.ai` stands for its subdomains too. */
  readonly allowedDomains: readonly string[];
  /** Values that may not appear whatever they look like. */
  readonly secrets: readonly string[];
  /** What one message may hold. A longer reply is cut where a sentence ends. */
  readonly limit: TextLimit;
}

export type Verdict =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly violations: readonly Violation[] };

/** Characters that are looked at, more than any channel carries: what lies beyond is never sent. */
const JUDGED_CHARS = 6000;

/** Judges a reply of the model's; when it passes, `text` is what to send: plain, visible, short enough. */
export function guardReply(reply: string, context: GuardContext): Verdict {
  const text = plainText(reply.slice(0, JUDGED_CHARS));
  if (!/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text)) return { ok: false, violations: ["empty"] };
  const violations = [...violationsIn(text, context)];
  if (violations.length > 0) return { ok: false, violations };
  return { ok: true, text: shortenText(text, context.limit).text };
}

function* violationsIn(text: string, context: GuardContext): Generator<Violation> {
  if (hasMarkup(text)) yield "markup";
  if (hasForeignLink(text, context.allowedDomains)) yield "link";
  if (leaks(text, context.print, context.said)) yield "instruction_leak";
  if (hasSecret(text, context.secrets)) yield "secret";
  if (tellsUnknownIdentifier(text, context.known, context.allowedDomains)) yield "personal_data";
  if (claimsFalsely(text)) yield "false_claim";
  if (isAbusive(text)) yield "abuse";
}

/**
 * Harmless Markdown made plain, since three of the four channels show its signs as they are: emphasis, headings, code
 * marks and links. Images and HTML are left for the judgement.
 */
export function plainText(reply: string): string {
  return visibleText(reply)
    .replace(/<br\s*\/?>/gi, "\n")
    .replace(/(?<!!)\[([^\]\n]{1,200})\]\(\s{0,9}([^)\s]{1,500})\s{0,9}\)/g, (_, label: string, url: string) =>
      label === url ? url : `${label}: ${url}`,
    )
    .replace(/(\*\*|__)(?=\S)([^\n]*?\S)\1/g, "$2")
    .replace(/^ {0,3}#{1,6} +/gm, "")
    .replace(/^\s*[*•] +/gm, "- ")
    .replace(/`+/g, "")
    .replace(/[ \u00A0]+/g, " ")
    .replace(/ *\n */g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** An image, a tag, or the model's own JSON instead of words. "Menor que <3" and "5 < 10" are no tags. */
function hasMarkup(text: string): boolean {
  return /!\[|\]\(|<\/?[a-z!][^<>]*>|<(?:script|img|iframe|svg|object|embed|link|style)\b|&#?\w+;|"(?:reply|action)"\s*:/i.test(
    text,
  );
}
