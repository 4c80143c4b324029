import { expect, test } from "vitest";
import { AT_ONCE, PushAttempts, type PushPolicy } from "./push-attempts.ts";

const POLICY: PushPolicy = {
  minimumBackoffMs: 10_000,
  maximumBackoffMs: 60_000,
  deadLetter: { topic: "dead", maxDeliveryAttempts: 5 },
};

/** A service that refuses once a second: what each second counts as, until the message is given up. */
function refused(policy: PushPolicy, seconds: number): number[] {
  const attempts = new PushAttempts();
  const seen: number[] = [];
  for (let second = 0; second < seconds; second += 1) {
    seen.push(attempts.begin("m", second * 1_000));
    if (attempts.failed("m", second * 1_000, policy)) break;
  }
  return seen;
}

test("attempts are as far apart as the policy says, however often the emulator tries", () => {
  const seen = refused(POLICY, 600);
  expect([1, 2, 3, 4, 5].map((attempt) => seen.indexOf(attempt))).toEqual([0, 10, 30, 70, 130]);
  expect(seen).toHaveLength(131);
});

test("without a retry policy each try is an attempt, and without dead letters there is no last one", () => {
  expect(refused(AT_ONCE, 4)).toEqual([1, 2, 3, 4]);
});

test("what was acknowledged begins anew", () => {
  const attempts = new PushAttempts();
  expect([attempts.begin("m", 0), attempts.failed("m", 0, AT_ONCE), attempts.begin("m", 1)]).toEqual([1, false, 2]);
  attempts.done("m");
  expect(attempts.begin("m", 2)).toBe(1);
});
