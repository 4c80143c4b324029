import { createHash } from "node:crypto";
import { Timestamp } from "firebase-admin/firestore";
import pino from "pino";
import { beforeEach, describe, expect, test } from "vitest";
import type { AttachmentInfo, Channel, MediaAddress } from "../channels/channel.ts";
import { createChannels } from "../channels/create.ts";
import { expecting, START } from "../channels/shapes/index.ts";
import { COLLECTIONS, type Message } from "../conversations/model.ts";
import { firestoreForTests } from "../conversations/testing/firestore.ts";
import { firestoreStore } from "../inbound/firestore.ts";
import { createInboundStore } from "../inbound/persist.ts";
import type { Download } from "./download.ts";
import { type FetchDeps, fetchAttachments } from "./fetch.ts";
import { type MemoryBucket, memoryBucket } from "./testing/memory-bucket.ts";

const NOW = START * 1000 + 3_600_000;
const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489", "hex");
const wa = expecting("whatsapp");

const store = firestoreForTests();

let deps: FetchDeps;
let bucket: MemoryBucket;
let now: number;
let address: () => MediaAddress;
let download: () => Download;
let downloads: number;

beforeEach(() => {
  now = NOW;
  downloads = 0;
  bucket = memoryBucket();
  address = () => ({ ok: true, url: "https://lookaside.fbsbx.com/a" });
  download = () => bytes(PNG);
  const channels = createChannels({
    graphBaseUrl: "http://127.0.0.1:9",
    graphVersion: "v26.0",
    whatsapp: { token: "t", phoneId: "1" },
    messenger: { token: "t", pageId: "2" },
    instagram: { token: "t", accountId: "3" },
  });
  const whatsapp: Channel = { ...channels.whatsapp, media: async () => address() };
  deps = {
    db: store.fresh(),
    channels: { ...channels, whatsapp },
    bucket,
    download: async () => {
      downloads += 1;
      return download();
    },
    log: pino({ level: "silent" }),
    now: () => now,
  };
});

function bytes(...chunks: Buffer[]): Download {
  return {
    ok: true,
    size: undefined,
    bytes: (async function* () {
      yield* chunks;
    })(),
  };
}

/** Stores a message with these attachments as the webhook does, and gives its id. */
async function received(...attachments: AttachmentInfo[]): Promise<string> {
  const persisted = await createInboundStore(firestoreStore(deps.db), { now: () => now }).persist(
    [wa.said(1, { kind: "image", attachments })],
    {},
  );
  return persisted.withFiles[0] ?? "";
}
const IMAGE: AttachmentInfo = { type: "image", mediaId: "700", mimeType: "image/jpeg" };
const read = async (id: string) => (await deps.db.collection(COLLECTIONS.messages).doc(id).get()).data() as Message;

test("the bytes lie in the bucket, under the type that they show, and nothing is left to do", async () => {
  const id = await received(IMAGE);
  expect(await read(id)).toMatchObject({ attachments: [{ ...IMAGE, state: "pending" }] });
  await fetchAttachments(deps, id);
  const message = await read(id);
  expect(message.attachments).toEqual([
    { ...IMAGE, state: "stored", object: `received/${id}/0`, size: PNG.length, mimeType: "image/png" },
  ]);
  expect(message).not.toHaveProperty("fetchAt");
  expect(bucket.objects.get(`received/${id}/0`)).toMatchObject({ bytes: PNG, contentType: "image/png" });
});

test("a job that comes again, or twice at once, fetches once", async () => {
  const id = await received(IMAGE);
  await Promise.all([fetchAttachments(deps, id), fetchAttachments(deps, id), fetchAttachments(deps, id)]);
  await fetchAttachments(deps, id);
  expect(downloads).toBe(1);
});

test("a message that is not there, or has no files, is nobody's work", async () => {
  await fetchAttachments(deps, "none");
  expect(await received({ type: "location", latitude: 1, longitude: 2 })).toBe("");
});

describe("refused for good", () => {
  test.each([
    ["expired at Meta", () => (address = () => ({ ok: false, gone: true, message: "" })), "expired"],
    ["an address that is over", () => (download = () => ({ ok: false, why: "expired", detail: "" })), "expired"],
    ["an address elsewhere", () => (download = () => ({ ok: false, why: "host_refused", detail: "" })), "host_refused"],
    ["a program", () => (download = () => bytes(Buffer.from("4d5a90000300000004000000ffff", "hex"))), "type_refused"],
    ["text that calls itself a picture", () => (download = () => bytes(Buffer.from("<html>"))), "type_refused"],
    [
      "larger than it may be, by what Meta says",
      () => (address = () => ({ ok: true, url: "https://a.fbcdn.net", size: 6 * 1024 * 1024 })),
      "too_large",
    ],
    [
      "larger than it may be, by its bytes",
      () => (download = () => bytes(PNG, ...Array.from({ length: 6 }, () => Buffer.alloc(1024 * 1024)))),
      "too_large",
    ],
  ] as const)("%s", async (_, arrange, reason) => {
    arrange();
    const id = await received(IMAGE);
    await fetchAttachments(deps, id);
    const message = await read(id);
    expect(message.attachments).toEqual([{ ...IMAGE, state: "failed", reason }]);
    expect(message).not.toHaveProperty("fetchAt");
    expect(bucket.objects.size).toBe(0);
  });
});

describe("tried again", () => {
  test.each([
    ["Graph asks for patience", () => (address = () => ({ ok: false, gone: false, message: "" }))],
    ["the download breaks off", () => (download = () => ({ ok: false, why: "later", detail: "" }))],
    ["the bucket takes nothing", () => (bucket.failure = new Error("503"))],
    [
      "the bytes are not those that were promised",
      () => (address = () => ({ ok: true, url: "https://a.fbcdn.net", sha256: "0".repeat(64) })),
    ],
  ])("%s", async (_, arrange) => {
    arrange();
    const id = await received(IMAGE);
    await fetchAttachments(deps, id);
    expect(await read(id)).toMatchObject({
      attachments: [{ state: "pending" }],
      fetchAt: Timestamp.fromMillis(now + 60_000),
      fetchTries: 1,
    });
    await fetchAttachments(deps, id);
    expect((await read(id)).fetchTries).toBe(1);

    now += 60_000;
    address = () => ({ ok: true, url: "https://a.fbcdn.net", sha256: createHash("sha256").update(PNG).digest("hex") });
    download = () => bytes(PNG);
    bucket.failure = undefined;
    await fetchAttachments(deps, id);
    expect(await read(id)).toMatchObject({ attachments: [{ state: "stored" }] });
  });

  test("for as long as Meta keeps a file, nearly six days of the seven, and then no more", async () => {
    download = () => ({ ok: false, why: "later", detail: "" });
    const id = await received(IMAGE);
    const began = now;
    let tries = 0;
    for (let message = await read(id); message.fetchAt !== undefined; message = await read(id)) {
      now = Math.max(now, message.fetchAt.toMillis());
      await fetchAttachments(deps, id);
      tries += 1;
    }
    expect(tries).toBe(10);
    expect((now - began) / 3_600_000).toBeCloseTo(136.35, 1);
    const message = await read(id);
    expect(message).toMatchObject({ attachments: [{ state: "failed", reason: "unavailable" }] });
    expect(message).not.toHaveProperty("fetchAt");
  });

  test("a run that died is taken over when its time is up", async () => {
    const id = await received(IMAGE);
    await deps.db
      .collection(COLLECTIONS.messages)
      .doc(id)
      .update({ fetchAt: Timestamp.fromMillis(now + 120_000) });
    await fetchAttachments(deps, id);
    expect(downloads).toBe(0);
    now += 120_000;
    await fetchAttachments(deps, id);
    expect(await read(id)).toMatchObject({ attachments: [{ state: "stored" }] });
  });
});

test("one file that cannot be had does not cost its neighbours", async () => {
  const answers = [bytes(PNG), { ok: false, why: "expired", detail: "" } as const, bytes(PNG)];
  download = () => answers.shift() ?? bytes(PNG);
  const id = await received(IMAGE, IMAGE, IMAGE);
  await fetchAttachments(deps, id);
  expect((await read(id)).attachments?.map(({ state }) => state)).toEqual(["stored", "failed", "stored"]);
});

test("what the customer takes back is removed from the bucket too", async () => {
  const id = await received(IMAGE);
  await fetchAttachments(deps, id);
  const inbound = createInboundStore(firestoreStore(deps.db), { now: () => now });
  await inbound.persist([wa.deletion(2, { target: "wamid.1" })], {});
  expect((await read(id)).fetchAt).toBeDefined();
  await fetchAttachments(deps, id);
  expect(bucket.objects.size).toBe(0);
  const message = await read(id);
  expect(message).not.toHaveProperty("fetchAt");
  expect(message).not.toHaveProperty("attachments");
});
