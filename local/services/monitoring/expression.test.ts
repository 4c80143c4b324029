import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { parseFilter, satisfies } from "./expression.ts";

test("comparisons, alternatives and presence, joined by AND", () => {
  expect(
    parseFilter(
      'metric.type="a/b" AND metric.labels.x=one_of("p","q") AND jsonPayload.d:* AND n!=("u" OR "v") AND jsonPayload.ms>=5000',
    ),
  ).toEqual([
    { field: "metric.type", operator: "=", values: ["a/b"] },
    { field: "metric.labels.x", operator: "=", values: ["p", "q"] },
    { field: "jsonPayload.d", operator: ":*", values: [] },
    { field: "n", operator: "!=", values: ["u", "v"] },
    { field: "jsonPayload.ms", operator: ">=", values: ["5000"] },
  ]);
});

test.each([
  'a="b" OR c="d"',
  'NOT a="b"',
  'a=~"b.*"',
  'a:"b"',
  '(a="b")',
  'a="b" c="d"',
  "monitoring.regex.full_match(x)",
])("%s is refused, not taken for something else", (filter) => {
  expect(() => parseFilter(filter)).toThrow("goes beyond what local monitoring understands");
});

test.each([
  ["=", ["a"], "a", true],
  ["=", ["a", "b"], "b", true],
  ["=", ["a"], undefined, false],
  ["!=", ["a"], "b", true],
  ["!=", ["a"], undefined, false],
  [":*", [], "", true],
  [":*", [], undefined, false],
  [">", ["5"], "10", true],
  ["<=", ["5"], "5", true],
] as const)("%s %j of %j", (operator, values, value, holds) => {
  expect(satisfies({ field: "f", operator, values }, value)).toBe(holds);
});

property.prop([fc.string()])("whatever is written is either understood or refused with advice", (text) => {
  try {
    parseFilter(text);
  } catch (error) {
    expect(error).toMatchObject({ code: "filter_unsupported" });
  }
});
