import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { transform } from "esbuild";
import express, { type NextFunction, type Response, type Router } from "express";

const FOLDER = join(import.meta.dirname, "page");
const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  ts: "text/javascript; charset=utf-8",
};

/** The page where a person plays the customer: plain modules, their types taken off on the way out. */
export function phoneRoutes(): Router {
  const router = express.Router();
  router.get("/", (_request, response, next) => sendFile("index.html", response, next));
  router.get(/^\/phone\/([a-z-]+\.(?:css|svg|ts))$/, (request, response, next) =>
    sendFile(String(request.params[0]), response, next),
  );
  return router;
}

/** Leaves a name that is not there to whoever comes next. */
async function sendFile(name: string, response: Response, next: NextFunction): Promise<void> {
  const source = await read(join(FOLDER, name));
  if (source === undefined) {
    next();
    return;
  }
  const extension = name.slice(name.lastIndexOf(".") + 1);
  const content = extension === "ts" ? (await transform(source, { loader: "ts", target: "es2023" })).code : source;
  response.type(TYPES[extension] ?? "text/plain").send(content);
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
