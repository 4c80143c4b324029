import type { LocalEvent } from "../../cloud.ts";

/** What has happened in a local cloud, for whoever comes later. */
export interface Journal {
  add(event: LocalEvent): void;
  /** Hears what happens, with `replay` from the beginning. Returns the way to stop listening. */
  follow(listener: (event: LocalEvent) => void, replay: boolean): () => void;
}

/** A cloud may run for weeks with something crashing in it. */
const KEPT = 1_000;

export function createJournal(): Journal {
  const events: LocalEvent[] = [];
  const listeners = new Set<(event: LocalEvent) => void>();
  return {
    add(event) {
      events.push(event);
      if (events.length > KEPT) events.shift();
      for (const listener of listeners) listener(event);
    },
    follow(listener, replay) {
      if (replay) for (const event of events) listener(event);
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
