/** The part of `localStorage` that is used here; a fake in tests. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** A shelf that forgets: for browsers that forbid storage, where reading `localStorage` itself throws. */
function forgetful(): Shelf {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

/** The browser's own storage, or one that lasts as long as the page where storage is forbidden. */
export function openShelf(read: () => Shelf = () => window.localStorage): Shelf {
  try {
    const shelf = read();
    shelf.setItem("servio.probe", "1");
    shelf.removeItem("servio.probe");
    return shelf;
  } catch (reason) {
    console.info("Storage is not available: preferences last until the page is closed.", reason);
    return forgetful();
  }
}

/** Something remembered. */
export interface Choice<T extends string | number> {
  get(): T;
  set(value: T): void;
  subscribe(listener: () => void): () => void;
}

/** Remembers a whole number between two others; what is stored and is none counts as `fallback`. */
export function measure(
  shelf: Shelf,
  key: string,
  limits: { readonly min: number; readonly max: number },
  fallback: number,
): Choice<number> {
  const stored = Number(shelf.getItem(key) ?? Number.NaN);
  const fits = Number.isInteger(stored) && stored >= limits.min && stored <= limits.max;
  return remembered(shelf, key, fits ? stored : fallback);
}

/** Remembers one of `values` under `key`; what is stored and not among them counts as `fallback`. */
export function choice<T extends string>(shelf: Shelf, key: string, values: readonly T[], fallback: T): Choice<T> {
  const stored = shelf.getItem(key);
  return remembered(shelf, key, values.find((value) => value === stored) ?? fallback);
}

function remembered<T extends string | number>(shelf: Shelf, key: string, first: T): Choice<T> {
  const listeners = new Set<() => void>();
  let current = first;
  return {
    get: () => current,
    set(value) {
      current = value;
      shelf.setItem(key, String(value));
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
