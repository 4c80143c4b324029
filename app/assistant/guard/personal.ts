import { type Identifier, identifiers } from "./identifiers.ts";
import { isAllowedHost } from "./links.ts";

/** The identifiers that this conversation already holds: said by somebody in it, or known to the platform. */
export interface Known {
  readonly emails: ReadonlySet<string>;
  readonly numbers: readonly string[];
}

/** @param texts everything said in this conversation, and the facts. */
export function knownIdentifiers(texts: readonly string[]): Known {
  // Joined with a letter between: a number split over two messages is not one number.
  const found = texts.flatMap(identifiers);
  return {
    emails: new Set(found.filter((one) => one.kind === "email").map((one) => one.key)),
    numbers: found.filter((one) => one.kind === "number").map((one) => one.key),
  };
}

/** How many last digits make two telephone numbers the same, with and without country and area code. */
const SAME_DIGITS = 8;

/** Whether `text` holds an identifier that this conversation does not know, addresses of our own domains aside. */
export function tellsUnknownIdentifier(text: string, known: Known, allowedDomains: readonly string[]): boolean {
  return identifiers(text).some((identifier) => !isKnown(identifier, known, allowedDomains));
}

function isKnown(identifier: Identifier, known: Known, allowedDomains: readonly string[]): boolean {
  if (identifier.kind === "email") {
    return known.emails.has(identifier.key) || isAllowedHost(identifier.key.split("@")[1] ?? "", allowedDomains);
  }
  return known.numbers.some((number) => {
    const [short, long] = number.length < identifier.key.length ? [number, identifier.key] : [identifier.key, number];
    return short.length >= SAME_DIGITS && long.endsWith(short);
  });
}
