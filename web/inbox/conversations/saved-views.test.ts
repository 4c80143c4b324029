import { expect, test } from "vitest";
import { savedViews } from "./saved-views.ts";

function memory(entries: Record<string, string> = {}) {
  const kept = new Map(Object.entries(entries));
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

test("a view is kept for its owner, found again, and let go", () => {
  const shelf = memory();
  const mine = savedViews(shelf, "me");
  let told = 0;
  mine.subscribe(() => {
    told += 1;
  });
  mine.toggle({ view: "waiting", channel: "whatsapp", holder: "none" });
  mine.toggle({ view: "open", userType: "prestador" });
  expect(savedViews(shelf, "me").get()).toEqual([
    { view: "waiting", channel: "whatsapp", holder: "none" },
    { view: "open", userType: "prestador" },
  ]);
  expect(savedViews(shelf, "somebody else").get()).toEqual([]);
  mine.toggle({ view: "waiting", holder: "none", channel: "whatsapp" });
  expect(mine.get()).toEqual([{ view: "open", userType: "prestador" }]);
  expect(told).toBe(3);
});

test("what is stored and cannot be understood is an ordinary view, never a fault", () => {
  expect(savedViews(memory({ "servio.views.me": "/?view=gone&channel=fax\n//[\n/status" }), "me").get()).toEqual([
    { view: "open" },
  ]);
});
