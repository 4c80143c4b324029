import { expect, test } from "vitest";
import { problemOf, readFields } from "./form.ts";

test.each([
  [undefined, []],
  ["", []],
  ["name", [{ name: "name", required: false }]],
  [
    " Name* , email",
    [
      { name: "name", required: true },
      { name: "email", required: false },
    ],
  ],
  ["cpf, phone*, <b>", [{ name: "phone", required: true }]],
])("%j asks for %j", (text, fields) => {
  expect(readFields(text, false)).toEqual(fields);
});

test("whoever is signed in is asked nothing", () => {
  expect(readFields("name*,email*", true)).toEqual([]);
});

test.each([
  ["name", true, " ", "missing"],
  ["name", false, "", undefined],
  ["email", true, "a@b", "email"],
  ["email", false, "a@example.com", undefined],
  ["email", false, "", undefined],
  ["phone", true, "11 99999-9999", undefined],
] as const)("%s, required %s: %j is %s", (name, required, value, problem) => {
  expect(problemOf({ name, required }, value)).toBe(problem);
});
