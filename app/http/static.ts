import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { RequestHandler } from "express";

/** How the files of a built web app are served. */
export interface StaticFiles {
  /** By path from the root of the site, `/assets/index-abc123.js`. */
  readonly files: ReadonlyMap<string, StaticFile>;
  readonly root: string;
}

export interface StaticFile {
  /** Absolute. */
  readonly path: string;
  /** Which compressed twins lie beside it. */
  readonly br: boolean;
  readonly gz: boolean;
  /** Its name changes with its content. */
  readonly immutable: boolean;
  /** Of the content: an archive keeps no times worth telling. */
  readonly etag: string;
}

/** Vite's names: `name-` and a hash of 8 characters. */
const HASHED = /-[\w-]{8}\.\w+$/;
const ENCODINGS = [
  { name: "br", suffix: ".br" },
  { name: "gzip", suffix: ".gz" },
] as const;

/** Lists the files once, at start: a request never looks at the disk for what is not there. */
export function readStaticFiles(root: string): StaticFiles {
  if (!existsSync(root)) return { files: new Map(), root };
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const known = new Set(paths);
  const files = new Map<string, StaticFile>();
  for (const path of paths) {
    if (path.endsWith(".br") || path.endsWith(".gz")) continue;
    const url = path.slice(root.length).replaceAll("\\", "/");
    if (url.startsWith("/.")) continue; // Vite's manifest is nobody's business.
    const immutable = url.startsWith("/assets/") && HASHED.test(url);
    const etag = immutable ? url : createHash("sha256").update(readFileSync(path)).digest("base64url").slice(0, 22);
    files.set(url, { path, br: known.has(`${path}.br`), gz: known.has(`${path}.gz`), immutable, etag });
  }
  return { files, root };
}

/** Serves the web app: hashed files for ever, everything else checked each time, and its pages from `index.html`. */
export function serveStatic({ files }: StaticFiles): RequestHandler {
  return (request, response, next) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      next();
      return;
    }
    const file = files.get(request.path) ?? (isPage(request.path) ? files.get("/index.html") : undefined);
    if (!file) {
      next();
      return;
    }
    response.locals.route = file.immutable ? "/assets/*" : "/";
    response.type(extname(file.path));
    response.set("cache-control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
    if (file.br || file.gz) response.vary("accept-encoding");
    const encoding = ENCODINGS.find(({ name }) => file[name === "br" ? "br" : "gz"] && request.acceptsEncodings(name));
    if (encoding) response.set("content-encoding", encoding.name);
    const suffix = encoding?.suffix ?? "";
    response.set("etag", `"${file.etag}${suffix}"`);
    const options = { cacheControl: false, lastModified: false, dotfiles: "allow" } as const;
    response.sendFile(`${file.path}${suffix}`, options, (error) => {
      if (error && !response.headersSent) next(error);
    });
  };
}

/** A path of the web app's own router: it has no extension and belongs to no API. */
function isPage(path: string): boolean {
  return extname(path) === "" && !path.startsWith("/api/") && !path.startsWith("/tasks/");
}
