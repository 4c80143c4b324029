import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { copySources, linkTree, REPOSITORY } from "./support/working-tree.ts";

/** Two machines that build one commit must agree, or each would deploy over the other without a change. */

const folder = mkdtempSync(join(tmpdir(), "servio-builds-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What another person's machine has of its own. */
interface Person {
  readonly checkout: string;
  readonly env: Readonly<Record<string, string>>;
}

const PEOPLE: readonly Person[] = [
  { checkout: "one", env: { TZ: "America/Sao_Paulo", LANG: "pt_BR.UTF-8", USER: "one" } },
  { checkout: "another person/at a longer path/two", env: { TZ: "Asia/Tokyo", LANG: "C", USER: "two", CI: "true" } },
];

function build({ checkout, env }: Person): Record<string, Buffer> {
  const root = join(folder, checkout);
  mkdirSync(root, { recursive: true });
  copySources(root);
  // Not a symbolic link: the bundlers would follow it, and see one path in both.
  linkTree(join(REPOSITORY, "node_modules"), join(root, "node_modules"));
  const args = [join(root, "infra/build/cli.ts")];
  const run = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    env: { PATH: process.env.PATH, ...env },
  });
  expect(run.stderr + run.stdout).toContain("done in");
  expect(run.status).toBe(0);
  const dist = join(root, "dist");
  const archives = readdirSync(dist).filter((file) => /\.(tar\.gz|zip)$/.test(file));
  return Object.fromEntries(archives.map((file) => [file, readFileSync(join(dist, file))]));
}

test("two checkouts of one source, at different places, build the same bytes", () => {
  const [one = {}, two = {}] = PEOPLE.map(build);
  expect(Object.keys(one)).toEqual([
    expect.stringMatching(/^api-[\da-f]{16}\.tar\.gz$/),
    expect.stringMatching(/^webhook-[\da-f]{16}\.zip$/),
  ]);
  expect(Object.keys(two)).toEqual(Object.keys(one));
  for (const [name, bytes] of Object.entries(one)) expect(bytes.equals(two[name] ?? Buffer.alloc(0)), name).toBe(true);
});
