import type { PubSub } from "@google-cloud/pubsub";
import type { ChannelEvent } from "../channels/channel.ts";
import type { MediaJob, MediaQueue, RepliesQueue, ReplyJob } from "../conversations/model.ts";

/** Where events go when the store does not take them. */
export interface FallbackQueue {
  /** Returns once every event is durably queued, each as a message of its own. @throws when one is not. */
  publish(events: readonly ChannelEvent[], context: { readonly trace?: string }): Promise<void>;
}

/** The body of a message on the fallback topic. */
export interface FallbackMessage {
  readonly event: ChannelEvent;
  readonly trace?: string;
}

/** A webhook waits for its publish; the library's 10 ms of collecting would be most of that. */
const COLLECT_MS = 2;

/** Jobs for the worker: conversations to answer. @param topic `REPLIES_TOPIC` */
export function createRepliesQueue(pubsub: PubSub, topic: string): RepliesQueue {
  return jobQueue(pubsub, topic);
}

/** Jobs for the worker: files to fetch, on the same topic, since the same worker does them. @param topic `REPLIES_TOPIC` */
export function createMediaQueue(pubsub: PubSub, topic: string): MediaQueue {
  return jobQueue(pubsub, topic);
}

function jobQueue(pubsub: PubSub, topic: string) {
  const publisher = pubsub.topic(topic, { batching: { maxMilliseconds: COLLECT_MS } });
  return {
    async publish(job: ReplyJob | MediaJob) {
      await publisher.publishMessage({ json: job, attributes: job.trace === undefined ? {} : { trace: job.trace } });
    },
  };
}

/** The second way for events into the system. @param topic `INBOUND_FALLBACK_TOPIC` */
export function createFallbackQueue(pubsub: PubSub, topic: string): FallbackQueue {
  const publisher = pubsub.topic(topic, { batching: { maxMilliseconds: COLLECT_MS } });
  return {
    async publish(events, { trace }) {
      const attributes = trace === undefined ? {} : { trace };
      await Promise.all(
        events.map((event) => {
          const json: FallbackMessage = { event, ...attributes };
          return publisher.publishMessage({ json, attributes });
        }),
      );
    },
  };
}

/**
 * Opens the connection of a topic's publisher, which costs the first call of a process most of a second. The answer does
 * not matter: an account that may only publish is refused it, over the connection that is then open.
 */
export async function warmPublisher(pubsub: PubSub, topic: string): Promise<void> {
  await pubsub.topic(topic).getMetadata();
}
