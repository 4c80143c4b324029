import { gunzipSync } from "node:zlib";
import { unzipSync } from "fflate";
import { extract } from "tar-stream";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type ArchiveFile, sha256, tarGz, zip } from "./archive.ts";

const files: ArchiveFile[] = [
  { path: "public/olá.txt", bytes: Buffer.from("olá") },
  { path: "index.js", bytes: Buffer.from("export {};\n") },
];

async function untar(bytes: Buffer): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const reader = extract();
  reader.end(gunzipSync(bytes));
  for await (const entry of reader) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of entry) chunks.push(chunk as Uint8Array);
    found[entry.header.name] = Buffer.concat(chunks).toString("utf8");
  }
  return found;
}

afterEach(() => vi.unstubAllEnvs());

describe("archives", () => {
  test("a tar.gz holds the files it was given", async () => {
    expect(await untar(await tarGz(files))).toEqual({ "index.js": "export {};\n", "public/olá.txt": "olá" });
  });

  test("a zip holds the files it was given", () => {
    const found = Object.entries(unzipSync(zip(files))).map(([path, bytes]) => [path, Buffer.from(bytes).toString()]);
    expect(Object.fromEntries(found)).toEqual({ "index.js": "export {};\n", "public/olá.txt": "olá" });
  });

  test("order and time of packing leave no trace in the bytes", async () => {
    const reversed = [...files].reverse();
    expect(sha256(await tarGz(files))).toBe(sha256(await tarGz(reversed)));
    expect(sha256(zip(files))).toBe(sha256(zip(reversed)));
  });

  test("nor does the time zone of whoever packs", async () => {
    const packed = async (zone: string) => {
      vi.stubEnv("TZ", zone);
      return [sha256(await tarGz(files)), sha256(zip(files))];
    };
    expect(await packed("America/Sao_Paulo")).toEqual(await packed("Asia/Tokyo"));
  });

  test("one changed byte is another archive", async () => {
    const changed = files.map((file) =>
      file.path === "index.js" ? { ...file, bytes: Buffer.from("export {}\n") } : file,
    );
    expect(sha256(await tarGz(changed))).not.toBe(sha256(await tarGz(files)));
    expect(sha256(zip(changed))).not.toBe(sha256(zip(files)));
  });
});
