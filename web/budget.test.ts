import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { type BuiltFile, overweight, weigh, weighParts } from "./budget.ts";

/** Bytes that gzip cannot shrink, so that sizes add up. */
const noise = (length: number, seed: number) => {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state >> 16;
  });
};
const file = (fileName: string, length: number, needs: readonly string[] = [], entry = false): BuiltFile => ({
  fileName,
  bytes: noise(length, length),
  needs,
  entry,
});
const gzip = (length: number) => gzipSync(noise(length, length)).byteLength;

const FILES = [
  file("assets/index.js", 5_000, ["assets/shared.js", "assets/index.css"], true),
  file("assets/shared.js", 2_000),
  file("assets/index.css", 1_000),
  file("assets/app.js", 8_000, ["assets/index.js"]),
  file("assets/door-pt-Abc3.js", 100),
  file("assets/door-en-Abc4.js", 90),
  file("assets/pt-Abc1.js", 400),
  file("assets/en-Abc2.js", 300),
];

test("the sign-in page is the entry, what it imports, its styles and the heaviest language", () => {
  expect(weigh(FILES).entry).toBe(gzip(5_000) + gzip(2_000) + gzip(1_000) + gzip(100));
});

test("the whole is every file, with one language", () => {
  expect(weigh(FILES).total).toBe(gzip(5_000) + gzip(2_000) + gzip(1_000) + gzip(8_000) + gzip(400) + gzip(100));
});

test("within its budget nothing is said", () => {
  expect(overweight(weigh(FILES), { entry: 20_000, total: 20_000 })).toEqual([]);
});

test("over budget it names the limit, what was seen and the heaviest file", () => {
  const [problem, ...others] = overweight(weigh(FILES), { entry: 1_000, total: 100_000 });
  expect(others).toEqual([]);
  expect(problem).toContain("The sign-in page weighs 8.2 kB gzip, its limit is 1.0 kB");
  expect(problem).toContain("assets/app.js 8.0 kB");
});

test("a part weighs what its files weigh, each compressed by itself", () => {
  const files = new Map([
    ["widget.js", noise(100, 1)],
    ["assets/chat.js", noise(300, 2)],
    ["assets/chat.css", noise(200, 3)],
    ["assets/chat.png", noise(900, 4)],
  ]);
  const size = (length: number, seed: number) => gzipSync(noise(length, seed)).byteLength;
  const parts = { loader: { files: /^widget\.js$/, limit: 1 }, chat: { files: /\.(?:js|css)$/, limit: 1 } };
  expect(weighParts(files, parts)).toEqual({
    loader: size(100, 1),
    chat: size(100, 1) + size(300, 2) + size(200, 3),
  });
});
