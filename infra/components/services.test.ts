import { expect, test } from "vitest";
import { runProgram } from "../testing.ts";
import { APIS } from "./services.ts";

test("each API is turned on, and left on when the stack goes", async () => {
  const run = await runProgram({
    settings: { customDomain: "omni.example.com", billingAccount: "012345-6789AB-CDEF01" },
  });
  expect(run.of("gcp:projects/service:Service").map(({ inputs }) => inputs)).toEqual(
    APIS.map((service) => ({ project: "example-project", service, disableOnDestroy: false })),
  );
});

test("without a load balancer and a budget their APIs stay off", async () => {
  const run = await runProgram();
  const services = run.of("gcp:projects/service:Service").map(({ inputs }) => inputs.service);
  const unused: readonly string[] = ["billingbudgets.googleapis.com", "compute.googleapis.com"];
  expect(services).toEqual(APIS.filter((service) => !unused.includes(service)));
});
