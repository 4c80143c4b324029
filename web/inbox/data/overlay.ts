import { present } from "./fields.ts";
import type { Conversation } from "./model.ts";

/** What an agent may change of a conversation from here. */
export type Patch = Partial<Pick<Conversation, "mode" | "status" | "unread" | "needsPerson">> & {
  /** `undefined` takes it up again. */
  readonly snooze?: Conversation["snooze"] | undefined;
  /** `undefined` takes it from whoever has it. */
  readonly assignedTo?: string | undefined;
};

/** How long a change that the API confirmed is believed before the database shows it. */
export const BELIEVE_MS = 5_000;

interface Belief {
  readonly patch: Patch;
  /** True once the API has said that it is done. */
  readonly confirmed: boolean;
}

/**
 * Changes shown before they are stored: every action answers at once. A change is dropped when the stored conversation
 * agrees with it, when the API refused it, or when the database has not followed within {@link BELIEVE_MS}.
 */
export class Overlay {
  readonly #listeners = new Set<() => void>();
  readonly #later: (run: () => void, ms: number) => void;
  #beliefs: ReadonlyMap<string, Belief> = new Map();

  /** @param later `setTimeout`, or a clock of the test's own */
  constructor(later: (run: () => void, ms: number) => void) {
    this.#later = later;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  get = (): ReadonlyMap<string, Belief> => this.#beliefs;

  /** Shows `patch` while `action` runs. @throws what the action throws, after taking the patch back. */
  async during(id: string, patch: Patch, action: () => Promise<void>): Promise<void> {
    const before = this.#beliefs.get(id)?.patch;
    this.#set(id, { patch: { ...before, ...patch }, confirmed: false });
    try {
      await action();
    } catch (reason) {
      this.#set(id, undefined);
      throw reason;
    }
    const current = this.#beliefs.get(id);
    if (current === undefined) return;
    const confirmed: Belief = { ...current, confirmed: true };
    this.#set(id, confirmed);
    this.#later(() => {
      if (this.#beliefs.get(id) === confirmed) this.#set(id, undefined);
    }, BELIEVE_MS);
  }

  /** Drops what the stored conversation already says. */
  settle(stored: Conversation): void {
    const belief = this.#beliefs.get(stored.id);
    if (belief?.confirmed === true && agrees(stored, belief.patch)) this.#set(stored.id, undefined);
  }

  #set(id: string, belief: Belief | undefined): void {
    const next = new Map(this.#beliefs);
    if (belief === undefined) next.delete(id);
    else next.set(id, belief);
    this.#beliefs = next;
    for (const listener of this.#listeners) listener();
  }
}

/** The conversation as it will be. The same object when nothing is believed of it. */
export function withBelief(row: Conversation, beliefs: ReadonlyMap<string, Belief>): Conversation {
  const belief = beliefs.get(row.id);
  if (belief === undefined) return row;
  const { assignedTo, snooze, ...others } = row;
  const { assignedTo: believedHolder, snooze: believedSnooze, ...patch } = belief.patch;
  const holder = "assignedTo" in belief.patch ? believedHolder : assignedTo;
  const aside = "snooze" in belief.patch ? believedSnooze : snooze;
  return { ...others, ...patch, ...present({ assignedTo: holder, snooze: aside }) };
}

function agrees(stored: Conversation, patch: Patch): boolean {
  return Object.entries(patch).every(([field, value]) =>
    // The server's clock says when it was put aside.
    field === "snooze" ? stored.snooze?.until === patch.snooze?.until : stored[field as keyof Patch] === value,
  );
}
