import { expect, test } from "vitest";
import { cannedQuery, fillCanned, matchCanned } from "./canned.ts";

test.each([
  ["/", ""],
  ["/ola", "ola"],
  ["/ola tudo", undefined],
  ["ola /", undefined],
  ["", undefined],
])("%j looks for %j", (text, word) => {
  expect(cannedQuery(text)).toBe(word);
});

test("shortcuts that begin with the word come first, then any that hold it", () => {
  const all = [
    { id: "1", shortcut: "obrigado", text: "Obrigado pelo contato!" },
    { id: "2", shortcut: "prazo", text: "O orçamento sai hoje." },
    { id: "3", shortcut: "orcamento", text: "Segue o valor." },
  ];
  const ids = (word: string) => matchCanned(all, word).map((item) => item.id);
  expect(ids("orç")).toEqual(["3", "2"]);
  expect(ids("")).toEqual(["1", "2", "3"]);
  expect(ids("nada")).toEqual([]);
});

test("known values are put in, unknown ones leave no trace", () => {
  const text = "Olá {{contact.first_name}}, seu número é {{ contact.phone }}.{{x}}";
  expect(fillCanned(text, { name: "Cliente de exemplo", phone: "5511900000001" })).toBe(
    "Olá Cliente, seu número é 5511900000001.",
  );
  expect(fillCanned(text, {})).toBe("Olá, seu número é.");
});
