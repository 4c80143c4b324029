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

test("a longer name is not also the shorter one that it begins with; namesakes are both meant", () => {
  const ana = { id: "1", name: "Ana" };
  const souza = { id: "2", name: "Ana Souza" };
  expect(mentioned("Veja, @Ana Souza", [ana, souza])).toEqual(["2"]);
  expect(mentioned("@Ana e @Ana Souza", [ana, souza])).toEqual(["1", "2"]);
  expect(mentioned("@Ana", [ana, { id: "3", name: "Ana" }, souza])).toEqual(["1", "3"]);
});

test("who has left is neither offered nor meant", () => {
  const gone = { id: "1", name: "Ana", hasLeft: true } as const;
  expect(matchAgents([gone], "an")).toEqual([]);
  expect(mentioned("@Ana", [gone])).toEqual([]);
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
