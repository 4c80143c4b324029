import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sign, toWire } from "./sign.ts";

describe("toWire", () => {
  test("escapes accents and both halves of an emoji in lower case, and nothing below 0x80", () => {
    expect(toWire({ text: "ä 🙏 ok/<>" })).toBe('{"text":"\\u00e4 \\ud83d\\ude4f ok/<>"}');
  });

  test("is ASCII, and reads back as what it was", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
        const wire = toWire(value);
        expect(Buffer.byteLength(wire)).toBe(wire.length);
        expect(wire).not.toMatch(/\\u[0-9a-f]*[A-F]/);
        expect(JSON.parse(wire)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe("sign", () => {
  test("is Meta's example of HMAC-SHA256 in lower-case hex", () => {
    // RFC 4231, test case 2.
    expect(sign(Buffer.from("what do ya want for nothing?"), "Jefe")).toBe(
      "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    );
  });

  test("does not fit bytes that were parsed and written again", () => {
    const raw = toWire({ text: "orçamento" });
    const again = JSON.stringify(JSON.parse(raw));
    expect(sign(Buffer.from(again), "secret")).not.toBe(sign(Buffer.from(raw), "secret"));
  });
});
