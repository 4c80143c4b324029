import { describe, expect, test, vi } from "vitest";
import { createBreaker } from "./breaker.ts";
import { DeadlineExceeded, within } from "./deadline.ts";
import { createMeter } from "./meter.ts";

describe("within", () => {
  test("passes on what comes in time, value or failure", async () => {
    expect(await within(1_000, Promise.resolve(7))).toBe(7);
    await expect(within(1_000, Promise.reject(new Error("no")))).rejects.toThrow("no");
  });

  test("gives up on what does not, and on each at its own time", async () => {
    vi.useFakeTimers();
    vi.resetModules();
    // A module of its own: the shared timer of the other one may be a real one already.
    const { within } = await import("./deadline.ts");
    try {
      const never = new Promise<never>(() => undefined);
      const outcomes: string[] = [];
      const short = within(100, never).catch((error: Error) => outcomes.push(error.message));
      const long = within(500, never).catch((error: Error) => outcomes.push(error.message));
      await vi.advanceTimersByTimeAsync(160);
      expect(outcomes).toEqual(["No answer within 100 ms"]);
      await vi.advanceTimersByTimeAsync(400);
      expect(outcomes).toEqual(["No answer within 100 ms", "No answer within 500 ms"]);
      await Promise.all([short, long]);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test("a failure that comes too late disturbs nobody", async () => {
    const { promise, reject } = Promise.withResolvers<never>();
    await expect(within(1, promise)).rejects.toThrow(DeadlineExceeded);
    reject(new Error("late"));
    await expect(promise).rejects.toThrow("late");
  });
});

describe("the meter", () => {
  test("bounds requests and bytes, and gives back what is done", () => {
    const meter = createMeter(3, 100);
    const first = meter.enter(60);
    expect(meter.enter(50)).toBeUndefined();
    const second = meter.enter(40);
    expect(meter.enter(1)).toBeUndefined();
    first?.();
    expect(meter.enter(60)).toBeDefined();
    second?.();
    expect(meter.enter(1)).toBeDefined();
    expect(meter.enter(1)).toBeDefined();
    expect(meter.enter(1)).toBeUndefined();
  });

  test("one request alone always has room", () => {
    expect(createMeter(0, 1).enter(1_000)).toBeDefined();
  });
});

describe("the breaker", () => {
  test("leaves the store alone after five failures in a row, and lets one in each pause see whether it is well", () => {
    let now = 0;
    const breaker = createBreaker(() => now);
    for (let failure = 0; failure < 4; failure += 1) breaker.failed();
    breaker.succeeded();
    for (let failure = 0; failure < 4; failure += 1) breaker.failed();
    expect(breaker.allows()).toBe(true);
    breaker.failed();
    expect(breaker.allows()).toBe(false);
    now = 5_000;
    expect([breaker.allows(), breaker.allows()]).toEqual([true, false]);
    breaker.succeeded();
    expect([breaker.allows(), breaker.allows()]).toEqual([true, true]);
  });
});
