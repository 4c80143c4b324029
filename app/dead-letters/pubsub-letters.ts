import { type PubSub, v1 } from "@google-cloud/pubsub";
import { QUEUE_SUBSCRIPTIONS } from "../metrics/queue-depths.ts";
import type { LetterStore } from "./office.ts";

const HELD = QUEUE_SUBSCRIPTIONS.deadLetters;
/** As infra/components/queues.ts names them. */
const topicOf = (queue: string) => `servio-${queue}`;
/** How long a letter stays with us, in seconds: as long as a page at the lowest rate may take. */
const HOLD_S = 300;
/** A pull that finds nothing waits for something to come; this long, in milliseconds. */
const PATIENCE_MS = 3_000;
const DEADLINE_EXCEEDED = 4;

/** The dead letters in Pub/Sub, or in its emulator where `PUBSUB_EMULATOR_HOST` names one. */
export async function pubsubLetters(
  pubsub: PubSub,
  project: string,
): Promise<LetterStore & { close(): Promise<void> }> {
  // The same connection settings, the emulator's among them, for a client that pulls when told instead of streaming.
  const client = new v1.SubscriberClient({ ...(await pubsub.getClientConfig()) });
  const subscription = `projects/${project}/subscriptions/${HELD}`;
  const ackIdsOf = (letters: readonly { readonly ackId: string }[]) => letters.map(({ ackId }) => ackId);
  const hold = (ackIds: string[], ackDeadlineSeconds: number) =>
    client.modifyAckDeadline({ subscription, ackIds, ackDeadlineSeconds });
  return {
    async pull(most) {
      try {
        const [{ receivedMessages }] = await client.pull(
          { subscription, maxMessages: most },
          { timeout: PATIENCE_MS, retry: null },
        );
        const letters = (receivedMessages ?? []).map(({ ackId, message }) => ({
          id: message?.messageId ?? "",
          ackId: ackId ?? "",
          body: Buffer.from(message?.data ?? "").toString("utf8"),
          attributes: message?.attributes ?? {},
          diedAt: Number(message?.publishTime?.seconds ?? 0) * 1000,
        }));
        if (letters.length > 0) await hold(ackIdsOf(letters), HOLD_S);
        return letters;
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === DEADLINE_EXCEEDED) return [];
        throw error;
      }
    },
    async release(letters) {
      await hold(ackIdsOf(letters), 0);
    },
    async remove(letters) {
      await client.acknowledge({ subscription, ackIds: ackIdsOf(letters) });
    },
    async publish(queue, { body, attributes }) {
      // Pub/Sub's own notes on why it died are not part of the message.
      const own = Object.entries(attributes).filter(([name]) => !name.startsWith("CloudPubSub"));
      await pubsub
        .topic(topicOf(queue))
        .publishMessage({ data: Buffer.from(body), attributes: Object.fromEntries(own) });
    },
    async close() {
      await client.close();
      await pubsub.close();
    },
  };
}
