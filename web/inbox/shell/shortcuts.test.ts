// @vitest-environment happy-dom
import { renderHook } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { singleKeys } from "../preferences/preferences.ts";
import { useShortcuts } from "./shortcuts.ts";

beforeEach(() => {
  singleKeys.set("on");
  document.body.innerHTML = "<input><div role='menu'><button>b</button></div><p>p</p>";
});

function pressed(selector: string, init: KeyboardEventInit): number {
  let count = 0;
  const { unmount } = renderHook(() => useShortcuts({ j: () => count++ }));
  document
    .querySelector(selector)
    ?.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init }));
  unmount();
  return count;
}

test("a single key acts", () => {
  expect(pressed("p", { key: "j" })).toBe(1);
});

test.each([
  ["another key", "p", { key: "x" }],
  ["while typing", "input", { key: "j" }],
  ["inside a menu", "button", { key: "j" }],
  ["with Ctrl", "p", { key: "j", ctrlKey: true }],
  ["with Alt, which writes letters on many keyboards", "p", { key: "j", altKey: true }],
  ["while composing", "p", { key: "j", isComposing: true }],
])("not %s", (_, selector, init) => {
  expect(pressed(selector, init)).toBe(0);
});

test("not when the agent has turned single keys off", () => {
  singleKeys.set("off");
  expect(pressed("p", { key: "j" })).toBe(0);
});
