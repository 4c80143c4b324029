import { expect, test } from "vitest";
import { runProgram } from "../testing.ts";
import { APIS } from "./services.ts";

test("each API is turned on, and left on when the stack goes", async () => {
  const run = await runProgram({ settings: { customDomain: "omni.example.com" } });
  expect(run.of("gcp:projects/service:Service").map(({ inputs }) => inputs)).toEqual(
    APIS.map((service) => ({ project: "example-project", service, disableOnDestroy: false })),
  );
});

test("without a load balancer the API of networks stays off", async () => {
  const run = await runProgram();
  const services = run.of("gcp:projects/service:Service").map(({ inputs }) => inputs.service);
  expect(services).toEqual(APIS.filter((service) => service !== "compute.googleapis.com"));
});
