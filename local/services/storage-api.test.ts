import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bucket, createCloudBucket } from "../../app/attachments/index.ts";
import { crc32c } from "./crc32c.ts";
import { createObjectStore } from "./object-store.ts";
import { createStorageApi, readStorageCall } from "./storage-api.ts";

/** Google's own client, as the app uses it, against the local Cloud Storage. */

let bucket: Bucket;
let missing: Bucket;
let close: () => Promise<unknown>;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "servio-storage-"));
  const objects = createObjectStore(folder);
  objects.addBucket("private");
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const call = readStorageCall(url);
    if (!call) throw new Error(`not an address of Cloud Storage's: ${url.pathname}`);
    // A client that goes away in the middle of an upload.
    createStorageApi(objects, "http://127.0.0.1")
      .handle(request, response, call)
      .catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  process.env.STORAGE_EMULATOR_HOST = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  bucket = createCloudBucket("demo", "private");
  missing = createCloudBucket("demo", "none");
  close = async () => {
    delete process.env.STORAGE_EMULATOR_HOST;
    server.close();
    server.closeAllConnections();
    await rm(folder, { recursive: true });
  };
});
afterAll(() => close());

async function* chunks(...parts: Buffer[]) {
  yield* parts;
}
const BYTES = Buffer.from([...Array(100_000).keys()].map((n) => n % 251));

test("what was written is there, byte for byte, with its type and what was written beside it", async () => {
  await bucket.write("received/a b/0", chunks(BYTES.subarray(0, 9), BYTES.subarray(9)), {
    contentType: "image/png",
    metadata: { kind: "image" },
  });
  expect(await bucket.stat("received/a b/0")).toEqual({
    size: BYTES.length,
    contentType: "image/png",
    metadata: { kind: "image" },
  });
  expect(await buffer(await bucket.read("received/a b/0"))).toEqual(BYTES);
});

test("a part of a file is read as that part", async () => {
  await bucket.write("part", chunks(BYTES), { contentType: "video/mp4", metadata: {} });
  expect(await buffer(await bucket.read("part", { start: 10, end: 19 }))).toEqual(BYTES.subarray(10, 20));
});

test("a file that breaks off half-way is not there", async () => {
  async function* broken() {
    yield BYTES;
    throw new Error("cut off");
  }
  await expect(bucket.write("broken", broken(), { contentType: "image/png", metadata: {} })).rejects.toThrow("cut off");
  expect(await bucket.stat("broken")).toBeUndefined();
});

test("what begins with a name is removed as one, and nothing else", async () => {
  for (const name of ["gone/0", "gone/1", "kept/0"]) {
    await bucket.write(name, chunks(BYTES), { contentType: "image/png", metadata: {} });
  }
  await bucket.removeAll("gone/");
  expect(await bucket.stat("gone/1")).toBeUndefined();
  expect(await bucket.stat("kept/0")).toBeDefined();
});

test("a bucket that is not there is an error, not an empty one", async () => {
  await expect(missing.write("x", chunks(BYTES), { contentType: "image/png", metadata: {} })).rejects.toThrow(
    "bucket does not exist",
  );
});

test("the checksum is CRC-32C: the check value of RFC 3720", () => {
  expect(Buffer.from(crc32c(Buffer.from("123456789")), "base64").toString("hex")).toBe("e3069283");
});
