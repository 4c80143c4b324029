import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startLocalCloud } from "../../local/cloud.ts";
import { clientOf } from "../../local/engine/daemon/client.ts";
import { type CloudFile, cloudFilePath, readCloudFile } from "../../local/engine/daemon/cloud-file.ts";
import { engineHome } from "../../local/engine/home.ts";
import type { LocalOutputs } from "../../local/outputs.ts";
import { readPidFile } from "../../local/pid-file.ts";
import { localPorts, takenPorts } from "../../local/ports.ts";
import { isRunning } from "../../local/process-table.ts";
import { type Checkout, copyCheckout } from "./checkout.ts";
import { comparable, type Deployed, readState } from "./state.ts";

/** One life of the stack `local` under Pulumi's own engine, policies on. Each test goes on where the last one ended. */

const BASE_PORT = Number(process.env.SERVIO_TEST_PORT ?? 4800);
const SECOND_PORT = BASE_PORT + 20;

let checkout: Checkout;
beforeAll(() => {
  checkout = copyCheckout();
});
afterAll(() => {
  // After a failure nothing may stay behind on the machine.
  for (const stack of ["local-two", "local"]) {
    if (homeOf(stack).exists()) {
      checkout.restore();
      // It may have stopped while it was guarded.
      checkout.run("up", "--stack", stack);
      checkout.run("destroy", "--stack", stack);
    }
  }
  checkout.remove();
});

function homeOf(stack: string) {
  const { home } = engineHome(checkout.root, stack);
  return {
    exists: () => {
      try {
        readFileSync(join(home, "project/Pulumi.yaml"));
        return true;
      } catch {
        return false;
      }
    },
    outputs: () => JSON.parse(readFileSync(join(home, "outputs.json"), "utf8")) as LocalOutputs,
    processes: () => readPidFile(join(home, "processes.json")),
    cloud: async (): Promise<CloudFile> => {
      const file = await readCloudFile(cloudFilePath(home));
      if (!file) throw new Error(`The local cloud of ${stack} does not run.`);
      return file;
    },
  };
}

function requireWorking(stack: string): void {
  const { home } = engineHome(checkout.root, stack);
  const args = [join(import.meta.dirname, "check.ts"), join(home, "outputs.json")];
  const checks = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(checks.stdout + checks.stderr).toBe("[]");
}

/** The lines of a run that tell of a resource, without the seconds: `+ pubsub.Topic replies`. */
function told(text: string, mark: string): string[] {
  const line = new RegExp(`^ +[\\d.]+ s {2}\\${mark} (\\S+) +(?:×\\d+ +)?(.+)$`, "gm");
  return [...text.matchAll(line)].map(([, type, names]) => `${type} ${names}`);
}

/** How long it takes is measured by `npm run bench`. */
test("a preview of nothing tells all that would be made, and starts nothing", async () => {
  const { code, text } = checkout.run("preview", "--port", String(BASE_PORT));
  expect(code).toBe(0);
  expect(text).toMatch(/✓ \d+ to create\n/);
  expect(await takenPorts(localPorts(BASE_PORT))).toEqual([]);
});

test("a policy that is broken stops the preview, and names the line to change", () => {
  checkout.change(
    "Pulumi.local.yaml",
    "  servio-omnichannel:logLevel: info\n",
    '  servio-omnichannel:logLevel: info\n  servio-omnichannel:apiMaxInstances: "50"\n',
  );
  const { code, text } = checkout.run("preview");
  checkout.restore();
  expect(code).toBe(1);
  expect(text).toContain("policy instance-ceilings on api");
  expect(text).toContain("pulumi config set servio-omnichannel:apiMaxInstances 20");
});

test("twice the instances kept warm are stopped by the budget, with the amount; once is within it", () => {
  const warm = (count: number) =>
    `  servio-omnichannel:apiMinInstances: "${count}"\n  servio-omnichannel:webhookMinInstances: "${count}"\n`;
  const before = "  servio-omnichannel:logLevel: info\n";
  checkout.change("policies/local.json", '"tls"', '"monthly-budget": { "budgetUsd": 137 },\n  "tls"');
  checkout.change("Pulumi.local.yaml", before, `${before}${warm(1)}`);
  const once = checkout.run("preview");
  checkout.change("Pulumi.local.yaml", warm(1), warm(2));
  const twice = checkout.run("preview");
  checkout.restore();
  expect(once.code).toBe(0);
  expect(twice.code).toBe(1);
  expect(twice.text).toContain("policy monthly-budget");
  expect(twice.text).toMatch(
    /wanted: an estimate of at most \$137\.00 a month.*found: {2}\$[\d.]+, which is \$[\d.]+ too much/s,
  );
});

test("a user's mistake in the settings is told without a stack trace", () => {
  checkout.change("Pulumi.local.yaml", "servio-omnichannel:logLevel: info", "servio-omnichannel:logLevel: loud");
  const { code, text } = checkout.run("preview");
  checkout.restore();
  expect(code).toBe(1);
  expect(text).toContain("servio-omnichannel:logLevel");
  expect(text).not.toMatch(/^\s+at .*\.(ts|js):\d+/m);
});

test("a resource that cannot be created stops up, with its own words", async () => {
  checkout.change(
    "app/webhook.ts",
    "\n/** The first call",
    '\nthrow new Error("broken on purpose");\n\n/** The first call',
  );
  const { code, text } = checkout.run("up", "--port", String(BASE_PORT));
  expect(code).toBe(1);
  expect(text).toContain("✗ cloudfunctionsv2.Function webhook");
  expect(text).toContain("broken on purpose");
  const types = readState(checkout.root, "local").map(({ type }) => type);
  expect(types).not.toContain("gcp:cloudfunctionsv2/function:Function");
});

test("the next up makes what was missing, and everything works", async () => {
  checkout.restore();
  const { code, text } = checkout.run("up");
  expect(code).toBe(0);
  expect(told(text, "+").join("\n")).toContain("cloudfunctionsv2.Function");
  requireWorking("local");
});

test("npm start makes the same resources, with the same inputs", async () => {
  const basePort = BASE_PORT + 40;
  const home = join(checkout.root, ".local/start");
  const started = await startLocalCloud({ root: checkout.root, home, basePort });
  await started.stop();
  const list = async (resources: readonly Deployed[], base: number): Promise<unknown[]> => {
    const all = resources.map(async ({ type, name, inputs }) => ({
      type,
      name,
      inputs: await comparable(inputs, base),
    }));
    return (await Promise.all(all)).sort((left, right) =>
      `${left.type} ${left.name}`.localeCompare(`${right.type} ${right.name}`),
    );
  };
  expect(await list(readState(checkout.root, "local"), BASE_PORT)).toEqual(await list(started.resources, basePort));
});

test("up without a change changes nothing", async () => {
  const { code, text } = checkout.run("up");
  expect(code).toBe(0);
  expect(text).toMatch(/✓ \d+ unchanged\n/);
  requireWorking("local");
});

test("a change in the app changes its archive and what runs it, and nothing else", () => {
  checkout.change("app/server.ts", "\nawait warm;", '\nprocess.title = "changed";\nawait warm;');
  const planned = checkout.run("preview");
  const { code, text } = checkout.run("up");
  checkout.restore();
  for (const run of [planned.text, text]) {
    expect(told(run, "~")).toEqual(["cloudrunv2.Service api"]);
    expect(told(run, "±")).toEqual(["storage.BucketObject artifacts-api (replaced)"]);
    expect(told(run, "+")).toEqual([]);
  }
  expect(planned.text).toMatch(/✓ 1 to update, 1 to replace, \d+ unchanged\n/);
  expect(code).toBe(0);
  expect(text).toMatch(/✓ 1 updated, 1 replaced, \d+ unchanged\n/);
});

test("what was changed behind the stack's back is seen by preview and refresh", async () => {
  checkout.run("up");
  const { pubsubHost, firestoreHost, project } = homeOf("local").outputs();
  const subscription = readState(checkout.root, "local").find(
    ({ type, name }) => type === "gcp:pubsub/subscription:Subscription" && name.includes("replies"),
  );
  const { name = "" } = subscription?.inputs ?? {};
  const deleted = await fetch(`http://${pubsubHost}/v1/projects/${project}/subscriptions/${String(name)}`, {
    method: "DELETE",
  });
  const open = "service cloud.firestore { match /databases/{d}/documents/{x=**} { allow read: if true; } }";
  const opened = await fetch(`http://${firestoreHost}/emulator/v1/projects/${project}:securityRules`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ rules: { files: [{ name: "firestore.rules", content: open }] } }),
  });
  expect([deleted.status, opened.status]).toEqual([200, 200]);
  const gone = `${subscription?.name} is gone`;
  const changed = /firebaserules\.Release +\S+ is not as it was made\n +rulesetName: /;
  const planned = checkout.run("preview");
  expect(planned.text).toContain(gone);
  expect(planned.text).toMatch(changed);
  const refreshed = checkout.run("refresh");
  expect(refreshed.text).toContain(gone);
  expect(refreshed.text).toMatch(changed);
  expect(refreshed.text).toMatch(/✓ 2 changed or gone/);
});

test("and up makes it as the program says", async () => {
  const { code, text } = checkout.run("up");
  expect(code).toBe(0);
  expect(told(text, "~")).toEqual([expect.stringMatching(/^firebaserules\.Release /)]);
  expect(text).toMatch(/✓ \d+ created, 1 updated, \d+ unchanged/);
  requireWorking("local");
});

test("a process that was killed is running again, and somebody is told", async () => {
  const cloud = clientOf(await homeOf("local").cloud());
  const api = async () => (await cloud.status()).processes.find(({ name }) => name === "servio-api");
  process.kill(-((await api())?.pid ?? 0), "SIGKILL");
  // Else the command comes first, and says as it happens what it is asked about here: what happened before.
  await expect.poll(async () => (await api())?.restarts, { timeout: 30_000 }).toBe(1);
  const { code, text } = checkout.run("up");
  expect(code).toBe(0);
  expect(text).toContain("servio-api ended unexpectedly and was started again");
  expect(text).toMatch(/✓ \d+ unchanged\n/);
});

test("after the local cloud itself was killed, up makes everything again", async () => {
  const { pid } = await homeOf("local").cloud();
  process.kill(pid, "SIGKILL");
  const planned = checkout.run("refresh");
  expect(planned.text).toContain("the local cloud of this stack does not run");
  const { code } = checkout.run("up");
  expect(code).toBe(0);
  requireWorking("local");
});

test("a second stack stands beside the first, and goes alone", async () => {
  const made = checkout.run("up", "--stack", "local-two", "--port", String(SECOND_PORT));
  expect(made.code).toBe(0);
  requireWorking("local-two");
  requireWorking("local");
  expect(checkout.run("destroy", "--stack", "local-two").code).toBe(0);
  expect(await takenPorts(localPorts(SECOND_PORT))).toEqual([]);
  requireWorking("local");
});

test("what is guarded is not destroyed", async () => {
  checkout.change("Pulumi.local.yaml", "dataProtection: throwaway", "dataProtection: guarded");
  expect(checkout.run("up").code).toBe(0);
  const { code, text } = checkout.run("destroy");
  expect(code).toBe(1);
  expect(text).toContain("Nothing was destroyed");
  expect(text).toContain("dataProtection: throwaway in Pulumi.local.yaml");
  requireWorking("local");
  checkout.restore();
  expect(checkout.run("up").code).toBe(0);
});

test("destroy leaves nothing, at the first try", async () => {
  const cloud = await homeOf("local").cloud();
  const processes = homeOf("local").processes();
  const identities = [cloud, ...(processes?.processes ?? [])];
  expect(identities.length).toBeGreaterThan(5);
  const { code, text } = checkout.run("destroy");
  expect(code).toBe(0);
  expect(text).toMatch(/✓ \d+ deleted\n/);
  expect(await Promise.all(identities.map(isRunning))).toEqual(identities.map(() => false));
  expect(await takenPorts(localPorts(BASE_PORT))).toEqual([]);
  expect(homeOf("local").exists()).toBe(false);
  expect(checkout.run("destroy")).toMatchObject({ code: 1, text: expect.stringContaining("There is no stack") });
});
