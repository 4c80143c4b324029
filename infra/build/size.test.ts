import { expect, test } from "vitest";
import { requireSize, SIZE_LIMITS } from "./size.ts";

const file = (path: string, megabytes: number) => ({ path, bytes: new Uint8Array(megabytes * 1_000_000) });

test("an archive as large as Google takes passes, one byte more does not", () => {
  expect(() => requireSize("webhook", new Uint8Array(10), [], 10)).not.toThrow();
  expect(() => requireSize("webhook", new Uint8Array(11), [], 10)).toThrow("archive of webhook");
  expect(SIZE_LIMITS.api).toBe(262_144_000);
});

test("the message names the sizes and the largest files, largest first", () => {
  const files = [file("index.js", 2), file("public/film.mp4", 3)];
  const check = () => requireSize("api", new Uint8Array(5_000_000), files, 4_000_000);
  expect(check).toThrow(/has 5\.0 MB, and Google takes at most 4\.0 MB/);
  expect(check).toThrow(/3\.0 MB {2}public\/film\.mp4\n {2}2\.0 MB {2}index\.js/);
});
