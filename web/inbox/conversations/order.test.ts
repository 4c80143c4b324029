import { expect, test } from "vitest";
import { neighbourOf } from "./order.ts";

test.each([
  ["a", ["a", "b", "c"], "b"],
  ["c", ["a", "b", "c"], "b"],
  ["a", ["a"], undefined],
  ["x", ["a", "b"], "a"],
  ["x", [], undefined],
])("after %s in %j comes %s", (id, order, next) => {
  expect(neighbourOf(id, order)).toBe(next);
});
