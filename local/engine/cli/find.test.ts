import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { temporaryFolder } from "../../testing.ts";
import { CLI_VERSION } from "./build.ts";
import { cacheFolder } from "./cache.ts";
import { findPulumi } from "./find.ts";

/** Nothing of this machine's: no pulumi, no Go, no home to look into. */
beforeEach(() => {
  vi.stubEnv("PATH", temporaryFolder());
  vi.stubEnv("HOME", temporaryFolder());
  vi.stubGlobal("fetch", () => Promise.reject(new Error("no network here")));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

/** A program that does nothing but tell its version. */
function putPulumi(folder: string, version: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "pulumi"), `#!/bin/sh\necho ${version}\n`);
  chmodSync(join(folder, "pulumi"), 0o755);
}

const onProgress = () => undefined;

test("the CLI on PATH is taken before any other", async () => {
  const cache = temporaryFolder();
  putPulumi(process.env.PATH ?? "", "v3.300.0");
  putPulumi(join(cache, "pulumi", `v${CLI_VERSION}`, "bin"), `v${CLI_VERSION}`);
  expect((await findPulumi({ cache, onProgress })).version?.version).toBe("3.300.0");
});

test("then the one in Pulumi's own folder", async () => {
  putPulumi(join(process.env.HOME ?? "", ".pulumi/bin"), "v3.290.0");
  expect((await findPulumi({ cache: temporaryFolder(), onProgress })).version?.version).toBe("3.290.0");
});

test("then the one that an earlier run compiled", async () => {
  const cache = temporaryFolder();
  putPulumi(join(cache, "pulumi", `v${CLI_VERSION}`, "bin"), `v${CLI_VERSION}`);
  expect((await findPulumi({ cache, onProgress })).version?.version).toBe(CLI_VERSION);
});

test("one that is too old is passed over", async () => {
  const cache = temporaryFolder();
  putPulumi(process.env.PATH ?? "", "v3.0.0");
  putPulumi(join(cache, "pulumi", `v${CLI_VERSION}`, "bin"), `v${CLI_VERSION}`);
  expect((await findPulumi({ cache, onProgress })).version?.version).toBe(CLI_VERSION);
});

test("when no way works, every one is named with its reason, and what to do", async () => {
  const finding = findPulumi({ cache: temporaryFolder(), onProgress });
  await expect(finding).rejects.toMatchObject({ code: "pulumi_missing" });
  await expect(finding).rejects.toThrow(
    /pulumi on PATH: .*ENOENT[\s\S]*download: .*no network here[\s\S]*go build: Go is not installed/,
  );
  await expect(finding).rejects.toThrow("https://www.pulumi.com/docs/install");
});

test("what is compiled is the version that go.mod asks for", () => {
  const goMod = readFileSync(join(import.meta.dirname, "../pulumi-cli/go.mod"), "utf8");
  expect(goMod).toContain(`github.com/pulumi/pulumi/pkg/v3 v${CLI_VERSION} `);
});

test("the cache is the user's, not the checkout's", () => {
  expect(cacheFolder({ XDG_CACHE_HOME: "/c" }, "linux")).toBe("/c/servio-omnichannel");
  expect(cacheFolder({}, "darwin")).toMatch(/Library\/Caches\/servio-omnichannel$/);
});
