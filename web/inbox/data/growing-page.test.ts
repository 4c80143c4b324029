import { expect, test } from "vitest";
import { growingPage, type Snapshot } from "./growing-page.ts";
import type { Page } from "./model.ts";

function setUp(first = 2) {
  const listeners = new Map<number, (snapshot: Snapshot<number>) => void>();
  const stopped: number[] = [];
  const pages: Page<number>[] = [];
  const failures: Error[] = [];
  let fail: (reason: Error) => void = () => undefined;
  const page = growingPage<number>(
    (size, next, failed) => {
      listeners.set(size, next);
      fail = failed;
      return () => void stopped.push(size);
    },
    { next: (value) => void pages.push(value), fail: (reason) => void failures.push(reason) },
    first,
  );
  const snapshot = (size: number, items: number[], fromCache = false) =>
    listeners.get(size)?.({ items, count: items.length, fromCache });
  return {
    page,
    pages,
    stopped,
    snapshot,
    failures,
    fail: (reason: Error) => fail(reason),
    sizes: () => [...listeners.keys()],
  };
}

test("the first page comes as it is; a full one may have more", () => {
  const { pages, snapshot } = setUp();
  snapshot(2, [1, 2]);
  snapshot(2, [1]);
  expect(pages).toEqual([
    { items: [1, 2], hasMore: true },
    { items: [1], hasMore: false },
  ]);
});

test("an empty cache is no answer, a filled one is", () => {
  const { pages, snapshot } = setUp();
  snapshot(2, [], true);
  expect(pages).toEqual([]);
  snapshot(2, [1], true);
  expect(pages).toEqual([{ items: [1], hasMore: false }]);
});

test("growing doubles, keeps the narrow page live until the server has answered, then stops it", () => {
  const { page, pages, snapshot, stopped, sizes } = setUp();
  snapshot(2, [1, 2]);
  page.more();
  page.more();
  expect(sizes()).toEqual([2, 4]);
  snapshot(4, [1, 2], true);
  snapshot(2, [0, 1]);
  expect(stopped).toEqual([]);
  snapshot(4, [0, 1, 2]);
  expect(stopped).toEqual([2]);
  expect(pages.map((value) => value.items)).toEqual([
    [1, 2],
    [0, 1],
    [0, 1, 2],
  ]);
  page.more();
  expect(sizes()).toEqual([2, 4]);
});

test("asking for more before the first page, or when there is none, does nothing", () => {
  const { page, snapshot, sizes } = setUp();
  page.more();
  snapshot(2, [1]);
  page.more();
  expect(sizes()).toEqual([2]);
});

test("stopping stops all of them; a failure is passed on", () => {
  const { page, snapshot, stopped, fail, failures } = setUp();
  snapshot(2, [1, 2]);
  page.more();
  fail(new Error("denied"));
  page.stop();
  expect(stopped).toEqual([2, 4]);
  expect(failures.map((reason) => reason.message)).toEqual(["denied"]);
});
