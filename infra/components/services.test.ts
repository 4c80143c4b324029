import { expect, test } from "vitest";
import { runProgram } from "../testing.ts";
import { APIS } from "./services.ts";

const run = await runProgram();

test("each API is turned on, and left on when the stack goes", () => {
  expect(run.of("gcp:projects/service:Service").map(({ inputs }) => inputs)).toEqual(
    APIS.map((service) => ({ project: "example-project", service, disableOnDestroy: false })),
  );
});
