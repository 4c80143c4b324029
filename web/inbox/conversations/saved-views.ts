import type { ConversationFilter } from "../data/model.ts";
import type { Shelf } from "../preferences/stored.ts";
import { addressOf, readPlace } from "../shell/place.ts";

/** Views as this browser knows them, by the person: two people may share a machine. */
const PREFIX = "servio.saved-views.";
/** Where they were before they followed the person from browser to browser. */
const BROWSER_ONLY_PREFIX = "servio.views.";
/** A menu that one still reads. The rules hold it too. */
export const MOST_VIEWS = 12;

/** What the person's own document is to hold and to hold no longer, as addresses. */
export interface ViewsChange {
  readonly keep: readonly string[];
  readonly drop: readonly string[];
}

/** Where a person's views are kept for all their browsers. */
export interface ViewsStore {
  /** As addresses, the newest last. Costs the read of one document. */
  read(): Promise<readonly string[]>;
  /** Answers once it is stored; without a network, when it is back. */
  change(change: ViewsChange): Promise<void>;
}

/** One thing that was done and that the store may not know yet. */
interface Step {
  readonly does: "keep" | "drop";
  readonly address: string;
}

/**
 * Narrowings that a person wants back, on whichever machine: the newest last. Kept as addresses, which outlive a release.
 * What is done shows at once and stays in this browser until the store has it, so that it survives a lost network and a
 * reload; what two browsers do at the same time is joined, since only differences are stored.
 */
export class SavedViews {
  readonly #shelf: Shelf;
  readonly #key: string;
  readonly #store: ViewsStore;
  readonly #listeners = new Set<() => void>();
  #stored: readonly string[];
  #waiting: readonly Step[];
  #views: readonly ConversationFilter[];
  #read: "not yet" | "being read" | "read" = "not yet";
  #isStoring = false;

  /** @param uid whose views they are */
  constructor(shelf: Shelf, uid: string, store: ViewsStore) {
    this.#shelf = shelf;
    this.#key = PREFIX + uid;
    this.#store = store;
    const lines = (shelf.getItem(this.#key) ?? "").split("\n");
    this.#stored = addressesAfter("=", lines);
    this.#waiting = lines.flatMap(readStep);
    this.#takeOver(BROWSER_ONLY_PREFIX + uid);
    this.#views = this.#wanted().map(filterOf);
  }

  get = (): readonly ConversationFilter[] => this.#views;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Keeps one, or lets it go when it is kept already. */
  toggle(filter: ConversationFilter): void {
    const address = viewAddress(filter);
    const does = this.#wanted().includes(address) ? "drop" : "keep";
    this.#waiting = [...this.#waiting.filter((step) => step.address !== address), { does, address }];
    this.#tell();
    void this.#storeSteps();
  }

  /** Reads what other browsers have kept: once, and again only when that failed. Then stores what waits here. */
  async sync(): Promise<void> {
    if (this.#read === "being read") return;
    if (this.#read === "not yet") {
      this.#read = "being read";
      try {
        this.#stored = (await this.#store.read()).flatMap(understood);
        this.#read = "read";
        this.#tell();
      } catch (reason) {
        this.#read = "not yet";
        console.info("Saved views of other browsers cannot be read now; those of this one are shown.", reason);
        return;
      }
    }
    await this.#storeSteps();
  }

  async #storeSteps(): Promise<void> {
    // Before it is known what is stored, nobody can tell which are too many.
    if (this.#read !== "read" || this.#isStoring) return;
    this.#isStoring = true;
    try {
      while (this.#waiting.length > 0) await this.#storeThese(this.#waiting);
    } catch (reason) {
      // They stay with this browser, and are tried again with the next of them or the next sign-in.
      console.warn("A saved view was not stored for other browsers.", reason);
    } finally {
      this.#isStoring = false;
    }
  }

  async #storeThese(steps: readonly Step[]): Promise<void> {
    const wanted = this.#wanted();
    const keep = wanted.filter((address) => !this.#stored.includes(address));
    const drop = this.#stored.filter((address) => !wanted.includes(address));
    if (keep.length + drop.length > 0) await this.#store.change({ keep, drop });
    this.#stored = wanted;
    this.#waiting = this.#waiting.filter((step) => !steps.includes(step));
    this.#tell();
  }

  /** What is stored, with what was done here since. */
  #wanted(): readonly string[] {
    let wanted = this.#stored;
    for (const { does, address } of this.#waiting) {
      const others = wanted.filter((known) => known !== address);
      if (does === "drop") wanted = others;
      else if (others.length === wanted.length) wanted = [...wanted, address];
    }
    return wanted.slice(-MOST_VIEWS);
  }

  /** Views from when each browser had its own, once. */
  #takeOver(key: string): void {
    const old = this.#shelf.getItem(key);
    if (old === null) return;
    const steps = old.split("\n").flatMap(understood);
    this.#waiting = [...steps.map((address) => ({ does: "keep" as const, address })), ...this.#waiting];
    this.#writeDown();
    this.#shelf.removeItem(key);
  }

  #tell(): void {
    this.#writeDown();
    this.#views = this.#wanted().map(filterOf);
    for (const listener of this.#listeners) listener();
  }

  #writeDown(): void {
    const stored = this.#stored.map((address) => `=${address}`);
    const waiting = this.#waiting.map(({ does, address }) => `${does === "keep" ? "+" : "-"}${address}`);
    this.#shelf.setItem(this.#key, [...stored, ...waiting].join("\n"));
  }
}

export function isSame(a: ConversationFilter, b: ConversationFilter): boolean {
  return viewAddress(a) === viewAddress(b);
}

function viewAddress(filter: ConversationFilter): string {
  return addressOf({ page: "inbox", filter });
}

function filterOf(address: string): ConversationFilter {
  const place = readPlace(new URL(address, "http://views.invalid"));
  return place.page === "inbox" ? place.filter : { view: "open" };
}

/** An address as this release writes it; nothing where it names no view of the list. */
function understood(address: string): string[] {
  if (!address.startsWith("/") || !URL.canParse(address, "http://views.invalid")) return [];
  const place = readPlace(new URL(address, "http://views.invalid"));
  return place.page === "inbox" ? [viewAddress(place.filter)] : [];
}

function addressesAfter(sign: string, lines: readonly string[]): string[] {
  return lines.filter((line) => line.startsWith(sign)).flatMap((line) => understood(line.slice(1)));
}

function readStep(line: string): Step[] {
  if (line.startsWith("+")) return understood(line.slice(1)).map((address) => ({ does: "keep", address }));
  if (line.startsWith("-")) return understood(line.slice(1)).map((address) => ({ does: "drop", address }));
  return [];
}
