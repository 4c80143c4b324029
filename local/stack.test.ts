import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { deploy } from "./engine/embedded.ts";
import { stackOutputs } from "./outputs.ts";
import { createProvider } from "./provider.ts";
import { importProgram, loadStack, PULUMI_PROJECT, STACK_NAME } from "./stack.ts";
import { fakeCloud, tarGz, zip } from "./testing.ts";

const root = join(import.meta.dirname, "..");

async function load(cloud: Awaited<ReturnType<typeof fakeCloud>>) {
  const artifact = (path: string) => ({ path, sha256: "0".repeat(64), fileName: basename(path) });
  const endpoints = {
    project: cloud.project,
    graphBaseUrl: "http://127.0.0.1:4402/graph",
    geminiBaseUrl: "http://127.0.0.1:4402/gemini",
    oidcCertsUrl: "http://127.0.0.1:4406/oauth2/v1/certs",
  };
  const artifacts = { api: artifact(await tarGz({ "index.js": "" })), webhook: artifact(zip({ "index.js": "" })) };
  return loadStack(root, endpoints, artifacts, await importProgram());
}

test("every resource of the product's own program can be made here, and gives what people need", async () => {
  const cloud = await fakeCloud();
  const { program } = await load(cloud);
  const provider = createProvider(cloud);
  const { outputs } = await deploy({ project: PULUMI_PROJECT, stack: STACK_NAME, provider, program });
  const api = `http://127.0.0.1:${cloud.ports.api}`;
  const webhook = `http://127.0.0.1:${cloud.ports.webhook}`;
  expect(stackOutputs.parse(outputs)).toEqual({
    apiUrl: api,
    inboxUrl: `${api}/`,
    widgetUrl: `${api}/widget.js`,
    webhookUrls: {
      whatsapp: `${webhook}/whatsapp`,
      instagram: `${webhook}/instagram`,
      facebook: `${webhook}/facebook`,
    },
  });
  expect(cloud.started.map(({ name }) => name).sort()).toEqual(["servio-api", "servio-webhook"]);
  expect(cloud.releasedRules).toEqual([expect.stringContaining("service cloud.firestore")]);
});

test("no variable of what is deployed is empty or undefined", async () => {
  const cloud = await fakeCloud();
  const { program } = await load(cloud);
  await deploy({ project: PULUMI_PROJECT, stack: STACK_NAME, provider: createProvider(cloud), program });
  for (const { env } of cloud.started) {
    expect(Object.entries(env).filter(([, value]) => value === "" || /undefined|\[object/.test(value))).toEqual([]);
  }
});

test("Meta's side shares the stack's accounts and secrets", async () => {
  const { shared } = await load(await fakeCloud());
  expect(shared).toEqual({
    accounts: { whatsapp: "100000000000001", facebook: "100000000000002", instagram: "100000000000003" },
    secrets: {
      META_APP_SECRET: "local-meta-app-secret",
      OMNI_WEBHOOK_SECRET: "local-omni-webhook-secret",
      OMNI_AUTOMATION_SECRET: "local-omni-automation-secret",
    },
    identitySecret: "local-webchat-identity-secret-example",
  });
});
