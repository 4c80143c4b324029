import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import type { MetaChannelName } from "../channel.ts";
import { createParsers } from "../create.ts";
import { NOW, SHAPES } from "./index.ts";

/** What comes from outside may be anything: nothing of it may crash, and nothing of it may cost its neighbours. */

const parsers = createParsers(() => NOW);
const CHANNELS: readonly MetaChannelName[] = ["whatsapp", "facebook", "instagram"];

/** Values that stand where others should. */
const oddity = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e308,
    "",
    "constructor",
    "__proto__",
    "../x",
    "\ud800",
    [],
    {},
    [[]],
    [null],
  ),
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.constantFrom("a\ud83d", "\udc00", { "\ud83d": 1, "": 2, __x__: 3 }),
  fc.integer(),
  fc.double(),
  fc.jsonValue(),
);

interface Mutation {
  readonly at: number;
  readonly how: "replace" | "remove" | "double";
  readonly value: unknown;
}
const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(),
  how: fc.constantFrom("replace" as const, "remove" as const, "double" as const),
  value: oddity,
});

/** Every place in a payload: a container and a key in it. */
function placesIn(value: unknown): { container: Record<string, unknown> | unknown[]; key: string }[] {
  if (typeof value !== "object" || value === null) return [];
  const container = value as Record<string, unknown> | unknown[];
  return Object.entries(value).flatMap(([key, inner]) => [{ container, key }, ...placesIn(inner)]);
}

/** Every string in an event, and every name of a field. */
function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return placesIn(value).flatMap(({ container, key }) => {
    const inner: unknown = Array.isArray(container) ? container[Number(key)] : container[key];
    return typeof inner === "string" ? [key, inner] : [key];
  });
}

function mutated(body: unknown, mutations: readonly Mutation[]): unknown {
  const copy: unknown = structuredClone(body);
  for (const { at, how, value: shared } of mutations) {
    // A later mutation may go into an earlier one: the values themselves must stay as they are.
    const value: unknown = structuredClone(shared);
    const places = placesIn(copy);
    const place = places[at % Math.max(1, places.length)];
    if (!place) continue;
    const { container, key } = place;
    if (Array.isArray(container)) {
      const index = Number(key);
      if (how === "remove") container.splice(index, 1);
      else
        container.splice(
          index,
          how === "replace" ? 1 : 0,
          how === "replace" ? value : structuredClone(container[index]),
        );
    } else if (how === "remove") delete container[key];
    else if (how === "replace") container[key] = value;
  }
  return copy;
}

const OBJECTS = { whatsapp: "whatsapp_business_account", facebook: "page", instagram: "instagram" } as const;

const shape = fc.constantFrom(...SHAPES);

/** Declares the properties of mutated payloads as tests. @param numRuns payloads per property */
export function testMutatedPayloads(numRuns: number, timeoutMs: number): void {
  describe("a mutated payload", () => {
    test.prop([shape, fc.array(mutation, { minLength: 1, maxLength: 6 })], { numRuns })(
      "is read without an exception, and every event can be stored",
      (from, mutations) => {
        const body = mutated(from.body, mutations);
        for (const channel of CHANNELS) {
          const events = parsers[channel](body);
          expect(events.length).toBeGreaterThan(0);
          for (const event of events) {
            expect(event.channel).toBe(channel);
            expect(Number.isSafeInteger(event.at) && event.at > 0).toBe(true);
            // Firestore refuses `undefined`, and a queue's JSON would drop it.
            expect(JSON.parse(JSON.stringify(event))).toStrictEqual(event);
            // Half an emoji can be written in JSON, but not in UTF-8.
            expect(stringsIn(event).every((text) => text.isWellFormed())).toBe(true);
            if ("customer" in event) expect(event.customer).toMatch(/^(?!__)[\w.:+=@-]{1,120}$/);
          }
        }
      },
      timeoutMs,
    );

    test.prop([shape, shape, shape, fc.array(mutation, { minLength: 1, maxLength: 6 })], { numRuns })(
      "never loses its neighbours in the same POST",
      (before, broken, after, mutations) => {
        const same = [before, after].filter((one) => one.channel === broken.channel);
        const entriesOf = (body: unknown) => {
          const entry = (body as { entry?: unknown } | null)?.entry;
          return Array.isArray(entry) ? (entry as unknown[]) : [];
        };
        const object = OBJECTS[broken.channel];
        const bad = entriesOf(mutated(broken.body, mutations));
        const good = same.filter(
          (one) => (one.body as { object?: string }).object === object && entriesOf(one.body).length > 0,
        );
        const entry = [
          ...good.slice(0, 1).flatMap((one) => entriesOf(one.body)),
          ...bad,
          ...good.slice(1).flatMap((one) => entriesOf(one.body)),
        ];
        const events = parsers[broken.channel]({ object, entry });
        for (const one of good) for (const event of one.events) expect(events).toContainEqual(event);
      },
      timeoutMs,
    );

    test.prop([fc.jsonValue()], { numRuns })(
      "may be any JSON at all",
      (body) => {
        for (const channel of CHANNELS) expect(parsers[channel](body).length).toBeGreaterThan(0);
      },
      timeoutMs,
    );
  });
}
