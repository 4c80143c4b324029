import { plain } from "../../../app/search/words.ts";
import type { CannedResponse, Conversation } from "../data/model.ts";

/** How many are offered at once. */
const OFFERED = 8;

/** What is looked for when a text is nothing but "/" and a word; `undefined` when it is an ordinary text. */
export function cannedQuery(text: string): string | undefined {
  return /^\/(\S*)$/u.exec(text)?.[1];
}

/** Those whose shortcut begins with the word, then those that hold it anywhere. */
export function matchCanned(all: readonly CannedResponse[], word: string): CannedResponse[] {
  const sought = plain(word);
  const begins = all.filter((item) => plain(item.shortcut).startsWith(sought));
  const holds = all.filter((item) => !begins.includes(item) && plain(`${item.shortcut} ${item.text}`).includes(sought));
  return [...begins, ...holds].slice(0, OFFERED);
}

/** What may stand between double braces in a ready answer. */
export const CANNED_VARIABLES = ["contact.first_name", "contact.name", "contact.phone"] as const;
export type CannedVariable = (typeof CANNED_VARIABLES)[number];

/** Puts the customer's own words in; what is not known is left out, so that no brackets reach a customer. */
export function fillCanned(text: string, conversation: Pick<Conversation, "name" | "phone">): string {
  const values: Readonly<Record<CannedVariable, string | undefined>> = {
    "contact.name": conversation.name,
    "contact.first_name": conversation.name?.split(/\s+/u)[0],
    "contact.phone": conversation.phone,
  };
  return text.replace(/ ?\{\{\s*([\w.]+)\s*\}\}/g, (hole, name: string) => {
    const known = CANNED_VARIABLES.find((variable) => variable === name);
    const value = known === undefined ? undefined : values[known];
    if (value === undefined) return "";
    return hole.startsWith(" ") ? ` ${value}` : value;
  });
}
