import { expect, test } from "vitest";
import { completeMention, matchAgents, mentioned, mentionQuery } from "./mentions.ts";

const AGENTS = [
  { id: "1", name: "Conceição de Exemplo" },
  { id: "2", name: "agente@example.com" },
];

test.each([
  ["@", ""],
  ["Veja, @con", "con"],
  ["Veja @con ", undefined],
  ["a@b", undefined],
  ["sem", undefined],
])("%j is looked up as %j", (text, word) => {
  expect(mentionQuery(text)).toBe(word);
});

test("a colleague is found without accents, put in, and known again", () => {
  expect(matchAgents(AGENTS, "conceicao").map(({ id }) => id)).toEqual(["1"]);
  const [first] = AGENTS;
  if (first === undefined) throw new Error("There is no example.");
  const text = completeMention("Veja @conc", first);
  expect(text).toBe("Veja @Conceição de Exemplo ");
  expect(mentioned(`${text}e @agente@example.com`, AGENTS)).toEqual(["1", "2"]);
  expect(mentioned("@ninguém", AGENTS)).toEqual([]);
});
