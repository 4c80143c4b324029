import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { AlertSecrets } from "../../config/alert-secrets.ts";
import { childOptions, type Place } from "../../place.ts";

export interface NotifyArgs extends Place {
  readonly emails: readonly string[];
  /** `#incidents`, with the token that Monitoring's own installation in Slack gives. */
  readonly slackChannel: string | undefined;
  /** A topic that other systems, or a relay to a Slack webhook, subscribe to. */
  readonly pubsub: boolean;
  readonly secrets: AlertSecrets;
}

/**
 * Where alerts go. Every alert goes to each: who is on duty is the business of whoever receives them.
 * Types and their labels: https://cloud.google.com/monitoring/alerts/using-channels-api
 */
export class Notify extends pulumi.ComponentResource {
  /** Names of the channels, the people first. */
  readonly channels: readonly pulumi.Output<string>[];
  /** Those among them that are e-mail. */
  readonly emailChannels: readonly pulumi.Output<string>[];

  constructor(name: string, args: NotifyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("servio:monitoring:Notify", name, { emails: args.emails, pubsub: args.pubsub }, opts);
    const { slackToken, pagerDutyKey, webhookUrl } = args.secrets;
    const made: gcp.monitoring.NotificationChannel[] = [];
    // One after the other: Google refuses to make two at once.
    const channel = (
      part: string,
      how: Pick<gcp.monitoring.NotificationChannelArgs, "type" | "labels" | "sensitiveLabels">,
      after: readonly pulumi.Resource[] = [],
    ): gcp.monitoring.NotificationChannel => {
      const options = childOptions(this, args);
      const dependsOn = [...options.dependsOn, ...made.slice(-1), ...after];
      const displayName = `Servio: ${part}`;
      const settings = { project: args.project, displayName, userLabels: args.labels, ...how };
      const one = new gcp.monitoring.NotificationChannel(`${name}-${part}`, settings, { ...options, dependsOn });
      made.push(one);
      return one;
    };
    this.emailChannels = args.emails.map(
      (address, index) => channel(`email-${index + 1}`, { type: "email", labels: { email_address: address } }).name,
    );
    if (args.slackChannel !== undefined && slackToken) {
      channel("slack", {
        type: "slack",
        labels: { channel_name: args.slackChannel },
        sensitiveLabels: { authToken: slackToken },
      });
    }
    if (pagerDutyKey) channel("pagerduty", { type: "pagerduty", sensitiveLabels: { serviceKey: pagerDutyKey } });
    // The address holds its token: it is a secret, though Google keeps it among the plain labels.
    if (webhookUrl) channel("webhook", { type: "webhook_tokenauth", labels: { url: webhookUrl } });
    if (args.pubsub) {
      const { topic, granted } = this.#topic(args);
      channel("pubsub", { type: "pubsub", labels: { topic: topic.id } }, [granted]);
    }
    this.channels = made.map((one) => one.name);
    this.registerOutputs({});
  }

  /** Monitoring's own identity publishes to it. */
  #topic(args: NotifyArgs) {
    const topic = new gcp.pubsub.Topic(
      "alerts",
      {
        project: args.project,
        name: "servio-alerts",
        labels: args.labels,
        messageStoragePolicy: { allowedPersistenceRegions: [args.region] },
      },
      childOptions(this, args),
    );
    const agent = new gcp.projects.ServiceIdentity(
      "monitoring-agent",
      { project: args.project, service: "monitoring.googleapis.com" },
      childOptions(this, args),
    );
    const granted = new gcp.pubsub.TopicIAMMember(
      "alerts-monitoring",
      { project: args.project, topic: topic.name, role: "roles/pubsub.publisher", member: agent.member },
      { parent: this },
    );
    return { topic, granted };
  }
}
