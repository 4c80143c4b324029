import { expect, test } from "vitest";
import { KEEP_OPEN_MS, Streams } from "./streams.ts";

/** A stream that the test feeds by hand, and a clock that it turns. */
function setUp() {
  const timers: { run: () => void; ms: number; live: boolean }[] = [];
  const streams = new Streams((run, ms) => {
    const timer = { run, ms, live: true };
    timers.push(timer);
    return () => {
      timer.live = false;
    };
  });
  const open: { next: (value: string) => void; fail: (reason: Error) => void }[] = [];
  let stopped = 0;
  let told = 0;
  const subscribe = (next: (value: string) => void, fail: (reason: Error) => void) => {
    open.push({ next, fail });
    return () => void stopped++;
  };
  return {
    streams,
    open,
    timers,
    subscribe,
    look: (key = "a") => streams.watch(key, subscribe, () => void told++),
    counts: () => ({ opened: open.length, stopped, told }),
    passTime: () => timers.filter((timer) => timer.live).forEach((timer) => void timer.run()),
  };
}

test("everyone who asks for a key shares one stream and its newest value", () => {
  const { streams, look, open, counts } = setUp();
  look();
  look();
  open[0]?.next("first");
  open[0]?.next("second");
  expect(streams.get("a")).toEqual({ value: "second", error: undefined });
  expect(streams.get("a")).toBe(streams.get("a"));
  expect(counts()).toEqual({ opened: 1, stopped: 0, told: 4 });
});

test("one that ends keeps its last value, says why, and can be started again", () => {
  const { streams, look, open, subscribe } = setUp();
  look();
  open[0]?.next("first");
  open[0]?.fail(new Error("denied"));
  expect(streams.get("a")).toEqual({ value: "first", error: new Error("denied") });
  streams.restart("a", subscribe);
  expect(streams.get("a")).toEqual({ value: "first", error: undefined });
  open[1]?.next("again");
  expect(streams.get("a")).toEqual({ value: "again", error: undefined });
});

test("it stays open for a return, and closes when nobody came back", () => {
  const { streams, look, open, counts, timers, passTime } = setUp();
  const away = look();
  open[0]?.next("first");
  away();
  expect(timers.map((timer) => timer.ms)).toEqual([KEEP_OPEN_MS]);
  const awayAgain = look();
  passTime();
  expect(counts()).toMatchObject({ opened: 1, stopped: 0 });
  expect(streams.get("a").value).toBe("first");
  awayAgain();
  passTime();
  expect(counts()).toMatchObject({ stopped: 1 });
  expect(streams.get("a").value).toBeUndefined();
});

test("clearing stops all and forgets all", () => {
  const { streams, look, open, counts } = setUp();
  look("list 1");
  look("list 2");
  look("other");
  for (const stream of open) stream.next("x");
  expect(streams.valuesUnder("list")).toEqual(["x", "x"]);
  streams.clear();
  expect(counts()).toMatchObject({ stopped: 3 });
  expect(streams.valuesUnder("")).toEqual([]);
});
