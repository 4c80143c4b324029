import { plainForms } from "../text.ts";

/** Which internet addresses a reply may hold. Channels turn anything that looks like one into a link, so all forms count. */

/** Endings that make two words with a dot between them an address. Beyond these a path must follow (`t.me/x` always counts). */
const ENDINGS =
  "com|net|org|br|io|ai|app|dev|info|biz|xyz|top|site|online|shop|store|link|click|live|club|page|web|cloud|tech|pro|vip|win|work|world|email|chat|bio|gov|edu|ru|cn|tk|ml|ga|cf|gq|ly|gl|gd|cc|ws|tv|us|uk|eu|pt|ar|mx|cl|pe|uy|py|ve|ec|co|me|sh|id|in|to|de|fr|it|nl|jp|kr|su|ir|za|ng|gg|la|vc|fm|im|st|nu|zip|mov";

const LABELS = String.raw`(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+`;
const WITH_SCHEME = /\b[a-z][a-z0-9+.-]{1,20}:\/\/\S*/giu;
const OTHER_SCHEME =
  /\b(?:javascript|vbscript|mailto|tel|sms|intent|whatsapp|tg|market|file|blob):\S|\bdata:[a-z]+\//iu;
const BARE = new RegExp(
  String.raw`(?<![@\p{L}\p{N}_.-])${LABELS}(?:${ENDINGS})(?![\p{L}\p{N}-])(?::\d+)?(?:[/?#]\S*)?`,
  "gu",
);
const WITH_PATH = new RegExp(String.raw`(?<![@\p{L}\p{N}_.-])${LABELS}\p{L}{2,}(?::\d+)?/[\p{L}\p{N}]\S*`, "gu");
const LOUD = new RegExp(
  String.raw`(?<![@\p{L}\p{N}_.-])${LABELS}(?:COM|NET|ORG|BR|Com|Net|Org)(?![\p{L}\p{N}-])(?:[/?#]\S*)?`,
  "gu",
);
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
  const bare = [BARE, WITH_PATH, LOUD].flatMap((pattern) => rest.match(pattern) ?? []);
  return bare.some((link) => !isAllowedLink(`https://${link}`, allowedDomains));
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
