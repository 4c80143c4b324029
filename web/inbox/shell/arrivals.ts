import { customerSpokeLast } from "../conversations/handler.ts";
import type { Conversation } from "../data/model.ts";

/** When each waiting conversation last moved. */
export type Known = ReadonlyMap<string, number>;

export function knownOf(rows: readonly Conversation[]): Known {
  return new Map(rows.map((row) => [row.id, row.lastMessageAt]));
}

/** Those in which a customer has written since `before`. Nothing is new to a page that has just been opened. */
export function arrivals(before: Known | undefined, rows: readonly Conversation[]): Conversation[] {
  if (before === undefined) return [];
  return rows.filter((row) => customerSpokeLast(row) && row.lastMessageAt > (before.get(row.id) ?? 0));
}
