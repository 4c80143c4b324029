/** How Meta writes the plain values that its payloads share. */

/** Below this a timestamp counts seconds: 10^12 ms is the year 2001, 10^12 s the year 33658. */
const SECONDS_BELOW = 1e12;
/** No event lies before WhatsApp itself (2009), or after the year 2286: such a number is not a time. */
const EARLIEST = Date.UTC(2009);
const LATEST = 1e13;

/**
 * A time as Unix milliseconds. WhatsApp sends seconds in a string, Messenger and Instagram milliseconds in a number, and
 * Facebook now and then seconds. `undefined` for what is no time.
 */
export function toMillis(value: unknown): number | undefined {
  const number = typeof value === "string" && /^\d{1,16}$/.test(value) ? Number(value) : value;
  if (typeof number !== "number" || !Number.isFinite(number)) return undefined;
  const millis = Math.round(number < SECONDS_BELOW ? number * 1000 : number);
  return millis >= EARLIEST && millis < LATEST ? millis : undefined;
}

/** Only strings and numbers and booleans, as strings, `deep` levels down: what an account's news boils down to. */
export function flatten(value: unknown, deep = 3): Record<string, string> {
  const flat: Record<string, string> = {};
  collect(value, "", deep, flat);
  return flat;
}

const MOST_FIELDS = 40;
const LONGEST_VALUE = 500;
/** What Meta calls its fields. Anything else could not be the name of a field of a document. */
const FIELD = /^(?!__)[\w.-]{1,80}$/;

function collect(value: unknown, path: string, deep: number, into: Record<string, string>): void {
  if (Object.keys(into).length >= MOST_FIELDS) return;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    into[path || "value"] = String(value).slice(0, LONGEST_VALUE).toWellFormed();
    return;
  }
  if (typeof value !== "object" || value === null || deep === 0) return;
  for (const [key, inner] of Object.entries(value)) {
    if (FIELD.test(key)) collect(inner, path ? `${path}.${key}` : key, deep - 1, into);
  }
}

/** The part of a payload that was not understood, for an admin to read; cut so that the document stays small. */
export function rawOf(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  return text.slice(0, 200_000).toWellFormed();
}
