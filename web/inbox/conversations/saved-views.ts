import type { ConversationFilter } from "../data/model.ts";
import type { Shelf } from "../preferences/stored.ts";
import { addressOf, readPlace } from "../shell/place.ts";

const PREFIX = "servio.views.";
/** A menu that one still reads. */
export const MOST_VIEWS = 12;

/** Narrowings that a person wants back, by the person: the newest last. Kept as addresses, which outlive a release. */
export interface SavedViews {
  get(): readonly ConversationFilter[];
  /** Keeps one, or lets it go when it is kept already. */
  toggle(filter: ConversationFilter): void;
  subscribe(listener: () => void): () => void;
}

/** @param uid whose views they are: two people may share a machine */
export function savedViews(shelf: Shelf, uid: string): SavedViews {
  const listeners = new Set<() => void>();
  let kept = (shelf.getItem(PREFIX + uid) ?? "").split("\n").filter(Boolean).flatMap(readView);
  return {
    get: () => kept,
    toggle(filter) {
      const without = kept.filter((view) => !isSame(view, filter));
      kept = without.length < kept.length ? without : [...kept, filter].slice(-MOST_VIEWS);
      shelf.setItem(PREFIX + uid, kept.map((view) => addressOf({ page: "inbox", filter: view })).join("\n"));
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function isSame(a: ConversationFilter, b: ConversationFilter): boolean {
  return addressOf({ page: "inbox", filter: a }) === addressOf({ page: "inbox", filter: b });
}

function readView(address: string): ConversationFilter[] {
  if (!URL.canParse(address, "http://views.invalid")) return [];
  const place = readPlace(new URL(address, "http://views.invalid"));
  return place.page === "inbox" ? [place.filter] : [];
}
