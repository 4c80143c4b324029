import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { tarGz, temporaryFolder, zip } from "../testing.ts";
import { unpack } from "./archive.ts";
import { createObjectStore, type StoredObject } from "./object-store.ts";

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

function stored(path: string): Promise<StoredObject> {
  return createObjectStore(join(folder, "storage")).put("bucket", "archive", {
    kind: "file",
    path,
    original: undefined,
  });
}

const FILES = { "index.js": "run()", "public/index.html": "<html>" };

test.each([
  ["tar.gz", () => tarGz(FILES)],
  ["zip", async () => zip(FILES)],
])("a %s is unpacked, once, into a folder named after its content", async (_kind, make) => {
  const object = await stored(await make());
  const where = await unpack(object, join(folder, "run"));
  expect(where).toBe(join(folder, "run", object.sha256.slice(0, 16)));
  for (const [name, content] of Object.entries(FILES)) expect(readFileSync(join(where, name), "utf8")).toBe(content);
  expect(await unpack(object, join(folder, "run"))).toBe(where);
});

test("an archive cannot write outside its folder", async () => {
  const object = await stored(zip({ "../../outside.js": "x" }));
  await expect(unpack(object, join(folder, "run"))).rejects.toMatchObject({ code: "archive_unsafe" });
});

test("what is no archive is refused", async () => {
  const path = join(folder, "plain");
  await writeFile(path, "plain text");
  await expect(unpack(await stored(path), join(folder, "run"))).rejects.toMatchObject({
    code: "archive_unknown",
  });
});

test("a source that is not there, or is a folder, says what to do", async () => {
  const objects = createObjectStore(join(folder, "storage"));
  const put = (path: string) => objects.put("b", "o", { kind: "file", path, original: undefined });
  await expect(put(join(folder, "missing.zip"))).rejects.toMatchObject({ code: "source_missing" });
  await expect(put(folder)).rejects.toMatchObject({ code: "source_folder" });
});

test("the same bytes are the same generation", async () => {
  const objects = createObjectStore(join(folder, "storage"));
  const [first, again, other] = [
    await objects.put("b", "o", "x"),
    await objects.put("b", "p", "x"),
    await objects.put("b", "o", "y"),
  ];
  expect(again.generation).toBe(first.generation);
  expect(other.generation).not.toBe(first.generation);
  expect(Number.isSafeInteger(first.generation)).toBe(true);
});
