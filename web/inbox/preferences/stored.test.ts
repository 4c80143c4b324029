import { expect, test } from "vitest";
import { choice, measure, openShelf, type Shelf } from "./stored.ts";

function memory(entries: Record<string, string> = {}): Shelf {
  const kept = new Map(Object.entries(entries));
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

test("a choice is remembered and told; what is none of them counts as the fallback", () => {
  const shelf = memory({ old: "sepia" });
  const theme = choice(shelf, "theme", ["system", "dark"], "system");
  const seen: string[] = [];
  const stop = theme.subscribe(() => seen.push(theme.get()));
  theme.set("dark");
  stop();
  theme.set("system");
  expect(seen).toEqual(["dark"]);
  expect(choice(shelf, "theme", ["system", "dark"], "dark").get()).toBe("system");
  expect(choice(shelf, "old", ["system", "dark"], "system").get()).toBe("system");
});

test.each([
  ["300", 300],
  ["99", 320],
  ["wide", 320],
  ["300.5", 320],
])("a stored width of %s counts as %d", (stored, width) => {
  expect(measure(memory({ width: stored }), "width", { min: 280, max: 480 }, 320).get()).toBe(width);
});

test("nothing stored counts as the fallback", () => {
  expect(measure(memory(), "width", { min: 0, max: 480 }, 320).get()).toBe(320);
});

test("where storage is forbidden, things are remembered as long as the page is there", () => {
  const shelf = openShelf(() => {
    throw new DOMException("denied", "SecurityError");
  });
  shelf.setItem("a", "1");
  expect(shelf.getItem("a")).toBe("1");
  shelf.removeItem("a");
  expect(shelf.getItem("a")).toBeNull();
});
