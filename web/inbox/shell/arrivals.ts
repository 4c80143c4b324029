import { customerSpokeLast } from "../conversations/handler.ts";
import type { Conversation } from "../data/model.ts";

/** When each waiting conversation last moved. */
export type Known = ReadonlyMap<string, number>;

export function knownOf(rows: readonly Conversation[]): Known {
  return new Map(rows.map((row) => [row.id, row.lastMessageAt]));
}

/** Those that began to wait since `before`, or in which the customer wrote again. Nothing is new to a page just opened. */
export function arrivals(before: Known | undefined, rows: readonly Conversation[]): Conversation[] {
  if (before === undefined) return [];
  return rows.filter((row) => {
    const at = before.get(row.id);
    return at === undefined || (customerSpokeLast(row) && row.lastMessageAt > at);
  });
}
