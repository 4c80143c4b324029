import type { Conversation } from "../data/model.ts";

/** How a conversation is called: the name the channel gave, else the phone, else the channel's id. */
export function displayName(row: Pick<Conversation, "name" | "phone" | "customer" | "channel">): string {
  if (row.name !== undefined) return row.name;
  return displayPhone(row) ?? row.customer;
}

/** The phone as people write it; on WhatsApp the customer's id is the phone. */
export function displayPhone(row: Pick<Conversation, "phone" | "customer" | "channel">): string | undefined {
  const digits = row.phone ?? (row.channel === "whatsapp" ? row.customer : undefined);
  return digits === undefined ? undefined : phone(digits);
}

/** `+55 11 90000-0001` for Brazil; other countries keep their digits behind a plus; what is no phone stays as it is. */
export function phone(value: string): string {
  const digits = value.replace(/^\+/, "");
  if (!/^\d{7,15}$/.test(digits)) return value;
  const brazil = /^55(\d{2})(\d{4,5})(\d{4})$/.exec(digits);
  return brazil === null ? `+${digits}` : `+55 ${brazil[1]} ${brazil[2]}-${brazil[3]}`;
}

const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const isLetter = /^\p{L}/u;

/** First letters of the first and last word; the last two digits where there are no letters. */
export function initials(name: string): string {
  const words = name.split(/[\s@._-]+/u).filter((word) => isLetter.test(word));
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  const marks = chosen.map((word) => [...letters.segment(word ?? "")][0]?.segment.toLocaleUpperCase() ?? "");
  return marks.join("") || name.replace(/\D/g, "").slice(-2) || "?";
}

/** Of a colleague, who may be known by the address alone: what stands behind the "@" is the same for all. */
export const colleagueInitials = (name: string): string => initials(name.replace(/@.*$/, ""));
