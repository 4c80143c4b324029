import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";

const PRELOAD = join(import.meta.dirname, "loopback.cjs");

/** Starts a server in a process with the preload and tells which address it is bound to. */
async function boundAddress(listen: string): Promise<string> {
  const script = `const s = require("node:http").createServer(); s.${listen}; s.on("listening", () => { console.log(s.address().address); s.close(); })`;
  const child = spawn(process.execPath, ["--require", PRELOAD, "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  let written = "";
  child.stdout.on("data", (chunk) => {
    written += chunk;
  });
  await once(child, "close");
  return written.trim();
}

test.each([
  "listen(0)",
  "listen(0, () => {})",
  'listen("0")',
  'listen(0, "0.0.0.0")',
  'listen(0, "::", () => {})',
  "listen({ port: 0 })",
  'listen({ port: 0, host: "0.0.0.0" })',
  "listen(0, undefined, () => {})",
  "listen(0, 511)",
])("a server that asks for every interface gets this machine alone: %s", async (listen) => {
  expect(await boundAddress(listen)).toBe("127.0.0.1");
});
