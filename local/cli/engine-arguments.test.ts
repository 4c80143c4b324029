import { expect, test } from "vitest";
import { readEngineArguments } from "./engine-arguments.ts";

test("what is not said has its default", () => {
  expect(readEngineArguments(["up"])).toEqual({ command: "up", stack: "local", basePort: undefined, help: false });
});

test("what is said is heard", () => {
  expect(readEngineArguments(["destroy", "--stack", "local-two", "--port", "5000"])).toEqual({
    command: "destroy",
    stack: "local-two",
    basePort: 5000,
    help: false,
  });
});

test.each([["deploy"], ["up", "--port", "80"], ["up", "--sack", "local"], []])(
  "%s %s points to the help",
  (...argv) => {
    expect(() => readEngineArguments(argv)).toThrow(/npm run up -- --help/);
  },
);
