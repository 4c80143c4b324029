import type { PubSub } from "@google-cloud/pubsub";
import { expect, test } from "vitest";
import { SHAPES } from "../channels/shapes/index.ts";
import { createFallbackQueue, createRepliesQueue } from "./queue.ts";

function fakePubSub(fail = false) {
  const published: unknown[] = [];
  const pubsub = {
    topic: (name: string, options: unknown) => ({
      publishMessage: async (message: unknown) => {
        if (fail) throw new Error("unavailable");
        published.push({ topic: name, options, message });
        return "1";
      },
    }),
  };
  return { pubsub: pubsub as unknown as PubSub, published };
}
const options = { batching: { maxMilliseconds: 2 } };

test("a job is one message, under its trace", async () => {
  const { pubsub, published } = fakePubSub();
  const queue = createRepliesQueue(pubsub, "replies");
  await queue.publish({ conversationId: "whatsapp_1", trace: "t1" });
  await queue.publish({ conversationId: "whatsapp_2" });
  expect(published).toEqual([
    {
      topic: "replies",
      options,
      message: { json: { conversationId: "whatsapp_1", trace: "t1" }, attributes: { trace: "t1" } },
    },
    { topic: "replies", options, message: { json: { conversationId: "whatsapp_2" }, attributes: {} } },
  ]);
});

test("each event is a message of its own, and one that is not queued fails the whole", async () => {
  const events = SHAPES.slice(0, 3).flatMap((shape) => shape.events);
  const { pubsub, published } = fakePubSub();
  await createFallbackQueue(pubsub, "inbound-fallback").publish(events, { trace: "t1" });
  expect(published).toEqual(
    events.map((event) => ({
      topic: "inbound-fallback",
      options,
      message: { json: { event, trace: "t1" }, attributes: { trace: "t1" } },
    })),
  );
  const broken = createFallbackQueue(fakePubSub(true).pubsub, "inbound-fallback");
  await expect(broken.publish(events, {})).rejects.toThrow("unavailable");
});
