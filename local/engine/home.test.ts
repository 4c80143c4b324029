import { expect, test } from "vitest";
import { engineHome } from "./home.ts";

test("each stack keeps to a folder of its own", () => {
  expect(engineHome("/r", "local").home).toBe("/r/.local/engine/local");
  expect(engineHome("/r", "local-two").state).toBe("/r/.local/engine/local-two/state");
});

test.each(["dev", "prod", "local2", "local-", "../local", ""])('"%s" is no stack of this machine', (stack) => {
  expect(() => engineHome("/r", stack)).toThrow("does not run on this machine");
});
