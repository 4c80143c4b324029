import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { shortenText, sizeOf, TEXT_LIMITS, type TextLimit } from "./text.ts";

const tiny: TextLimit = { max: 40, unit: "characters" };
const bytes: TextLimit = { max: 10, unit: "bytes" };

describe("shortenText", () => {
  test("leaves alone what fits, to the last character", () => {
    const text = "a".repeat(4096);
    expect(shortenText(text, TEXT_LIMITS.whatsapp)).toEqual({ text, shortened: false });
  });

  test("ends at the last whole sentence", () => {
    const text = "Primeira frase aqui. Segunda frase. Terceira que não cabe mais.";
    expect(shortenText(text, tiny)).toEqual({ text: "Primeira frase aqui. Segunda frase.", shortened: true });
  });

  test("a line break ends a sentence too, and a full stop within a number does not", () => {
    expect(shortenText("Custa R$ 1.500 por dia\nmais o material, que é por conta do cliente", tiny).text).toBe(
      "Custa R$ 1.500 por dia",
    );
    expect(shortenText("O valor combinado é R$ 1.500 por cada um dos dias", tiny).text).toBe(
      "O valor combinado é R$ 1.500 por cada…",
    );
  });

  test("ends at the last word where a sentence would keep too little", () => {
    expect(shortenText("Oi. Esta frase é longa demais para caber inteira aqui", tiny).text).toBe(
      "Oi. Esta frase é longa demais para…",
    );
  });

  test("cuts one endless word", () => {
    expect(shortenText("a".repeat(50), tiny)).toEqual({ text: `${"a".repeat(39)}…`, shortened: true });
  });

  test("counts Instagram's limit in bytes", () => {
    expect(shortenText("ééééé", bytes)).toEqual({ text: "ééééé", shortened: false });
    expect(shortenText("éééééé", bytes)).toEqual({ text: "ééé…", shortened: true });
  });

  test("never cuts an emoji in pieces", () => {
    // A family is one character of 25 bytes.
    expect(shortenText("ab👩‍👩‍👧‍👦cd", bytes).text).toBe("ab…");
  });
});

const limits = fc.constantFrom<TextLimit>(tiny, { max: 25, unit: "bytes" }, TEXT_LIMITS.instagram);

property.prop([fc.string({ unit: "grapheme", maxLength: 1_500 }), limits])(
  "always fits, and is never empty for nothing",
  (text, limit) => {
    const result = shortenText(text, limit);
    expect(sizeOf(result.text, limit)).toBeLessThanOrEqual(limit.max);
    expect(result.shortened).toBe(sizeOf(text, limit) > limit.max);
    expect(text.startsWith(result.text.replace(/…$/, "").trimEnd())).toBe(true);
    expect(result.text.isWellFormed()).toBe(true);
  },
);
