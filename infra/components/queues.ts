import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { QUEUE_SUBSCRIPTIONS } from "../../app/metrics/queue-depths.ts";
import { childOptions, member, type Place } from "../place.ts";

export interface QueuesArgs extends Place {
  /** Accounts that put work into both queues, by the name of their part. */
  readonly publishers: Readonly<Record<string, pulumi.Output<string>>>;
  /** Days for which a dead letter waits for someone to look at it. */
  readonly deadLetterRetentionDays: number;
}

/** The topics: answers to give, events the store could not take, and what failed too often to be tried again. */
export class Queues extends pulumi.ComponentResource {
  readonly replies: gcp.pubsub.Topic;
  readonly inboundFallback: gcp.pubsub.Topic;
  readonly deadLetters: gcp.pubsub.Topic;
  /** Where dead letters wait. */
  readonly held: pulumi.Output<string>;

  constructor(name: string, args: QueuesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("servio:queue:Queues", name, { deadLetterRetentionDays: args.deadLetterRetentionDays }, opts);
    const topic = (queue: string): gcp.pubsub.Topic =>
      new gcp.pubsub.Topic(
        queue,
        {
          project: args.project,
          name: `servio-${queue}`,
          labels: args.labels,
          // Customers' words stay in the region of their conversations.
          messageStoragePolicy: { allowedPersistenceRegions: [args.region] },
        },
        childOptions(this, args),
      );
    this.replies = topic("replies");
    this.inboundFallback = topic("inbound-fallback");
    this.deadLetters = topic("dead-letters");
    this.held = this.#hold(args).name;
    this.#grant(args, this.replies, "replies");
    this.#grant(args, this.inboundFallback, "inbound-fallback");
    this.registerOutputs({ replies: this.replies.name, inboundFallback: this.inboundFallback.name });
  }

  /** A topic without a subscription forgets: dead letters need one that nobody consumes. */
  #hold(args: QueuesArgs): gcp.pubsub.Subscription {
    return new gcp.pubsub.Subscription(
      "dead-letters-held",
      {
        project: args.project,
        name: QUEUE_SUBSCRIPTIONS.deadLetters,
        labels: args.labels,
        topic: this.deadLetters.id,
        messageRetentionDuration: `${args.deadLetterRetentionDays * 86_400}s`,
        ackDeadlineSeconds: 60,
        expirationPolicy: { ttl: "" },
      },
      { parent: this },
    );
  }

  #grant(args: QueuesArgs, topic: gcp.pubsub.Topic, queue: string): void {
    for (const [part, email] of Object.entries(args.publishers)) {
      new gcp.pubsub.TopicIAMMember(
        `${queue}-${part}`,
        { project: args.project, topic: topic.name, role: "roles/pubsub.publisher", member: member(email) },
        { parent: this },
      );
    }
  }
}
