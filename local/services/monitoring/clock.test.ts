import { expect, test } from "vitest";
import { createClock } from "./clock.ts";

test("time passes as fast as it is told to, and never jumps when that changes", () => {
  let system = 1000;
  const clock = createClock(60, () => system);
  system += 10;
  expect(clock.now()).toBe(1600);
  clock.setSpeed(10);
  expect(clock.now()).toBe(1600);
  system += 10;
  expect([clock.now(), clock.at(1010), clock.speed]).toEqual([1700, 1600, 10]);
});
