import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { type Stage, stage } from "../testing.ts";
import { ADDRESS_LIFE_MS } from "./store.ts";

const TOKEN = { authorization: "Bearer t" };

async function sendImage(s: Stage, more: Record<string, unknown> = {}) {
  await s.control("POST", "messages", { channel: "whatsapp", from: "5511900000001", type: "image", ...more });
  const body = s.app.delivered.at(-1)?.body as {
    entry: [{ changes: [{ value: { messages: [{ image: { id: string; sha256: string; mime_type: string } }] } }] }];
  };
  return body.entry[0].changes[0].value.messages[0].image;
}

async function addressOf(s: Stage, id: string) {
  const answer = await fetch(`${s.simulators.graphBaseUrl}/v26.0/${id}`, { headers: TOKEN });
  return (await answer.json()) as { url: string; mime_type: string; sha256: string; file_size: number };
}

test("a media id leads to an address, the address with the token to the bytes", async () => {
  await using s = await stage();
  const image = await sendImage(s);
  const address = await addressOf(s, image.id);
  const bytes = Buffer.from(await (await fetch(address.url, { headers: TOKEN })).arrayBuffer());
  const hash = createHash("sha256").update(bytes).digest();
  expect(address).toMatchObject({ mime_type: "image/png", sha256: hash.toString("hex"), file_size: bytes.length });
  expect(image.sha256).toBe(hash.toString("base64"));
  expect(bytes.subarray(1, 4).toString()).toBe("PNG");
});

test("no token, no bytes; after five minutes no bytes either", async () => {
  await using s = await stage();
  const { url } = await addressOf(s, (await sendImage(s)).id);
  expect((await fetch(url)).status).toBe(401);
  s.advance(ADDRESS_LIFE_MS);
  expect((await fetch(url, { headers: TOKEN })).status).toBe(404);
});

test("one's own file is what arrives", async () => {
  await using s = await stage();
  const base64 = Buffer.from("conteúdo").toString("base64");
  const image = await sendImage(s, { media: { base64, mimeType: "image/jpeg" } });
  expect(image.mime_type).toBe("image/jpeg");
  const { url } = await addressOf(s, image.id);
  expect(await (await fetch(url, { headers: TOKEN })).text()).toBe("conteúdo");
});

test("Messenger's files are open to whoever has the address", async () => {
  await using s = await stage();
  await s.control("POST", "messages", { channel: "facebook", from: "24", type: "audio" });
  const url = /"url":"([^"]+)"/.exec(s.app.delivered[0]?.raw ?? "")?.[1] ?? "";
  const answer = await fetch(url);
  expect(answer.headers.get("content-type")).toBe("audio/ogg; codecs=opus");
  expect(
    Buffer.from(await answer.arrayBuffer())
      .subarray(0, 4)
      .toString(),
  ).toBe("OggS");
});
