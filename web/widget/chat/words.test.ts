import { expect, test } from "vitest";
import { asksForPerson } from "../../../app/assistant/handoff.ts";
import { WORDS } from "./words/index.ts";

const leaves = (value: object, path = ""): string[] =>
  Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === "string" ? [`${path}${key}`] : leaves(inner as object, `${path}${key}.`),
  );

test.each(Object.entries(WORDS))("%s says everything, and nothing with an empty text", (_locale, words) => {
  expect(leaves(words).sort()).toEqual(leaves(WORDS.pt).sort());
  expect(JSON.stringify(words)).not.toContain('""');
});

test.each(Object.entries(WORDS))("what %s sends for a person is understood without the model", (_locale, words) => {
  expect(asksForPerson([words.askPersonText])).toBe(true);
});
