import { expect, test } from "vitest";
import { createPacer } from "./pace.ts";

function pacer(channel: "whatsapp" | "facebook" | "instagram") {
  const clock = { now: 0 };
  return { clock, ...createPacer(channel, () => clock.now) };
}

test("a number sends 80 a second; what is a little more waits its turn, what is much more comes again later", () => {
  const { take, clock } = pacer("whatsapp");
  const first = Array.from({ length: 80 }, (_, n) => take("1", `c${n}`));
  expect(new Set(first)).toEqual(new Set([0]));
  const waits = Array.from({ length: 160 }, (_, n) => take("1", `d${n}`));
  expect(waits[0]).toBe(13);
  expect(waits.at(-1)).toBe(2_000);
  expect(take("1", "e")).toEqual({ refused: "account", waitMs: 2_013 });
  expect(take("2", "e")).toBe(0);
  clock.now = 3_000;
  expect(take("1", "e")).toBe(0);
});

test("one person gets 45 messages at once, and then one every six seconds", () => {
  const { take, clock } = pacer("whatsapp");
  for (let n = 0; n < 45; n += 1) expect(take("1", "c")).toBe(0);
  expect(take("1", "c")).toEqual({ refused: "pair", waitMs: 6_000 });
  expect(take("1", "d")).toBe(0);
  clock.now = 4_000;
  expect(take("1", "c")).toEqual({ refused: "pair", waitMs: 2_000 });
  clock.now = 6_000;
  expect(take("1", "c")).toBe(0);
  expect(take("1", "c")).toMatchObject({ refused: "pair" });
});

test("Messenger and Instagram know no pairs", () => {
  for (const channel of ["facebook", "instagram"] as const) {
    const { take } = pacer(channel);
    expect(Array.from({ length: 100 }, () => take("1", "c")).every((wait) => wait === 0)).toBe(true);
  }
});

test("a Page sends ten files a second; words go on beside them", () => {
  const { take } = pacer("facebook");
  const waits = Array.from({ length: 30 }, () => take("1", "c", true));
  expect([waits[9], waits[10], waits.at(-1)]).toEqual([0, 100, 2_000]);
  expect(take("1", "c", true)).toEqual({ refused: "account", waitMs: 2_100 });
  expect(take("1", "c")).toBe(0);
});
