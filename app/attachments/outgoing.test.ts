import { describe, expect, test } from "vitest";
import type { ChannelName } from "../channels/channel.ts";
import { createOpenFile, storeUpload, uploadedAttachment } from "./outgoing.ts";
import { memoryBucket } from "./testing/memory-bucket.ts";

const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489", "hex");
const WEBP = Buffer.from("52494646240000005745425056503820180000003001009d012a0100010002003425a4", "hex");
const PDF = Buffer.from("%PDF-1.4\n");
const EXE = Buffer.from("4d5a90000300000004000000ffff", "hex");
const MB = 1024 * 1024;
const CONVERSATION = "whatsapp_5511900000001";
const ID = "0b8f7c55-0f7e-4d63-8f6a-1f3d2c4b5a69";

async function* chunks(...parts: Buffer[]) {
  yield* parts;
}

async function upload(channel: ChannelName, ...parts: Buffer[]) {
  const bucket = memoryBucket();
  const result = await storeUpload(bucket, ID, {
    conversationId: CONVERSATION,
    channel,
    bytes: chunks(...parts),
    fileName: "orçamento 1.bin",
  });
  return { bucket, result };
}

test("a file is kept under its own type, for its own conversation alone", async () => {
  const { bucket, result } = await upload("whatsapp", PNG.subarray(0, 5), PNG.subarray(5));
  expect(result).toEqual({
    ok: true,
    uploaded: { uploadId: ID, type: "image", mimeType: "image/png", size: PNG.length, fileName: "orçamento 1.bin" },
  });
  expect(await uploadedAttachment(bucket, CONVERSATION, ID)).toMatchObject({
    type: "image",
    state: "stored",
    fileName: "orçamento 1.bin",
  });
  expect(await uploadedAttachment(bucket, "whatsapp_5511900000002", ID)).toBeUndefined();
});

describe("each channel takes what it takes", () => {
  test.each([
    ["whatsapp", PNG, "image"],
    ["whatsapp", WEBP, "document"],
    ["whatsapp", PDF, "document"],
    ["whatsapp", Buffer.from("nome;valor"), "document"],
    ["facebook", WEBP, "image"],
    ["instagram", PDF, "document"],
    ["instagram", WEBP, undefined],
    ["instagram", Buffer.from("nome;valor"), undefined],
    ["whatsapp", EXE, undefined],
    ["facebook", EXE, undefined],
    ["webchat", PNG, "image"],
    ["webchat", PDF, "document"],
    ["webchat", EXE, undefined],
    ["webchat", Buffer.from("nome;valor"), undefined],
  ] as const)("%s", async (channel, bytes, type) => {
    const { result } = await upload(channel, bytes);
    if (type === undefined) expect(result).toMatchObject({ ok: false, why: "type_refused" });
    else expect(result).toMatchObject({ ok: true, uploaded: { type } });
  });
});

test("too many bytes leave nothing behind, nor does none", async () => {
  const large = await upload("whatsapp", PNG, ...Array.from({ length: 5 }, () => Buffer.alloc(MB)));
  expect(large.result).toEqual({ ok: false, why: "too_large", limit: 5 * MB });
  expect(large.bucket.objects.size).toBe(0);
  const empty = await upload("whatsapp");
  expect(empty.result).toEqual({ ok: false, why: "empty" });
  expect(empty.bucket.objects.size).toBe(0);
});

test("Meta gets a link of our own that lives an hour", () => {
  const open = createOpenFile({
    bucket: memoryBucket(),
    publicUrl: "https://omni.example.com/",
    secrets: ["s"],
    now: () => 0,
  });
  const link = open({ type: "image", object: "sent/a/b", mimeType: "image/png", size: 3 }).link();
  expect(link).toMatch(/^https:\/\/omni\.example\.com\/api\/omni\/files\/[\w-]+\.[\w-]+$/);
});
