import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Channel, OutboundFile, OutboundText } from "../../../app/channels/channel.ts";
import { createChannels } from "../../../app/channels/index.ts";
import { ACCOUNTS, type Stage, stage } from "../testing.ts";
import { CUSTOMER, customerWrites, PSID } from "./testing.ts";

/** The app's own channels against the simulated Graph: what a person sends along reaches the phone byte for byte. */

const BYTES = Buffer.from([...Array(70_000).keys()].map((n) => n % 253));
let files: { url: string; close(): void };

beforeAll(async () => {
  const server = createServer((request, response) => {
    if (request.url !== "/foto.png") return void response.writeHead(410).end();
    response.writeHead(200, { "content-type": "image/png" }).end(BYTES);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  files = { url, close: () => server.close() };
});
afterAll(() => files.close());

function channelsOf(s: Stage): Record<"whatsapp" | "facebook" | "instagram", Channel> {
  return createChannels({
    graphBaseUrl: s.simulators.graphBaseUrl,
    graphVersion: "v26.0",
    whatsapp: { token: "t", phoneId: ACCOUNTS.whatsapp },
    messenger: { token: "t", pageId: ACCOUNTS.facebook },
    instagram: { token: "t", accountId: ACCOUNTS.instagram },
    now: s.now,
  });
}

function file(more: Partial<OutboundFile> = {}): OutboundFile {
  return {
    kind: "image",
    mimeType: "image/png",
    size: BYTES.length,
    bytes: async () => Readable.from([BYTES.subarray(0, 11), BYTES.subarray(11)]),
    link: () => `${files.url}/foto.png`,
    ...more,
  };
}

function message(s: Stage, channel: string, more: Partial<OutboundText> = {}): OutboundText {
  const customer = channel === "whatsapp" ? CUSTOMER : PSID;
  return { messageId: "out-1", customer, text: "", lastInboundAt: s.now(), author: "person", file: file(), ...more };
}

async function onThePhone(s: Stage): Promise<Buffer> {
  const [sent] = await s.sent();
  return Buffer.from(await (await fetch(sent?.mediaUrl ?? "")).arrayBuffer());
}

test.each(["whatsapp", "facebook", "instagram"] as const)("%s: a picture arrives", async (channel) => {
  await using s = await stage();
  await customerWrites(s, channel);
  expect(await channelsOf(s)[channel].send(message(s, channel))).toMatchObject({ ok: true });
  await expect.poll(() => s.sent()).toMatchObject([{ channel, kind: "image", correlation: "out-1" }]);
  expect(await onThePhone(s)).toEqual(BYTES);
});

test("WhatsApp shows the text below the file, and a document's name", async () => {
  await using s = await stage();
  await customerWrites(s, "whatsapp");
  const document = file({ kind: "document", mimeType: "application/pdf", fileName: "orçamento.pdf" });
  await channelsOf(s).whatsapp.send(message(s, "whatsapp", { text: "Segue", file: document }));
  await expect
    .poll(() => s.sent())
    .toMatchObject([
      { kind: "document", text: "Segue", body: { document: { caption: "Segue", filename: "orçamento.pdf" } } },
    ]);
});

describe("what Meta refuses is the result", () => {
  test("a picture over 5 MB on WhatsApp", async () => {
    await using s = await stage();
    await customerWrites(s, "whatsapp");
    const large = file({ bytes: async () => Readable.from([Buffer.alloc(6 * 1024 * 1024)]) });
    expect(await channelsOf(s).whatsapp.send(message(s, "whatsapp", { file: large }))).toMatchObject({
      ok: false,
      failure: "message",
      code: 131053,
    });
    expect(await s.sent()).toEqual([]);
  });

  test("a type that WhatsApp does not take as a picture", async () => {
    await using s = await stage();
    await customerWrites(s, "whatsapp");
    const gif = file({ mimeType: "image/gif" });
    expect(await channelsOf(s).whatsapp.send(message(s, "whatsapp", { file: gif }))).toMatchObject({ code: 131053 });
  });

  test("an address that Messenger cannot fetch", async () => {
    await using s = await stage();
    await customerWrites(s, "facebook");
    const gone = file({ link: () => `${files.url}/gone.png` });
    expect(await channelsOf(s).facebook.send(message(s, "facebook", { file: gone }))).toMatchObject({
      ok: false,
      failure: "message",
      code: 100,
    });
  });
});

test("an upload that fails half-way is tried again: nothing can have reached the customer", async () => {
  await using s = await stage();
  await customerWrites(s, "whatsapp");
  await s.control("POST", "faults", { target: "graph", mode: "error", status: 500, count: 1 });
  expect(await channelsOf(s).whatsapp.send(message(s, "whatsapp"))).toMatchObject({ ok: false, failure: "retry" });
});
