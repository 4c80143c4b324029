import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { anyWords, nameBeginnings, rarest, searchWords } from "./words.ts";

describe("searchWords", () => {
  test.each([
    ["Olá, João!", ["ola", "joao"]],
    ["pagamento PAGAMENTO Pagamento", ["pagamento"]],
    ["R$ 1.234,50", ["234", "50"]],
    ["a e o", []],
    ["", []],
    ["🙂 ok 🙂", ["ok"]],
    ["Ñandú straße", ["nandu", "straße"]],
    ["مرحبا", ["مرحبا"]],
    ["x".repeat(5_000), ["x".repeat(20)]],
  ])("%j", (text, words) => {
    expect(searchWords(text)).toEqual(words);
  });

  test("a long text is found by its first words", () => {
    const text = Array.from({ length: 500 }, (_, n) => `palavra${n}`).join(" ");
    expect(searchWords(text)).toHaveLength(60);
  });

  const western = fc.string({
    unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
    maxLength: 300,
  });
  const sentence = fc
    .array(fc.constantFrom("Olá", "ORÇAMENTO", "pintar", "de", "a", "R$", "1.234,50", "´", "a`b", "ß", "ª", "½"), {
      maxLength: 200,
    })
    .map((words) => words.join(" "));
  property.prop([fc.oneof(western, sentence)])("of western text are those of any text", (text) => {
    expect(searchWords(text)).toEqual(anyWords(text));
  });

  property.prop([fc.string({ unit: "grapheme", maxLength: 300 })])("words are found by themselves", (text) => {
    expect(searchWords(searchWords(text).join(" "))).toEqual(searchWords(text));
  });
});

test("a person is found by every beginning of their names", () => {
  expect(nameBeginnings("Ana Sá")).toEqual(["an", "ana", "sa"]);
});

test("the longest word is the rarest", () => {
  expect(rarest(["de", "orcamento", "casa"])).toBe("orcamento");
  expect(rarest([])).toBeUndefined();
});
