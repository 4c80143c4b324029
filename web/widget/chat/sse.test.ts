import { describe, expect, test } from "vitest";
import { parseEvent, readEvents, type StreamEvent } from "./sse.ts";

function stream(...chunks: string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
}

async function all(body: ReadableStream<Uint8Array>): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const event of readEvents(body)) events.push(event);
  return events;
}

test("events come whole, wherever the network cut them", async () => {
  const text =
    ': open\n\nid: 7\nevent: message\ndata: {"a":"é"}\n\n: still here\n\nevent: state\ndata: {}\n\nevent: cut\ndata: off';
  for (const size of [1, 3, 10, 1000]) {
    const chunks = text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
    expect(await all(stream(...chunks))).toEqual([
      { event: "message", data: '{"a":"é"}', id: "7" },
      { event: "state", data: "{}" },
    ]);
  }
});

test.each([
  ["data: one\ndata: two", { event: "message", data: "one\ntwo" }],
  ["data:no space", { event: "message", data: "no space" }],
  ["event: state\r\ndata: x", { event: "state", data: "x" }],
  [": a comment", undefined],
  ["id: 1", undefined],
])("%j", (block, event) => {
  expect(parseEvent(block)).toEqual(event);
});

describe("a stream that says nothing", () => {
  test("is taken for broken", async () => {
    const silent = new ReadableStream<Uint8Array>();
    await expect(readEvents(silent, 20).next()).rejects.toThrow("silent");
  });
});
