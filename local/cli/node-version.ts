import { LocalError } from "../errors.ts";

const WANTED = 24;

/** @throws {LocalError} `node_too_old` */
export function requireNode(version: string): void {
  if (Number(version.split(".")[0]) >= WANTED) return;
  throw new LocalError(
    "node_too_old",
    `This is Node.js ${version}; ${WANTED} or newer is needed.`,
    "Use npm start, which takes the Node.js that npm ci installed, or install a newer one: https://nodejs.org",
  );
}
