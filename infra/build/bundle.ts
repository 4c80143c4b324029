import { build } from "esbuild";
import type { ArchiveFile } from "./archive.ts";

/** CommonJS dependencies inside an ES module still ask for these three. */
const COMMONJS_BRIDGE = [
  'import { createRequire as __createRequire } from "node:module";',
  'import { fileURLToPath as __fileURLToPath } from "node:url";',
  "const require = __createRequire(import.meta.url);",
  'const __dirname = __fileURLToPath(new URL(".", import.meta.url));',
  "const __filename = __fileURLToPath(import.meta.url);",
].join("\n");

/**
 * One file with everything in it: Cloud Run and Cloud Functions stream files from a remote place at a cold start, so
 * one file starts faster than thousands.
 */
export async function bundle(entry: string): Promise<ArchiveFile[]> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: "node",
    target: "node24",
    format: "esm",
    outfile: "index.js",
    banner: { js: COMMONJS_BRIDGE },
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    logLevel: "silent",
    external: ["@google-cloud/functions-framework"],
  });
  return result.outputFiles.map((file) => ({ path: "index.js", bytes: file.contents }));
}
