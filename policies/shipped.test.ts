import { expect, test } from "vitest";
import { exampleConfig, runProgram, settingsOf } from "../infra/testing.ts";
import { POLICIES } from "./index.ts";
import { type Sample, violations } from "./testing.ts";

/** The stack as it ships: in the shapes that its settings give it, and as its files say. */
const SHAPES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "of Pulumi.dev.yaml": settingsOf("dev"),
  "of Pulumi.prod.yaml": settingsOf("prod"),
  "of Pulumi.local.yaml": settingsOf("local"),
  "with every default": {},
  "in production": { environment: "prod", dataProtection: "guarded", apiMinInstances: "1", webhookMinInstances: "1" },
  "behind a load balancer": { customDomain: "omni.example.com" },
};

async function samplesOf(settings: Readonly<Record<string, string>>): Promise<Sample[]> {
  const { resources } = await runProgram({ settings });
  // Mocks do not show options: that data is protected where it is guarded is proved on the engine.
  const options = { protect: exampleConfig(settings).dataProtection === "guarded" };
  return resources.map(({ type, name, inputs }) => ({ type, name, props: inputs, options }));
}

for (const [shape, settings] of Object.entries(SHAPES)) {
  const samples = await samplesOf(settings);
  test.each(POLICIES.map((policy) => [policy.name, policy] as const))(
    `${shape}, the stack passes %s`,
    async (_, policy) => {
      expect(await violations(policy, samples)).toEqual([]);
    },
  );
}

test("production with throw-away data is refused", async () => {
  const samples = await samplesOf({ environment: "prod", dataProtection: "throwaway" });
  const failing: string[] = [];
  for (const policy of POLICIES) if ((await violations(policy, samples)).length > 0) failing.push(policy.name);
  expect(failing).toEqual(["data-is-guarded"]);
});

test("no two policies share a name, and none has the reserved one", () => {
  const names = POLICIES.map((policy) => policy.name);
  expect(names).toEqual([...new Set(names)]);
  expect(names).not.toContain("all");
});
