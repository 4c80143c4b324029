import { readFileSync } from "node:fs";
import { parseDocument } from "yaml";
import * as z from "zod";
import { hasCode, LocalError } from "./errors.ts";

/** A stack's configuration as Pulumi would hand it over: text by full key. */
export interface ConfigSource {
  readonly keys: readonly string[];
  get(key: string): string | undefined;
}

const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.unknown()), z.record(z.string(), z.unknown())]);
const stackFile = z.object({ config: z.record(z.string(), value).default({}) });

/**
 * Reads `Pulumi.local.yaml`. Never writes it: what depends on this run goes on top.
 * @throws {LocalError} `config_unreadable`, with the line that is wrong.
 */
export function readStackFile(path: string, overrides: Readonly<Record<string, string>>): ConfigSource {
  const document = parseDocument(readText(path), { prettyErrors: true });
  const [error] = document.errors;
  if (error) {
    const line = error.linePos?.[0]?.line;
    throw unreadable(`${path}${line === undefined ? "" : `, line ${line}`}: ${error.message.trim()}`);
  }
  const parsed = stackFile.safeParse(document.toJS() ?? {});
  if (!parsed.success) throw unreadable(`${path}: ${z.prettifyError(parsed.error)}`);
  const { config } = parsed.data;
  const encrypted = Object.keys(config).find((key) => isEncrypted(config[key]));
  if (encrypted !== undefined) {
    throw unreadable(`${path}: ${encrypted} is encrypted, and npm start has no passphrase to open it with.`);
  }
  const texts = new Map(Object.entries(config).map(([key, entry]) => [key, textOf(entry)]));
  for (const [key, text] of Object.entries(overrides)) texts.set(key, text);
  return { keys: [...texts.keys()], get: (key) => texts.get(key) };
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) throw unreadable(`${path} does not exist.`);
    throw error;
  }
}

function unreadable(seen: string): LocalError {
  return new LocalError(
    "config_unreadable",
    seen,
    "Mend the file, or get it back with: git checkout Pulumi.local.yaml",
  );
}

function isEncrypted(entry: unknown): boolean {
  return typeof entry === "object" && entry !== null && "secure" in entry;
}

/** Pulumi hands structured values over as JSON. */
function textOf(entry: z.output<typeof value>): string {
  return typeof entry === "object" ? JSON.stringify(entry) : String(entry);
}
