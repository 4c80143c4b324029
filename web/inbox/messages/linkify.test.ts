import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { linkify } from "./linkify.ts";

const links = (text: string) => linkify(text).flatMap((piece) => (piece.type === "link" ? [piece.text] : []));

test("addresses are found, without what ends the sentence", () => {
  expect(links("Veja https://exemplo.com/a?b=1, e http://exemplo.com.")).toEqual([
    "https://exemplo.com/a?b=1",
    "http://exemplo.com",
  ]);
  expect(links("(https://exemplo.com/a)")).toEqual(["https://exemplo.com/a"]);
  expect(links("https://exemplo.com/a_(b)")).toEqual(["https://exemplo.com/a_(b)"]);
});

test.each(["javascript:alert(1)", "data:text/html,<script>", "exemplo.com", "https://", "ftp://exemplo.com"])(
  "%s stays text",
  (text) => {
    expect(links(text)).toEqual([]);
  },
);

test.prop([fc.array(fc.oneof(fc.string(), fc.webUrl(), fc.constant("https://")))])(
  "nothing is lost, and every link is http",
  (parts) => {
    const text = parts.join(" ");
    const pieces = linkify(text);
    expect(pieces.map((piece) => piece.text).join("")).toBe(text);
    for (const piece of pieces) if (piece.type === "link") expect(new URL(piece.text).protocol).toMatch(/^https?:$/);
  },
);
