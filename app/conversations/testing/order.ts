import { AsyncLocalStorage } from "node:async_hooks";

/** Who does what when: several actors on one store, in an order of somebody else's choosing. */
export interface Order {
  /** Runs all of them to their end. */
  run(actors: readonly (() => Promise<void>)[]): Promise<void>;
  /** Called before each step of a worker. */
  step(): void;
}

interface Waiting {
  readonly actor: number;
  readonly go: () => void;
}

/** Calls to the store that one run makes, about: an actor may come in at any of them. */
const CALLS = 70;

/**
 * An order for a store in memory that asks `network` before each call: one call at a time is let through, chosen at
 * random, after everything that followed from the last one has happened. Each actor comes in at a random moment, so that
 * takeovers fall on every step of an answer.
 * @param seed the same seed is the same order
 */
export function randomOrder(seed: number): Order & { readonly network: () => Promise<void> } {
  const random = mulberry(seed);
  const acting = new AsyncLocalStorage<number>();
  const waiting: Waiting[] = [];
  let calls = 0;
  const network = () =>
    new Promise<void>((go) => {
      waiting.push({ actor: acting.getStore() ?? -1, go });
    });
  return {
    network,
    step: () => undefined,
    async run(actors) {
      // The first actor is there from the start: the others come in while it works.
      const from = actors.map((_, actor) => (actor === 0 ? 0 : calls + Math.floor(random() * CALLS)));
      let alive = actors.length;
      const ends = actors.map((work, actor) =>
        acting.run(actor, async () => {
          try {
            await network();
            await work();
          } finally {
            alive -= 1;
          }
        }),
      );
      const everybody = Promise.all(ends);
      // Awaited below; a failure while the others still run is not unhandled.
      everybody.catch(() => undefined);
      while (alive > 0) {
        // All that can go on without the store does so before this comes back.
        await new Promise((resolve) => setImmediate(resolve));
        const ready = waiting.filter(({ actor }) => calls >= (from[actor] ?? 0));
        const choice = ready.length > 0 ? ready : waiting;
        const next = choice[Math.floor(random() * choice.length)];
        if (!next) continue;
        calls += 1;
        waiting.splice(waiting.indexOf(next), 1);
        next.go();
      }
      await everybody;
    },
  };
}

/** An order for a store that is really far away: each actor but the first comes in at a random step of the workers. */
export function staggeredOrder(seed: number): Order {
  const random = mulberry(seed);
  const later: { at: number; go: () => void }[] = [];
  let steps = 0;
  const release = () => {
    for (const { go } of later.filter(({ at }) => at <= steps)) go();
  };
  return {
    step: () => {
      steps += 1;
      release();
    },
    async run([first, ...others]) {
      const comers = others.map(async (work) => {
        await new Promise<void>((go) => later.push({ at: Math.ceil(random() * 9), go }));
        await work();
      });
      const begun = (async () => {
        await first?.();
        // Whoever has not come in by now comes after the answer.
        steps = Number.POSITIVE_INFINITY;
        release();
      })();
      await Promise.all([begun, ...comers]);
    },
  };
}

/** A small generator of random numbers: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
