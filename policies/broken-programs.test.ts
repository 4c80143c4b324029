import { expect, test } from "vitest";
import { BROKEN } from "./broken-programs.ts";
import { POLICIES } from "./index.ts";
import { previewed, violations } from "./testing.ts";

test("there is a program for every policy", () => {
  expect(Object.keys(BROKEN)).toEqual(POLICIES.map((policy) => policy.name));
});

test.each(Object.entries(BROKEN))(
  "%s stops its program at the preview, and no other policy does",
  async (name, run) => {
    const samples = await previewed(run);
    const stopping: string[] = [];
    for (const policy of POLICIES) {
      const found = await violations(policy, samples);
      if (found.length > 0) stopping.push(policy.name);
      for (const message of found) expect(message).toMatch(/^wanted: .+\nfound: {2}.+\nchange: .+$/s);
    }
    expect(stopping).toEqual([name]);
  },
);
