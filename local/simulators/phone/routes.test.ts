import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stage } from "../testing.ts";
import { en } from "./page/words-en.ts";
import { es } from "./page/words-es.ts";
import { pt } from "./page/words-pt.ts";

test("the page loads nothing but files of this server, and its policy allows nothing else", async () => {
  await using s = await stage({ connect: false });
  const page = await fetch(`${s.simulators.url}/`);
  const html = await page.text();
  expect(page.headers.get("content-security-policy")).toMatch(
    /default-src 'none'; script-src 'self'; style-src 'self'/,
  );
  expect(page.headers.get("content-security-policy")).not.toContain("unsafe");
  expect(html).not.toMatch(/<style|<script(?![^>]*src=)|style=| on[a-z]+=|https?:/);
});

test("every module and style is served, its types taken off", async () => {
  await using s = await stage({ connect: false });
  const files = (await readdir(join(import.meta.dirname, "page"))).filter((name) => name !== "index.html");
  expect(files.length).toBeGreaterThan(15);
  for (const name of files) {
    const answer = await fetch(`${s.simulators.url}/phone/${name}`);
    expect([name, answer.status]).toEqual([name, 200]);
    const text = await answer.text();
    if (!name.endsWith(".ts")) continue;
    expect(answer.headers.get("content-type")).toContain("javascript");
    expect(text).not.toMatch(/import type|: readonly |interface /);
    // The page runs in a browser: what it imports must be beside it.
    for (const [, imported] of text.matchAll(/from "([^"]+)"/g)) expect(imported).toMatch(/^\.\/[a-z-]+\.ts$/);
  }
});

test.each(["/phone/../server.ts", "/phone/%2e%2e%2fserver.ts", "/phone/nothing.ts", "/phone/routes.ts"])(
  "%s is not served",
  async (path) => {
    await using s = await stage({ connect: false });
    const answer = await fetch(`${s.simulators.url}${path}`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: "route_unknown" });
  },
);

test.each([
  ["en", en],
  ["es", es],
])("%s has the same gaps to fill as Portuguese", (_name, words) => {
  const gaps = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([gap]) => gap).toSorted();
  for (const [word, text] of Object.entries(pt)) {
    expect([word, gaps(words[word as keyof typeof pt])]).toEqual([word, gaps(text)]);
  }
});
