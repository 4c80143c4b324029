import { plainForms } from "../text.ts";

/** Which internet addresses a reply may hold. Channels turn anything that looks like one into a link, so all forms count. */

/**
 * Two words with a dot between them and no space are taken for an address, whatever the ending: there are 1,400 top-level
 * domains, and a good sentence has a space after its full stop. Names of files and the odd abbreviation are let through.
 */
const NO_ADDRESS =
  /^p\.ex$|^[^/?#:]+\.(?:pdf|jpe?g|png|gif|webp|heic|docx?|xlsx?|pptx?|csv|txt|mp[34]|ogg|opus|wav|js|ts|json|html?)$/u;

const LABELS = String.raw`(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+`;
const WITH_SCHEME = /\b[a-z][a-z0-9+.-]{1,20}:\/\/\S*/giu;
const OTHER_SCHEME =
  /\b(?:javascript|vbscript|mailto|tel|sms|intent|whatsapp|tg|market|file|blob):\S|\bdata:[a-z]+\//iu;
const START = String.raw`(?<![@\p{L}\p{N}_.-])`;
const END = String.raw`(?![\p{L}\p{N}-])(?!\.?[\p{L}\p{N}._%+-]*@)(?::\d+)?(?:[/?#]\S*)?`;
const BARE = new RegExp(String.raw`${START}${LABELS}\p{Ll}{2,}${END}`, "gu");
/** In capitals a missing space is likelier than an address, but for these. */
const LOUD = new RegExp(`${START}${LABELS}(?:COM|NET|ORG|BR|IO|Com|Net|Org)${END}`, "gu");
const ADDRESS_NUMBER = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/u;
/** Written so that a person can put it together again: `evil[.]com`, `hxxps`, `evil dot com`. */
const DISGUISED =
  /h(?:xx|\*\*)ps?\b|[\p{L}\p{N}]\s?(?:\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\)|\[ponto\]|\(ponto\))\s?\p{L}{2,}|[\p{L}\p{N}] (?:dot com|ponto com ponto br|ponto com barra|punto com barra)\b/iu;

/** Whether `text` holds an address outside the allowed domains, or one that hides what it is. */
export function hasForeignLink(text: string, allowedDomains: readonly string[]): boolean {
  const plain = plainForms(text);
  if (OTHER_SCHEME.test(plain) || ADDRESS_NUMBER.test(plain) || DISGUISED.test(plain)) return true;
  const withScheme = plain.match(WITH_SCHEME) ?? [];
  if (withScheme.some((link) => !isAllowedLink(link, allowedDomains))) return true;
  const rest = plain.replace(WITH_SCHEME, " ");
  const bare = [BARE, LOUD].flatMap((pattern) => rest.match(pattern) ?? []);
  return bare.some((link) => !NO_ADDRESS.test(link) && !isAllowedLink(`https://${link}`, allowedDomains));
}

function isAllowedLink(link: string, allowedDomains: readonly string[]): boolean {
  const trimmed = link.replace(/[.,;:!?)\]}"'*_»”’]+$/u, "");
  if (!URL.canParse(trimmed)) return false;
  const url = new URL(trimmed);
  if (url.protocol !== "https:" || url.username !== "" || url.password !== "" || url.port !== "") return false;
  return isAllowedHost(url.hostname, allowedDomains);
}

/** The domain itself or one below it; never one that only ends alike (`evilservio.ai`). */
export function isAllowedHost(host: string, allowedDomains: readonly string[]): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  return allowedDomains.some((domain) => name === domain || name.endsWith(`.${domain}`));
}
