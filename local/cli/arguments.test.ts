import { describe, expect, test } from "vitest";
import { readArguments } from "./arguments.ts";

test("what is not said has its default", () => {
  expect(readArguments([])).toEqual({ basePort: 4400, once: false, help: false });
});

test("what is said is heard", () => {
  expect(readArguments(["--port", "5000", "--once"])).toEqual({ basePort: 5000, once: true, help: false });
  expect(readArguments(["-h"]).help).toBe(true);
});

describe("what is wrong points to the help", () => {
  test.each([
    ["--port", "x"],
    ["--port", "80"],
    ["--port", "65530"],
    ["--port", "1.5e4x"],
    ["--prot", "5000"],
    ["extra"],
  ])("%s %s", (...argv) => {
    expect(() => readArguments(argv)).toThrow("npm start -- --help");
  });
});
