import { createHash } from "node:crypto";

/** The real provider adds seven random hex digits; here they follow from the name, so that a name is the same tomorrow. */
export function nameFor(name: string): string {
  return `${name}-${digest(name).slice(0, 7)}`;
}

/** Stable stand-in for an id that Google would make up. Lower-case hex. */
export function digest(...parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\n")).digest("hex");
}
