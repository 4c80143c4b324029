import type * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { StackConfig } from "../../config.ts";
import type { Place } from "../../place.ts";
import { Budget } from "../budget.ts";
import { type Alert, declareAlert } from "./alert.ts";
import { declareUptime, inboxDown, requests } from "./api.ts";
import { assistantMetrics, slowAnswers } from "./assistant.ts";
import { automationMetrics } from "./automations.ts";
import { channelOffline, declareGauge } from "./channel-health.ts";
import { type DashboardName, declareDashboards } from "./dashboards.ts";
import { messageMetrics, noAnswer } from "./messages.ts";
import { declareMetric, type LogMetric } from "./metric.ts";
import { Notify } from "./notify.ts";
import { deadLetters, oldestUnacked } from "./queues.ts";
import { budgetBurns, declareObjective, webhookAlerts, webhookMetrics } from "./webhook.ts";

export interface MonitoringArgs extends Place {
  readonly config: StackConfig;
  /** Where agents open the inbox. */
  readonly url: pulumi.Output<string>;
}

/** Every metric that is made of the app's lines. */
export const METRICS: readonly LogMetric[] = [
  ...webhookMetrics,
  requests,
  ...messageMetrics,
  ...assistantMetrics,
  ...automationMetrics,
];

/** Watches what runs: metrics of the app's own lines, alerts with their runbooks, dashboards, and what it all costs. */
export class Monitoring extends pulumi.ComponentResource {
  /** Where each dashboard is in Google's console. */
  readonly dashboardUrls: Readonly<Record<DashboardName, pulumi.Output<string>>>;

  constructor(name: string, args: MonitoringArgs, opts?: pulumi.ComponentResourceOptions) {
    super("servio:monitoring:Monitoring", name, {}, opts);
    const { config } = args;
    const notify = new Notify(
      "notify",
      {
        ...args,
        emails: config.alertEmails,
        slackChannel: config.alertSlackChannel,
        pubsub: config.alertPubSub,
        secrets: config.alertSecrets,
      },
      { parent: this },
    );

    // Google refuses an alert on a metric that it has never heard of.
    const metrics = METRICS.map((metric) => declareMetric(metric, args, this));
    const gauge = declareGauge(args, this);
    const objective = declareObjective(args, this, metrics);
    const uptime = declareUptime(args, this, args.url);

    const context = { place: args, channels: notify.channels, runbooksUrl: config.runbooksUrl };
    const alert = (one: Alert, ...after: pulumi.Resource[]): gcp.monitoring.AlertPolicy =>
      declareAlert(one, context, { parent: this, after });
    for (const one of webhookAlerts) alert(one, ...metrics);
    alert(budgetBurns(objective.name), ...metrics);
    alert(channelOffline, gauge);
    for (const one of [slowAnswers, noAnswer]) alert(one, ...metrics);
    for (const one of [deadLetters, oldestUnacked]) alert(one);
    alert(inboxDown(uptime.uptimeCheckId));

    this.dashboardUrls = declareDashboards(args, this, metrics);
    const { billingAccount } = config;
    if (billingAccount) {
      // A budget writes e-mails alone, to five addresses at most.
      const channels = notify.emailChannels.slice(0, 5);
      new Budget("budget", { ...args, billingAccount, settings: config, channels }, { parent: this });
    }
    this.registerOutputs({ dashboardUrls: this.dashboardUrls });
  }
}
