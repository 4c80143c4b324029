import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { StackConfig } from "../config.ts";
import { childOptions, type Place } from "../place.ts";

export interface DeliveriesArgs extends Place {
  /** Which topic goes to which path of the API. */
  readonly routes: Readonly<Record<string, { readonly topic: gcp.pubsub.Topic; readonly path: `/${string}` }>>;
  readonly deadLetters: gcp.pubsub.Topic;
  readonly apiUrl: pulumi.Output<string>;
  /** What the caller's tokens are addressed to. */
  readonly audience: string;
  /** The caller: e-mail address, and `projects/…/serviceAccounts/…`. */
  readonly caller: { readonly email: pulumi.Output<string>; readonly name: pulumi.Output<string> };
  /** Pub/Sub's own identity in this project, as an IAM member. */
  readonly pubsubAgent: pulumi.Output<string>;
  readonly patience: Pick<
    StackConfig,
    "queueAckDeadlineSeconds" | "queueMinBackoffSeconds" | "queueMaxBackoffSeconds" | "queueMaxDeliveryAttempts"
  >;
}

/** Brings each queue's messages to the API as authenticated calls, and lays aside what keeps failing. */
export class Deliveries extends pulumi.ComponentResource {
  constructor(name: string, args: DeliveriesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("servio:queue:Deliveries", name, { queues: Object.keys(args.routes) }, opts);
    const agent = this.#agentRights(args);
    for (const [queue, route] of Object.entries(args.routes)) {
      const subscription = new gcp.pubsub.Subscription(
        queue,
        {
          project: args.project,
          name: `servio-${queue}`,
          labels: args.labels,
          topic: route.topic.id,
          pushConfig: {
            pushEndpoint: pulumi.interpolate`${args.apiUrl}${route.path}`,
            oidcToken: { serviceAccountEmail: args.caller.email, audience: args.audience },
          },
          // Also the time limit of the call: past it Pub/Sub delivers again, while the first is still at work.
          ackDeadlineSeconds: args.patience.queueAckDeadlineSeconds,
          retryPolicy: {
            minimumBackoff: `${args.patience.queueMinBackoffSeconds}s`,
            maximumBackoff: `${args.patience.queueMaxBackoffSeconds}s`,
          },
          deadLetterPolicy: {
            deadLetterTopic: args.deadLetters.id,
            maxDeliveryAttempts: args.patience.queueMaxDeliveryAttempts,
          },
          // Without this a quiet month deletes the queue.
          expirationPolicy: { ttl: "" },
          messageRetentionDuration: "604800s",
          // Ordered, a message that keeps failing would block its conversation and never become a dead letter.
          enableMessageOrdering: false,
        },
        { ...childOptions(this, args), dependsOn: [...args.after, ...agent] },
      );
      new gcp.pubsub.SubscriptionIAMMember(
        `${queue}-agent`,
        {
          project: args.project,
          subscription: subscription.name,
          role: "roles/pubsub.subscriber",
          member: args.pubsubAgent,
        },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }

  /** Pub/Sub itself signs the tokens and moves the dead letters: both need a right. */
  #agentRights(args: DeliveriesArgs): pulumi.Resource[] {
    return [
      new gcp.serviceaccount.IAMMember(
        "tasks-token-creator",
        {
          serviceAccountId: args.caller.name,
          role: "roles/iam.serviceAccountTokenCreator",
          member: args.pubsubAgent,
        },
        childOptions(this, args),
      ),
      new gcp.pubsub.TopicIAMMember(
        "dead-letters-agent",
        {
          project: args.project,
          topic: args.deadLetters.name,
          role: "roles/pubsub.publisher",
          member: args.pubsubAgent,
        },
        childOptions(this, args),
      ),
    ];
  }
}
