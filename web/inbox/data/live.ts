import { type QueryClient, type QueryKey, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

/** How long a listener stays after the last component let go of it: going back to a conversation costs nothing. */
export const KEEP_LISTENING_MS = 120_000;

/** Starts a stream; `next` and `fail` may be called any number of times. Returns how to stop. */
export type Subscribe<T> = (next: (value: T) => void, fail: (reason: Error) => void) => () => void;

/**
 * Ties streams to the entries of a query cache: one stream an entry, however many components look at it, and it stops
 * when the cache forgets the entry.
 */
export class LiveStreams {
  readonly #stops = new Map<string, () => void>();
  readonly #client: QueryClient;

  constructor(client: QueryClient) {
    this.#client = client;
    client.getQueryCache().subscribe((event) => {
      if (event.type === "removed") this.#stop(event.query.queryHash);
    });
  }

  /** Resolves with the first value; later ones go into the cache by themselves, a failure becomes the entry's error. */
  open<T>(key: QueryKey, hash: string, subscribe: Subscribe<T>): Promise<T> {
    this.#stop(hash);
    return new Promise<T>((resolve, reject) => {
      let first = true;
      const stop = subscribe(
        (value) => {
          if (first) resolve(value);
          else this.#client.setQueryData(key, value);
          first = false;
        },
        (reason) => {
          this.#stops.delete(hash);
          if (first) return reject(reason);
          this.#client.getQueryCache().get(hash)?.setState({ status: "error", error: reason });
        },
      );
      this.#stops.set(hash, stop);
    });
  }

  #stop(hash: string): void {
    this.#stops.get(hash)?.();
    this.#stops.delete(hash);
  }
}

const STREAMS = new WeakMap<QueryClient, LiveStreams>();

function streamsOf(client: QueryClient): LiveStreams {
  const known = STREAMS.get(client) ?? new LiveStreams(client);
  STREAMS.set(client, known);
  return known;
}

export interface Live<T> {
  readonly value: T | undefined;
  readonly error: Error | undefined;
  /** Starts a stream that ended with an error again. */
  retry(): void;
}

/** The newest value of a stream, shared by everyone who asks for the same key. */
export function useLive<T>(key: QueryKey, subscribe: Subscribe<T>): Live<T> {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery<T>({
    queryKey: key,
    queryFn: ({ queryKey }) => {
      const hash = client.getQueryCache().find({ queryKey, exact: true })?.queryHash ?? JSON.stringify(queryKey);
      return streamsOf(client).open<T>(queryKey, hash, subscribe);
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: KEEP_LISTENING_MS,
    retry: false,
    networkMode: "always",
    structuralSharing: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const retry = useCallback(() => void refetch(), [refetch]);
  return { value: data, error: error ?? undefined, retry };
}
