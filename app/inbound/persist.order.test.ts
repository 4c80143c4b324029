import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import type { ChannelEvent } from "../channels/channel.ts";
import { NOW, SHAPES } from "../channels/shapes/index.ts";
import { createInboundStore } from "./persist.ts";
import { memoryStore } from "./testing/memory-store.ts";
import { stateOf } from "./testing/state.ts";

/** Meta promises neither order nor that anything comes only once: the documents must not tell the difference. */

const EVENTS: readonly ChannelEvent[] = SHAPES.flatMap((shape) => shape.events);
const RUNS = process.env.CI_LONG ? 2_000 : 25;
const TIMEOUT_MS = process.env.CI_LONG ? 600_000 : 20_000;

async function stored(batches: readonly (readonly ChannelEvent[])[]) {
  const port = memoryStore();
  const store = createInboundStore(port, { now: () => NOW });
  for (const batch of batches) await store.persist(batch, {});
  return stateOf(port.documents);
}

/** Every event in any order, cut into POSTs of any size; by number, so that a counterexample can be read. */
const deliveries = fc.record({
  order: fc.shuffledSubarray(
    EVENTS.map((_, index) => index),
    { minLength: EVENTS.length },
  ),
  size: fc.integer({ min: 1, max: 90 }),
});

function batchesOf({ order, size }: { order: number[]; size: number }): ChannelEvent[][] {
  const events = order.flatMap((index) => EVENTS[index] ?? []);
  return Array.from({ length: Math.ceil(events.length / size) }, (_, index) =>
    events.slice(index * size, (index + 1) * size),
  );
}

describe("the final state", async () => {
  const expected = await stored([EVENTS]);

  test("is the same when everything comes one by one", async () => {
    expect(await stored(EVENTS.map((event) => [event]))).toEqual(expected);
  });

  test("is the same when everything comes twice", async () => {
    expect(await stored([EVENTS, EVENTS])).toEqual(expected);
  });

  test("is the same when everything comes backwards", async () => {
    expect(await stored([EVENTS.toReversed()])).toEqual(expected);
  });

  test.prop([deliveries, deliveries], { numRuns: RUNS })(
    "is the same in any order and grouping, twice",
    async (one, two) => {
      expect(await stored([...batchesOf(one), ...batchesOf(two)])).toEqual(expected);
    },
    TIMEOUT_MS,
  );
});
