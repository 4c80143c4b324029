import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { engineHome } from "../../local/engine/home.ts";
import { localPorts, takenPorts } from "../../local/ports.ts";
import { type Checkout, copyCheckout } from "./checkout.ts";

/** What a run leaves behind that did not come to its end. */

const BASE_PORT = Number(process.env.SERVIO_TEST_PORT ?? 4800) + 60;
const PORT = ["--port", String(BASE_PORT)];
/** Resources are being made, and most are not yet. */
const UNDER_WAY = /\+ secretmanager\.SecretVersion/;

let checkout: Checkout;
beforeAll(() => {
  checkout = copyCheckout();
});
afterAll(() => {
  if (existsSync(engineHome(checkout.root, "local").workDir)) checkout.run("destroy");
  checkout.remove();
});

/** Every process that names the checkout or stands in it, from Linux's own table. */
function processesOfCheckout(): string[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
        return [`${pid} in ${readlinkSync(`/proc/${pid}/cwd`)}: ${command}`];
      } catch {
        // It ended while the table was read.
        return [];
      }
    })
    .filter((process) => process.includes(checkout.root));
}

async function becomes<T>(read: () => T, wanted: T): Promise<void> {
  await expect.poll(read, { timeout: 30_000, interval: 100 }).toEqual(wanted);
}

test("Ctrl-C of npm start while it deploys ends everything", async () => {
  const start = checkout.begin("start", ...PORT);
  await start.says(UNDER_WAY);
  start.signal("SIGINT");
  expect(await start.ended).toBe(130);
  expect(start.text()).not.toMatch(/^\s+at .*\.(ts|js):\d+/m);
  await becomes(processesOfCheckout, []);
  expect(await takenPorts(localPorts(BASE_PORT))).toEqual([]);
});

test("Ctrl-C of up while it deploys keeps what was made, without a word that is no person's", async () => {
  const up = checkout.begin("up", ...PORT);
  await up.says(UNDER_WAY);
  up.signal("SIGINT");
  expect(await up.ended).toBe(130);
  expect(up.text()).toMatch(/Stopping after what is under way/);
  expect(up.text()).not.toMatch(/^\s+at .*\.(ts|js):\d+/m);
});

test("while another run is at work the stack is left alone, and its process is named", async () => {
  const up = checkout.begin("up");
  await up.says(UNDER_WAY);
  const { code, text } = checkout.run("up");
  expect(code).toBe(1);
  expect(text).toMatch(/Another run \(process \d+\) is at work on the stack "local"/);
  // And is killed, as by a machine that runs out of memory.
  up.signal("SIGKILL");
  expect(await up.ended).toBe(null);
});

test("the lock of a run that was killed is taken away, and up makes the rest", () => {
  const { code, text } = checkout.run("up");
  expect(text).toContain("taking away the lock of a run that was killed");
  expect(code).toBe(0);
  const again = checkout.run("up").text;
  expect(again).toMatch(/✓ \d+ unchanged\n/);
  expect(again).not.toContain("pending operations");
});

test("and destroy leaves nothing of any of them", async () => {
  expect(checkout.run("destroy").code).toBe(0);
  await becomes(processesOfCheckout, []);
  expect(await takenPorts(localPorts(BASE_PORT))).toEqual([]);
});
