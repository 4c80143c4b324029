import { type ComponentProps, type MouseEvent, useCallback, useMemo, useSyncExternalStore } from "react";
import type { ConversationFilter } from "../data/model.ts";
import { addressOf, type Place, readPlace } from "./place.ts";

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("popstate", listener);
  };
}

const address = () => window.location.pathname + window.location.search;

/** Goes somewhere; the way back leads here. */
export function go(place: Place): void {
  const to = addressOf(place);
  if (to === address()) return;
  window.history.pushState(null, "", to);
  for (const listener of listeners) listener();
}

/** Where one is; follows the browser's own back and forward. */
export function usePlace(): Place {
  const current = useSyncExternalStore(subscribe, address);
  return useMemo(() => readPlace(new URL(current, window.location.origin)), [current]);
}

export interface PlaceLinkProps extends Omit<ComponentProps<"a">, "href"> {
  readonly to: Place;
}

/** A real link: a new tab, a copied address and the middle button work as everywhere. */
export function PlaceLink({ to, ...props }: PlaceLinkProps) {
  const onClick = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return <a href={addressOf(to)} onClick={onClick} {...props} />;
}

const ALL_OPEN: ConversationFilter = { view: "open" };

export interface Selection {
  readonly conversationId: string | undefined;
  readonly filter: ConversationFilter;
  /** Shows no conversation: on a phone, the list. */
  close(): void;
  narrow(filter: ConversationFilter): void;
}

/** What is chosen in the inbox. The filter stays the same object while it says the same, so that no row is drawn for nothing. */
export function useSelection(): Selection {
  const place = usePlace();
  const { view, channel, userType, holder } = place.page === "inbox" ? place.filter : ALL_OPEN;
  const filter = useMemo<ConversationFilter>(
    () => ({
      view,
      ...(channel === undefined ? {} : { channel }),
      ...(userType === undefined ? {} : { userType }),
      ...(holder === undefined ? {} : { holder }),
    }),
    [view, channel, userType, holder],
  );
  const conversationId = place.page === "inbox" ? place.conversationId : undefined;
  const close = useCallback(() => go({ page: "inbox", filter }), [filter]);
  const narrow = useCallback(
    (next: ConversationFilter) =>
      go({ page: "inbox", filter: next, ...(conversationId === undefined ? {} : { conversationId }) }),
    [conversationId],
  );
  return { conversationId, filter, close, narrow };
}
