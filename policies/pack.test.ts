import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { POLICIES } from "./index.ts";

test("the pack starts as the CLI starts it: one line, the port it listens on", async () => {
  // The address of the engine is only called later.
  const pack = spawn(fileURLToPath(new URL("run", import.meta.url)), ["127.0.0.1:1"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  try {
    const complaints: string[] = [];
    pack.stderr.on("data", (chunk: Buffer) => complaints.push(chunk.toString()));
    const first = await new Promise<string>((resolve, reject) => {
      createInterface(pack.stdout).once("line", resolve);
      pack.once("exit", (code) => reject(new Error(`ended with ${code}: ${complaints.join("")}`)));
    });
    expect(first).toMatch(/^\d{4,5}$/);
  } finally {
    pack.removeAllListeners("exit");
    pack.kill();
  }
});

test("production's settings are of policies that exist, and of settings that they have", () => {
  const file = readFileSync(new URL("prod.json", import.meta.url), "utf8");
  const { all, ...settings } = JSON.parse(file) as Record<string, Record<string, unknown>>;
  expect(all).toBe("mandatory");
  for (const [name, values] of Object.entries(settings)) {
    const policy = POLICIES.find((candidate) => candidate.name === name);
    expect(Object.keys(policy?.configSchema?.properties ?? {}), name).toEqual(
      expect.arrayContaining(Object.keys(values)),
    );
  }
});
