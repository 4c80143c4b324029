/** A run of text, or an address in it. */
export type Piece = { readonly type: "text" | "link"; readonly text: string };

/** Only addresses that begin like one: a customer's "javascript:" stays text. */
const ADDRESS = /https?:\/\/[^\s<>"']+/gi;
/** What ends a sentence, not an address. */
const TRAILING = /[.,;:!?…)\]}]+$/;

/** Parts a text at its web addresses. The pieces joined are the text. */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = withoutTrailing(found);
    if (!URL.canParse(address)) continue;
    if (index > end) pieces.push({ type: "text", text: text.slice(end, index) });
    pieces.push({ type: "link", text: address });
    end = index + address.length;
  }
  if (end < text.length) pieces.push({ type: "text", text: text.slice(end) });
  return pieces;
}

/** "(see https://a.example/b)" ends before the bracket; "https://a.example/b_(c)" keeps its own. */
function withoutTrailing(found: string): string {
  const address = found.replace(TRAILING, "");
  const next = found[address.length];
  return next === ")" && address.includes("(") && !address.includes(")") ? `${address})` : address;
}
