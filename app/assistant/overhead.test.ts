import { expect, test } from "vitest";
import { measureOverhead } from "./evaluation/overhead.ts";

test("our own code is no part of what a customer waits for", async () => {
  const { p50 } = await measureOverhead(100);
  // Some 3 ms on two shared cores; the bar leaves room for a busy machine.
  expect(p50).toBeLessThan(30);
});
