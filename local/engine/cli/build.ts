import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { hasCode, LocalError } from "../../errors.ts";

/** The version that go.mod beside this file asks for; its checksums are in go.sum. */
export const CLI_VERSION = "3.259.0";

const MODULE = join(import.meta.dirname, "../pulumi-cli");
const PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
/** Said in ldflags: a build without it has no version, and the Automation API refuses it. */
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
const PROGRESS_MS = 10_000;
const SHOWN_LINES = 12;

export interface BuildOptions {
  /** The CLI goes to `bin/pulumi` below it. */
  readonly root: string;
  readonly onProgress: (text: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Compiles the Pulumi CLI from Go's module proxy: about a minute of downloads and some minutes of compiling, the second
 * time seconds, for Go keeps what it compiled.
 * @throws {LocalError} `go_missing`, or `go_build_failed` with Go's last words.
 */
export async function buildWithGo({ root, onProgress, signal }: BuildOptions): Promise<void> {
  const draft = join(root, `draft-${process.pid}`);
  await mkdir(join(root, "bin"), { recursive: true });
  onProgress(`compiling the Pulumi CLI ${CLI_VERSION} with Go (once on this machine; some minutes)`);
  let packages = 0;
  let downloads = 0;
  const began = Date.now();
  const tick = setInterval(() => {
    const minutes = ((Date.now() - began) / 60_000).toFixed(1);
    onProgress(
      `compiling the Pulumi CLI: ${packages || downloads} ${packages ? "packages compiled" : "modules fetched"}, ${minutes} min`,
    );
  }, PROGRESS_MS);
  try {
    // -v names each package as it is compiled. Without cgo no C compiler is needed.
    const flags = `-s -w -X ${VERSION_VARIABLE}=v${CLI_VERSION}`;
    await go(["build", "-v", "-trimpath", "-ldflags", flags, "-o", draft, PACKAGE], signal, (line) => {
      if (line.startsWith("go: downloading")) downloads += 1;
      else packages += 1;
    });
    // In one step: another run that looks for it finds all of it or nothing.
    await rename(draft, join(root, "bin", process.platform === "win32" ? "pulumi.exe" : "pulumi"));
  } finally {
    clearInterval(tick);
    await rm(draft, { force: true });
  }
}

async function go(
  args: readonly string[],
  signal: AbortSignal | undefined,
  onLine: (line: string) => void,
): Promise<void> {
  const child = spawn("go", [...args], {
    cwd: MODULE,
    env: { ...process.env, CGO_ENABLED: "0", GOFLAGS: "-mod=readonly", GOWORK: "off" },
    stdio: ["ignore", "ignore", "pipe"],
    ...(signal && { signal }),
  });
  const last: string[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => {
    onLine(line);
    last.push(line);
    if (last.length > SHOWN_LINES) last.shift();
  });
  try {
    const [code] = await once(child, "exit");
    if (code === 0) return;
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
    throw new LocalError("go_missing", "Go is not installed.", "Install it: https://go.dev/doc/install");
  }
  throw new LocalError(
    "go_build_failed",
    `go build failed:\n${last.map((line) => `    ${line}`).join("\n")}`,
    "Look at Go's own words above; a proxy that cannot be reached is the usual reason (go env GOPROXY).",
  );
}
