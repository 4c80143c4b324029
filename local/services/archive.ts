import { createReadStream, existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { unzipSync } from "fflate";
import { extract } from "tar-stream";
import { LocalError } from "../errors.ts";
import type { StoredObject } from "./object-store.ts";

/**
 * Unpacks a deployed archive (tar.gz or zip, told by its first bytes) once: the folder is named after the content, so
 * what is already there is the same.
 */
export async function unpack(object: StoredObject, parent: string): Promise<string> {
  const folder = join(parent, object.sha256.slice(0, 16));
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  const head = (await readFile(object.path)).subarray(0, 4);
  if (head[0] === 0x1f && head[1] === 0x8b) await untar(object.path, draft);
  else if (head.toString("latin1").startsWith("PK")) await unzip(object.path, draft);
  else
    throw new LocalError(
      "archive_unknown",
      `Object ${object.bucket}/${object.name} is neither a tar.gz nor a zip.`,
      "Deploy what infra/build makes: npm run build",
    );
  await rename(draft, folder);
  return folder;
}

async function untar(path: string, folder: string): Promise<void> {
  const entries = extract();
  const reading = pipeline(createReadStream(path), createGunzip(), entries);
  for await (const entry of entries) {
    const target = inside(folder, entry.header.name);
    if (entry.header.type === "file") {
      const chunks: Buffer[] = [];
      for await (const chunk of entry) chunks.push(chunk as Buffer);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, Buffer.concat(chunks), { mode: entry.header.mode ?? 0o644 });
    } else {
      entry.resume();
    }
  }
  await reading;
}

async function unzip(path: string, folder: string): Promise<void> {
  for (const [name, bytes] of Object.entries(unzipSync(await readFile(path)))) {
    if (name.endsWith("/")) continue;
    const target = inside(folder, name);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, bytes);
  }
}

/** An archive may not write outside its folder. */
function inside(folder: string, name: string): string {
  const target = join(folder, name);
  if (!relative(folder, target).startsWith("..")) return target;
  throw new LocalError(
    "archive_unsafe",
    `The archive holds "${name}", which lies outside its folder.`,
    "Build it again: npm run build",
  );
}
