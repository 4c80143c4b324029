import { describe, expect, test } from "vitest";
import { runProgram } from "../testing.ts";
import { nonconformities } from "./conformance.ts";

/** Every shape that settings give the stack; together they declare every type that the program knows. */
const SHAPES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "as it is by default": {},
  "with everything there is": {
    environment: "prod",
    dataProtection: "guarded",
    customDomain: "omni.example.com",
    billingAccount: "012345-6789AB-CDEF01",
    inboxDomains: "inbox.example.com",
    schedulesEnabled: "false",
    signInExists: "true",
  },
};

for (const [shape, settings] of Object.entries(SHAPES)) {
  const { resources } = await runProgram({ settings });
  test(`${shape}, the provider takes every resource without a warning`, () => {
    const found = resources.flatMap(({ type, name, inputs }) =>
      nonconformities(type, inputs).map(({ path, problem }) => `${type} ${name}: ${path}: ${problem}`),
    );
    expect(found).toEqual([]);
  });
}

describe("what the provider would not take is found", () => {
  const subscription = { topic: "projects/p/topics/t" };

  test("a required input that is missing, also inside another", () => {
    expect(nonconformities("gcp:pubsub/subscription:Subscription", { pushConfig: { oidcToken: {} } })).toEqual([
      { path: "topic", problem: "required, and missing" },
      { path: "pushConfig.pushEndpoint", problem: "required, and missing" },
      { path: "pushConfig.oidcToken.serviceAccountEmail", problem: "required, and missing" },
    ]);
  });

  test("an input that the type does not have", () => {
    const retryPolicy = { minimumBackof: "10s" };
    expect(nonconformities("gcp:pubsub/subscription:Subscription", { ...subscription, retryPolicy, ttl: "" })).toEqual([
      { path: "retryPolicy.minimumBackof", problem: "no input of this type" },
      { path: "ttl", problem: "no input of this type" },
    ]);
  });

  test("a value that is none of the possible ones, in an element of a list", () => {
    const traffics = [{ type: "LATEST", percent: 100 }];
    const [found] = nonconformities("gcp:cloudrunv2/service:Service", { location: "us-west1", template: {}, traffics });
    expect(found).toEqual({
      path: "traffics[0].type",
      problem: expect.stringMatching(/^LATEST is none of TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST, /),
    });
  });

  test("an input that is deprecated", () => {
    expect(nonconformities("gcp:compute/disk:Disk", { interface: "SCSI" })).toEqual([
      { path: "interface", problem: expect.stringMatching(/^deprecated: /) },
    ]);
  });
});
