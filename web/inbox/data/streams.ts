/** How long a stream stays open after the last one who looked let go: going back to a conversation costs nothing. */
export const KEEP_OPEN_MS = 120_000;

/** Starts a stream; `next` and `fail` may be called any number of times, also at once. Returns how to stop. */
export type Subscribe<T> = (next: (value: T) => void, fail: (reason: Error) => void) => () => void;

/** The newest value, and why no newer one comes. */
export interface Seen<T> {
  readonly value: T | undefined;
  readonly error: Error | undefined;
}

interface Stream {
  seen: Seen<unknown>;
  readonly listeners: Set<() => void>;
  stop: () => void;
  cancelClose: (() => void) | undefined;
}

const NOTHING: Seen<never> = { value: undefined, error: undefined };

/**
 * Live values by key: one stream a key, however many components look at it. A query library would do this and a hundred
 * other things for a thirtieth of what the inbox may weigh; everything here comes as streams, so this is all there is to do.
 */
export class Streams {
  readonly #streams = new Map<string, Stream>();
  readonly #later: (run: () => void, ms: number) => () => void;

  /** @param later runs something once, and returns how to call it off */
  constructor(later: (run: () => void, ms: number) => () => void) {
    this.#later = later;
  }

  /** What is known under a key; the same object until it changes. */
  get<T>(key: string): Seen<T> {
    return (this.#streams.get(key)?.seen ?? NOTHING) as Seen<T>;
  }

  /** Everything known under keys that begin so. */
  valuesUnder<T>(prefix: string): T[] {
    const found = [...this.#streams].filter(([key]) => key.startsWith(prefix));
    return found.flatMap(([, { seen }]) => (seen.value === undefined ? [] : [seen.value as T]));
  }

  /** Looks at a key, opening its stream if nobody does yet. @returns how to look away */
  watch<T>(key: string, subscribe: Subscribe<T>, listener: () => void): () => void {
    const stream = this.#streams.get(key) ?? this.#open(key, subscribe);
    stream.cancelClose?.();
    stream.cancelClose = undefined;
    stream.listeners.add(listener);
    return () => {
      stream.listeners.delete(listener);
      if (stream.listeners.size > 0 || this.#streams.get(key) !== stream) return;
      stream.cancelClose = this.#later(() => this.#close(key, stream), KEEP_OPEN_MS);
    };
  }

  /** Starts a stream again that ended with an error; what was known stays until there is more. */
  restart<T>(key: string, subscribe: Subscribe<T>): void {
    const stream = this.#streams.get(key);
    if (stream === undefined) return;
    stream.stop();
    this.#tell(stream, { value: stream.seen.value, error: undefined });
    this.#start(stream, subscribe);
  }

  /** Stops all of them, for the next person at this desk. */
  clear(): void {
    for (const [key, stream] of [...this.#streams]) this.#close(key, stream);
  }

  #open<T>(key: string, subscribe: Subscribe<T>): Stream {
    const stream: Stream = { seen: NOTHING, listeners: new Set(), stop: () => undefined, cancelClose: undefined };
    this.#streams.set(key, stream);
    this.#start(stream, subscribe);
    return stream;
  }

  #start<T>(stream: Stream, subscribe: Subscribe<T>): void {
    stream.stop = subscribe(
      (value) => this.#tell(stream, { value, error: undefined }),
      (error) => this.#tell(stream, { value: stream.seen.value, error }),
    );
  }

  #tell(stream: Stream, seen: Seen<unknown>): void {
    stream.seen = seen;
    for (const listener of [...stream.listeners]) listener();
  }

  #close(key: string, stream: Stream): void {
    stream.cancelClose?.();
    stream.stop();
    if (this.#streams.get(key) === stream) this.#streams.delete(key);
  }
}
