import { createContext, useCallback, useContext, useEffect, useRef, useSyncExternalStore } from "react";
import type { Seen, Streams, Subscribe } from "./streams.ts";

export const StreamsContext = createContext<Streams | undefined>(undefined);

/** @throws outside the signed-in part of the page. */
export function useStreams(): Streams {
  const streams = useContext(StreamsContext);
  if (streams === undefined) throw new Error("useStreams() is for what is shown after sign-in.");
  return streams;
}

export interface Live<T> extends Seen<T> {
  /** Starts a stream that ended with an error again. */
  retry(): void;
}

const UNWANTED: Seen<never> = { value: undefined, error: undefined };

/**
 * The newest value of a stream, shared by everyone who asks for the same key.
 * @param wanted false leaves it unopened. @default true
 */
export function useLive<T>(key: string, subscribe: Subscribe<T>, wanted = true): Live<T> {
  const streams = useStreams();
  const latest = useRef(subscribe);
  useEffect(() => {
    latest.current = subscribe;
  });
  const watch = useCallback(
    (listener: () => void) => (wanted ? streams.watch(key, latest.current, listener) : () => undefined),
    [streams, key, wanted],
  );
  const seen = useSyncExternalStore(watch, () => (wanted ? streams.get<T>(key) : UNWANTED));
  const retry = useCallback(() => streams.restart(key, latest.current), [streams, key]);
  return { ...seen, retry };
}
