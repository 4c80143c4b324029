import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { sameSecret, signBody, verifySignature } from "./signature.ts";

const SECRET = "segredo-de-exemplo";
/** As Meta writes it: every letter above ASCII escaped, in lower case. */
const BODY = Buffer.from('{"text":"Ol\\u00e1 \\ud83d\\ude00"}');

test("a body that Meta signed is accepted", () => {
  expect(verifySignature(BODY, signBody(BODY, SECRET), [SECRET])).toBe(true);
});

test("the signature is the HMAC-SHA256 of RFC 4231, test case 2", () => {
  const header = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
  expect(verifySignature(Buffer.from("what do ya want for nothing?"), header, ["Jefe"])).toBe(true);
});

test("what was parsed and written again no longer verifies: the escapes are gone", () => {
  const again = Buffer.from(JSON.stringify(JSON.parse(BODY.toString())));
  expect(verifySignature(again, signBody(BODY, SECRET), [SECRET])).toBe(false);
});

test("during a rotation any of the secrets will do", () => {
  expect(verifySignature(BODY, signBody(BODY, "antigo"), ["novo", "antigo"])).toBe(true);
  expect(verifySignature(BODY, signBody(BODY, "novo"), ["novo", "antigo"])).toBe(true);
  expect(verifySignature(BODY, signBody(BODY, "outro"), ["novo", "antigo"])).toBe(false);
});

describe("fails closed", () => {
  const good = signBody(BODY, SECRET);
  test.each([
    ["no header", undefined],
    ["an empty header", ""],
    ["another algorithm", good.replace("sha256=", "sha1=")],
    ["no prefix", good.slice(7)],
    ["one digit short", good.slice(0, -1)],
    ["one digit long", `${good}0`],
    ["a letter that is no digit", `${good.slice(0, -1)}g`],
    ["a letter of two bytes", `${good.slice(0, -1)}é`],
    ["a prefix in capitals", good.replace("sha256=", "SHA256=")],
    ["a changed digit", good.replace(/.$/, (digit) => (digit === "0" ? "1" : "0"))],
  ])("%s", (_, header) => {
    expect(verifySignature(BODY, header, [SECRET])).toBe(false);
  });

  test("no secret, or an empty one", () => {
    expect(verifySignature(BODY, signBody(BODY, ""), [])).toBe(false);
    expect(verifySignature(BODY, signBody(BODY, ""), [""])).toBe(false);
  });
});

property.prop([fc.uint8Array({ maxLength: 300 }), fc.string({ minLength: 1 }), fc.nat()])(
  "one changed byte is noticed, wherever it is",
  (bytes, secret, where) => {
    const body = Buffer.from(bytes);
    const header = signBody(body, secret);
    expect(verifySignature(body, header, [secret])).toBe(true);
    if (body.length === 0) return;
    const index = where % body.length;
    body.writeUInt8((body.readUInt8(index) + 1) % 256, index);
    expect(verifySignature(body, header, [secret])).toBe(false);
  },
);

test("secrets are compared whole", () => {
  expect(sameSecret("abc", "abc")).toBe(true);
  expect(sameSecret("abc", "abd")).toBe(false);
  expect(sameSecret("abc", "abcd")).toBe(false);
  expect(sameSecret("", "")).toBe(true);
});
