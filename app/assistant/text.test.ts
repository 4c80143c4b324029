import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { fold, plainForms, visibleText, words } from "./text.ts";

describe("visibleText", () => {
  test.each([
    ["zero width", "a\u200Bb\u200Cc\u200Dd\uFEFFe", "abcde"],
    ["bidirectional", "\u202Eabc\u202C\u2066x\u2069", "abcx"],
    ["tags", "oi\u{E0069}\u{E0067}\u{E006E}", "oi"],
    ["controls", "a\u0000b\u0007c\u009Bd", "abcd"],
    ["line ends", "a\r\nb\rc\u2028d\te", "a\nb\nc\nd e"],
    ["lone surrogates", "a\uD800b", "a\uFFFDb"],
    ["emoji kept", "👩🏽‍🔧 ❤️ 👨‍👩‍👧 1️⃣ 🏴", "👩🏽‍🔧 ❤️ 👨‍👩‍👧 1️⃣ 🏴"],
    ["a joiner between letters", "c\u200Da", "ca"],
    ["accents kept", "Ação ñ", "Ação ñ"],
  ])("%s", (_, text, visible) => {
    expect(visibleText(text)).toBe(visible);
  });

  property.prop([fc.string({ unit: "binary" })])("is stable and well-formed", (text) => {
    const once = visibleText(text);
    expect(visibleText(once)).toBe(once);
    expect(once.isWellFormed()).toBe(true);
  });
});

describe("plainForms", () => {
  test.each([
    ["full width", "ＡＢ１２．ｃｏｍ", "AB12.com"],
    ["keycaps", "1️⃣2️⃣", "12"],
    ["arabic-indic", "٠١٢٣٤٥٦٧٨٩", "0123456789"],
    ["devanagari", "०९", "09"],
    ["circled", "①②", "12"],
    ["mathematical", "𝟏𝟐𝟯", "123"],
    ["ideographic full stop", "evil。com", "evil.com"],
  ])("%s", (_, text, plain) => {
    expect(plainForms(text)).toBe(plain);
  });
});

test("fold and words", () => {
  expect(fold("ÀÇÃO Ñandú")).toBe("acao nandu");
  expect(words("Olá, João! 2 orçamentos…")).toEqual(["ola", "joao", "2", "orcamentos"]);
});
