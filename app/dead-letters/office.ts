import { type Letter, type LetterSummary, type Queue, summarize } from "./letter.ts";

/** Where dead letters lie and where they can be sent again. */
export interface LetterStore {
  /** Some letters that are not held already; none when there are no more. They stay held for about a minute. */
  pull(most: number): Promise<Letter[]>;
  /** Lets letters go: they can be pulled again at once. */
  release(letters: readonly Letter[]): Promise<void>;
  /** Removes letters for good. */
  remove(letters: readonly Letter[]): Promise<void>;
  /** Returns once the body is durably queued again. */
  publish(queue: Queue, letter: Letter): Promise<void>;
}

export interface LetterFilter {
  /** Only these; all when empty. */
  readonly ids: ReadonlySet<string>;
  readonly queue?: Queue;
}

export interface Outcome {
  readonly summary: LetterSummary;
  readonly letter: Letter;
  readonly done: "seen" | "replayed" | "dropped" | "kept";
  /** Why it was kept although it was asked for. */
  readonly why?: string;
}

export interface OfficeOptions {
  readonly filter: LetterFilter;
  /** Letters that are looked at, at most. */
  readonly limit: number;
  /** Told as they happen. */
  readonly onOutcome: (outcome: Outcome) => void;
}

export interface ReplayOptions extends OfficeOptions {
  /** Letters a second. */
  readonly rate: number;
  readonly dryRun: boolean;
  /** Milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Letters of one pull: few enough that all are dealt with while they are held. */
const PAGE = 50;

/** Looks at the letters and leaves them as they are. */
export function list(store: LetterStore, options: OfficeOptions): Promise<number> {
  return walk(store, options, async () => ({ done: "seen" }));
}

/**
 * Puts letters back into the queue that they come from, and removes each only after it is queued: cut off at any point,
 * a letter is at worst queued twice, which changes nothing, since storing an event and answering a conversation can be
 * repeated.
 */
export function replay(store: LetterStore, options: ReplayOptions): Promise<number> {
  const pause = 1000 / options.rate;
  return walk(store, options, async (letter, { queue }) => {
    if (queue === "unknown") return { done: "kept", why: "it is no message of ours; show it, then drop it" };
    if (options.dryRun) return { done: "seen" };
    await store.publish(queue, letter);
    await store.remove([letter]);
    await options.sleep(pause);
    return { done: "replayed" };
  });
}

/** Removes letters for good. */
export function drop(store: LetterStore, options: OfficeOptions & { readonly dryRun: boolean }): Promise<number> {
  return walk(store, options, async (letter) => {
    if (options.dryRun) return { done: "seen" };
    await store.remove([letter]);
    return { done: "dropped" };
  });
}

type Done = Pick<Outcome, "done" | "why">;

/** Each letter once; what is not removed is let go at the end, also when something failed. @returns how many matched */
async function walk(
  store: LetterStore,
  { filter, limit, onOutcome }: OfficeOptions,
  act: (letter: Letter, summary: LetterSummary) => Promise<Done>,
): Promise<number> {
  const held = new Map<string, Letter>();
  const met = new Set<string>();
  let matched = 0;
  try {
    while (met.size < limit && !isComplete(filter, matched)) {
      const page = (await store.pull(Math.min(PAGE, limit - met.size))).filter(({ id }) => !met.has(id));
      if (page.length === 0) break;
      for (const letter of page) {
        held.set(letter.id, letter);
        met.add(letter.id);
      }
      for (const letter of page) {
        const summary = summarize(letter);
        if (!matches(filter, summary)) continue;
        matched += 1;
        const done = await act(letter, summary);
        if (done.done === "replayed" || done.done === "dropped") held.delete(letter.id);
        onOutcome({ letter, summary, ...done });
      }
    }
    return matched;
  } finally {
    if (held.size > 0) await store.release([...held.values()]);
  }
}

function matches({ ids, queue }: LetterFilter, summary: LetterSummary): boolean {
  return (ids.size === 0 || ids.has(summary.id)) && (queue === undefined || queue === summary.queue);
}

/** Those that were asked for by id have all been met. */
function isComplete({ ids }: LetterFilter, matched: number): boolean {
  return ids.size > 0 && matched >= ids.size;
}
