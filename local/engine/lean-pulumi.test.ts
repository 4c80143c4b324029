import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

/** In a process of its own: what is loaded already cannot be loaded late. */
function run(script: string): unknown {
  const args = ["--import", join(import.meta.dirname, "lean-pulumi.ts"), "--input-type=commonjs", "--eval", script];
  const child = spawnSync(process.execPath, args, { cwd: import.meta.dirname, encoding: "utf8" });
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout);
}

const LOADED = 'Object.keys(require.cache).filter((path) => path.includes("npmcli/arborist")).length';

test("the SDK is loaded without npm's Arborist", () => {
  expect(run(`require("@pulumi/pulumi"); console.log(${LOADED});`)).toBe(1);
});

test("which is there for who asks", () => {
  const script = `
    require("@pulumi/pulumi");
    const { createRequire } = require("node:module");
    const { Arborist } = createRequire(require.resolve("@pulumi/pulumi"))("@npmcli/arborist");
    console.log(JSON.stringify([typeof Arborist, Arborist.name, ${LOADED} > 10]));
  `;
  expect(run(script)).toEqual(["function", "Arborist", true]);
});
