import { expect, test } from "vitest";
import { readRange } from "./byte-range.ts";

/** RFC 9110, section 14.1.2. */
test.each([
  [undefined, undefined],
  ["bytes=0-499", { start: 0, end: 499 }],
  ["bytes=500-", { start: 500, end: 9_999 }],
  ["bytes=-500", { start: 9_500, end: 9_999 }],
  ["bytes=-50000", { start: 0, end: 9_999 }],
  ["bytes=9999-20000", { start: 9_999, end: 9_999 }],
  ["bytes=10000-", "unsatisfiable"],
  ["bytes=-0", "unsatisfiable"],
  ["bytes=5-4", undefined],
  ["bytes=0-1,5-6", undefined],
  ["items=0-1", undefined],
  ["bytes=-", undefined],
  ["nonsense", undefined],
])("%s", (header, range) => {
  expect(readRange(header, 10_000)).toEqual(range);
});
