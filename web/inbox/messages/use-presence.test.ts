import { expect, test } from "vitest";
import type { Presence } from "../data/model.ts";
import { NOON } from "../testing/examples.ts";
import { present, TYPING_MS, VIEWING_MS } from "./use-presence.ts";

const one = (uid: string, state: Presence["state"], agoMs: number): Presence => ({
  uid,
  name: uid,
  state,
  at: NOON - agoMs,
});

test("colleagues who are here, the one who types first; never oneself, nobody who has gone silent", () => {
  const seen = present(
    [
      one("reads", "viewing", 1_000),
      one("me", "typing", 0),
      one("types", "typing", 0),
      one("gone", "viewing", VIEWING_MS),
    ],
    "me",
    NOON,
  );
  expect(seen.map(({ uid, state }) => `${uid} ${state}`)).toEqual(["types typing", "reads viewing"]);
});

test("who stopped typing without a word still reads", () => {
  expect(present([one("pausing", "typing", TYPING_MS)], "me", NOON)).toMatchObject([{ state: "viewing" }]);
});
