import { useCallback, useEffect, useRef, useState } from "react";

export interface Loaded<T> {
  /** The last that came; `undefined` until there was one. */
  readonly value: T | undefined;
  /** Why the last try brought nothing. */
  readonly error: unknown;
  /** Asks again. */
  again(): Promise<void>;
}

/** Something that is asked for once, and again when told. @param load the same function for the same question */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ of: typeof load; value?: T; error?: unknown }>({ of: load });
  const newest = useRef<object>(undefined);
  const again = useCallback(async () => {
    const mine = {};
    newest.current = mine;
    const [outcome] = await Promise.allSettled([load()]);
    // What was asked for later counts, whichever answer comes last.
    if (newest.current !== mine) return;
    if (outcome.status === "fulfilled") setState({ of: load, value: outcome.value });
    else setState((last) => ({ ...(last.of === load ? last : {}), of: load, error: outcome.reason }));
  }, [load]);
  useEffect(() => {
    void again();
    return () => {
      newest.current = undefined;
    };
  }, [again]);
  // What was the answer to another question is none to this one.
  const { value, error } = state.of === load ? state : {};
  return { value, error, again };
}
