import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { type Artifacts, buildArtifacts } from "./index.ts";

/** Builds of a copy of the repository, in which sources can be changed. */

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** What git knows of the repository, in another folder: a checkout of its own. */
function copy(): string {
  const folder = mkdtempSync(join(tmpdir(), "servio-build-"));
  folders.push(folder);
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  for (const file of files.trim().split("\n")) {
    cpSync(join(ROOT, file), join(folder, file), { recursive: true, mode: 0 });
  }
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  return folder;
}

async function build(root: string): Promise<Artifacts> {
  return buildArtifacts({ root });
}

const hashes = ({ api, webhook }: Artifacts) => ({ api: api.sha256, webhook: webhook.sha256 });

test("two builds of one commit are byte-identical, and a change makes exactly the archives it concerns anew", async () => {
  const [one, other] = [copy(), copy()];
  const first = await build(one);
  const second = await build(other);
  expect(hashes(second)).toEqual(hashes(first));
  expect(readFileSync(second.api.path)).toEqual(readFileSync(first.api.path));
  expect(readFileSync(second.webhook.path)).toEqual(readFileSync(first.webhook.path));
  expect(dirname(first.api.path)).toBe(join(one, "dist"));

  // Unchanged sources are not built again.
  expect(await build(one)).toEqual(first);

  // A byte that only the function holds.
  appendFileSync(join(one, "app/webhook.ts"), '\nprocess.stdout.write("");\n');
  const hook = await build(one);
  expect(hook.api.sha256).toBe(first.api.sha256);
  expect(hook.webhook.sha256).not.toBe(first.webhook.sha256);

  // One that only the page holds.
  appendFileSync(join(one, "web/inbox/index.html"), "\n<!-- example -->\n");
  const page = await build(one);
  expect(page.api.sha256).not.toBe(hook.api.sha256);
  expect(page.webhook.sha256).toBe(hook.webhook.sha256);

  // One that both hold: a rule of the environment.
  appendFileSync(join(one, "app/environment.ts"), '\nprocess.stdout.write("");\n');
  const both = await build(one);
  expect(both.api.sha256).not.toBe(page.api.sha256);
  expect(both.webhook.sha256).not.toBe(page.webhook.sha256);

  // What is in neither: a test, a text, the program itself.
  appendFileSync(join(one, "app/server.test.ts"), "\n// example\n");
  appendFileSync(join(one, "infra/program.ts"), "\n// example\n");
  appendFileSync(join(one, "README.md"), "\nexample\n");
  expect(await build(one)).toEqual(both);
});
