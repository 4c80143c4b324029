import * as pulumi from "@pulumi/pulumi";
import { beforeEach, expect, test, vi } from "vitest";
import { EXAMPLE_ARTIFACTS, EXAMPLE_SETTINGS } from "./testing.ts";

vi.mock("./build/index.ts", () => ({ buildArtifacts: async () => EXAMPLE_ARTIFACTS }));

// The program runs as it is imported: anew for each test, and with the build above, whoever imported it before.
beforeEach(() => vi.resetModules());

async function start(stack: string): Promise<Record<string, pulumi.Output<unknown>>> {
  await pulumi.runtime.setMocks(
    {
      newResource: ({ name, inputs }) => ({
        id: name,
        state: { uri: "https://example.a.run.app", url: "https://example.com", ...inputs },
      }),
      call: ({ inputs }) => inputs,
    },
    "servio-omnichannel",
    stack,
  );
  pulumi.runtime.setAllConfig(EXAMPLE_SETTINGS);
  return import("./index.ts") as never;
}

test("the stack of this machine is refused, with what to use instead", async () => {
  const failure = await start("local").catch((error: unknown) => error);
  expect(pulumi.RunError.isInstance(failure)).toBe(true);
  expect(String(failure)).toContain("Use `npm start`, or `npm run up`");
});

test("any other stack is built from its settings, and says where everything is", async () => {
  const outputs = await start("dev");
  expect(Object.keys(outputs).sort()).toEqual([
    "apiLogsCommand",
    "apiUrl",
    "bucket",
    "dashboardUrls",
    "deadLetterSubscription",
    "edgeAddress",
    "functionName",
    "inboxUrl",
    "project",
    "readme",
    "region",
    "serviceName",
    "verifyTokenCommand",
    "webhookLogsCommand",
    "webhookUrls",
    "widgetUrl",
  ]);
  // The stack's page names only outputs that there are.
  const named = [...String(outputs.readme).matchAll(/\$\{outputs\.(\w+)/g)].map(([, name = ""]) => name);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !(name in outputs))).toEqual([]);
});
