import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { transform } from "esbuild";
import express, { type Router } from "express";

const FOLDER = import.meta.dirname;
const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  ts: "text/javascript; charset=utf-8",
};

/** The page where a person plays the customer: plain modules, their types taken off on the way out. */
export function phoneRoutes(): Router {
  const router = express.Router();
  router.get("/", (_request, response) => sendFile("index.html", response));
  router.get(/^\/phone\/([a-z-]+\.(?:css|svg|ts))$/, (request, response) =>
    sendFile(String(request.params[0]), response),
  );
  return router;
}

async function sendFile(name: string, response: express.Response): Promise<void> {
  const extension = name.slice(name.lastIndexOf(".") + 1);
  const source = await readFile(join(FOLDER, name), "utf8");
  const content = extension === "ts" ? (await transform(source, { loader: "ts", target: "es2023" })).code : source;
  response.type(TYPES[extension] ?? "text/plain").send(content);
}
