import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

/** Every colour of `tokens.css`, as its light and its dark value. */
const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
const COLOURS = new Map(
  [...css.matchAll(/--color-([\w-]+):\s*light-dark\(\s*(#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\s*\)/g)].map(
    ([, name = "", light = "", dark = ""]) => [name, { light, dark }] as const,
  ),
);

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ["canvas", "surface", "raised", "hover", "chosen"];
const WORDS = ["ink", "muted", "accent"];
const MARKS = ["whatsapp", "instagram", "facebook", "webchat", "edge"];

/** Words need 4.5:1, marks and edges of controls 3:1 (WCAG 1.4.3 and 1.4.11). */
const PAIRS: readonly (readonly [string, string, number])[] = [
  ...GROUNDS.flatMap((ground) => WORDS.map((word) => [word, ground, 4.5] as const)),
  ...["canvas", "surface", "raised"].map((ground) => ["faint", ground, 4.5] as const),
  ...["canvas", "surface", "hover", "chosen"].flatMap((ground) => MARKS.map((mark) => [mark, ground, 3] as const)),
  ...["good", "wait", "bad", "info"].flatMap((tone) => [
    [tone, `${tone}-ground`, 4.5] as const,
    ...["canvas", "surface", "raised", "chosen"].map((ground) => [tone, ground, 4.5] as const),
  ]),
  ["on-accent", "accent-ground", 4.5],
  ["on-accent", "accent-press", 4.5],
];

test("every colour names a light and a dark value; only the veil is the same in both", () => {
  const declared = [...css.matchAll(/--color-([\w-]+):/g)].map(([, name]) => name).filter((name) => name !== "veil");
  expect([...COLOURS.keys()].sort()).toEqual(declared.filter((name) => name !== undefined).sort());
});

describe.each(["light", "dark"] as const)("%s", (theme) => {
  test.each(PAIRS)("%s on %s is at least %d:1", (front, ground, least) => {
    const of = (name: string) => COLOURS.get(name)?.[theme] ?? "";
    expect(contrast(of(front), of(ground))).toBeGreaterThanOrEqual(least);
  });
});
