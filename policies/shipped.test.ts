import { expect, test } from "vitest";
import { runProgram } from "../infra/testing.ts";
import { POLICIES } from "./index.ts";
import { violations } from "./testing.ts";

const { resources } = await runProgram();
const samples = resources.map(({ type, name, inputs }) => ({ type, name, props: inputs }));

test.each(POLICIES.map((policy) => [policy.name, policy] as const))("the stack passes %s", async (_name, policy) => {
  expect(await violations(policy, samples)).toEqual([]);
});

test("no two policies share a name, and none has the reserved one", () => {
  const names = POLICIES.map((policy) => policy.name);
  expect(names).toEqual([...new Set(names)]);
  expect(names).not.toContain("all");
});
