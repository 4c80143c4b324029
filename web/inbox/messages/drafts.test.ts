import { expect, test } from "vitest";
import { openShelf } from "../preferences/stored.ts";
import { drafts } from "./drafts.ts";

function memory() {
  const kept = new Map<string, string>();
  return openShelf(() => ({
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }));
}

test("a draft survives, is its author's alone, and goes when it is emptied", () => {
  const shelf = memory();
  drafts(shelf, "ana").write("webchat_1", "Olá, tudo ");
  expect(drafts(shelf, "ana").read("webchat_1")).toBe("Olá, tudo ");
  expect(drafts(shelf, "bia").read("webchat_1")).toBe("");
  expect(drafts(shelf, "ana").read("webchat_2")).toBe("");
  drafts(shelf, "ana").write("webchat_1", "  ");
  expect(drafts(shelf, "ana").read("webchat_1")).toBe("");
});
