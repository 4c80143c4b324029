import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip, constants as zlib } from "node:zlib";
import type { RequestHandler } from "express";
import { WIDGET_SCRIPT } from "./webchat-gate.ts";

/** A built web app, by path from the root of the site: `/assets/index-abc12345.js`. */
export type StaticFiles = ReadonlyMap<string, StaticFile>;

export interface StaticFile {
  /** Absolute. */
  readonly path: string;
  /** Its name changes with its content. */
  readonly immutable: boolean;
  /** Of the content: an archive keeps no times worth telling. */
  readonly etag: string;
}

const IMMUTABLE = "public, max-age=31536000, immutable";
/** Websites name it without a hash, and no page view of theirs may wait for us. */
const EMBEDDED = "public, max-age=3600, stale-while-revalidate=86400";

/** Vite's names: `name-` and a hash of 8 characters. */
const HASHED = /-[\w-]{8}\.\w+$/;
/** What shrinks; pictures and fonts are compressed by nature. */
const COMPRESSIBLE = new Set([".html", ".js", ".css", ".json", ".svg", ".txt", ".map", ".webmanifest"]);

/** Lists the files once, at start: a request never looks at the disk for what is not there. */
export function readStaticFiles(root: string): StaticFiles {
  const files = new Map<string, StaticFile>();
  if (!existsSync(root)) return files;
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const url = path.slice(root.length).replaceAll("\\", "/");
    // Vite's manifest is nobody's business.
    if (!entry.isFile() || url.startsWith("/.")) continue;
    const immutable = url.startsWith("/assets/") && HASHED.test(url);
    const etag = immutable ? url : createHash("sha256").update(readFileSync(path)).digest("base64url").slice(0, 22);
    files.set(url, { path, immutable, etag });
  }
  return files;
}

interface Encoding {
  readonly name: string;
  readonly suffix: string;
  readonly compress: (bytes: Buffer) => Promise<Buffer>;
}

/** In the order of preference. Quality 5: nearly as small as 11 and twenty times as fast. */
const ENCODINGS: readonly Encoding[] = [
  {
    name: "br",
    suffix: ".br",
    compress: (bytes) => promisify(brotliCompress)(bytes, { params: { [zlib.BROTLI_PARAM_QUALITY]: 5 } }),
  },
  { name: "gzip", suffix: ".gz", compress: (bytes) => promisify(gzip)(bytes) },
];

/**
 * Serves the web app: hashed files for ever, everything else checked each time, and its pages from `index.html`.
 * Compressed twins beside a file (`.br`, `.gz`) are used; where there are none, the first request makes one.
 */
export function serveStatic(files: StaticFiles): RequestHandler {
  const bodies = new Map<string, Promise<Buffer>>();
  const bodyOf = (file: StaticFile, encoding: Encoding | undefined): Promise<Buffer> => {
    const key = file.path + (encoding?.suffix ?? "");
    const known = bodies.get(key);
    if (known) return known;
    const body = encoding ? compressed(file.path, encoding) : readFile(file.path);
    bodies.set(key, body);
    body.catch(() => bodies.delete(key));
    return body;
  };
  return async (request, response, next) => {
    const reading = request.method === "GET" || request.method === "HEAD";
    const file = reading ? (files.get(request.path) ?? pageOf(files, request.path)) : undefined;
    if (!file) {
      next();
      return;
    }
    const compressible = COMPRESSIBLE.has(extname(file.path));
    const encoding = compressible ? ENCODINGS.find(({ name }) => request.acceptsEncodings(name)) : undefined;
    response.locals.route = file.immutable ? "/assets/*" : "/";
    response.type(extname(file.path));
    response.set("cache-control", file.immutable ? IMMUTABLE : request.path === WIDGET_SCRIPT ? EMBEDDED : "no-cache");
    response.set("etag", `"${file.etag}${encoding?.suffix ?? ""}"`);
    if (compressible) response.vary("accept-encoding");
    if (encoding) response.set("content-encoding", encoding.name);
    response.send(await bodyOf(file, encoding));
  };
}

/** A path of the web app's own router: it has no extension and belongs to no API. */
function pageOf(files: StaticFiles, path: string): StaticFile | undefined {
  const own = extname(path) === "" && !path.startsWith("/api/") && !path.startsWith("/tasks/");
  return own ? files.get("/index.html") : undefined;
}

async function compressed(path: string, encoding: Encoding): Promise<Buffer> {
  const twin = path + encoding.suffix;
  return existsSync(twin) ? readFile(twin) : encoding.compress(await readFile(path));
}
