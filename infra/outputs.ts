import { interpolate, type Output, output } from "@pulumi/pulumi";
import type { Api } from "./components/api.ts";
import type { Artifacts } from "./components/artifacts.ts";
import type { Edge } from "./components/edge.ts";
import type { DashboardName } from "./components/monitoring/dashboards.ts";
import type { Monitoring } from "./components/monitoring/monitoring.ts";
import type { Queues } from "./components/queues.ts";
import type { Secrets } from "./components/secrets.ts";
import type { Webhook } from "./components/webhook.ts";
import type { StackConfig } from "./config.ts";

/** What a stack tells whoever uses it. */
export interface StackOutputs {
  readonly project: Output<string>;
  readonly region: Output<string>;
  /** The API's address: the custom domain's, else the service's own. Without a slash at its end. */
  readonly apiUrl: Output<string>;
  /** Where agents sign in. */
  readonly inboxUrl: Output<string>;
  /** The script that a website embeds. */
  readonly widgetUrl: Output<string>;
  /** What is registered with Meta, by channel. */
  readonly webhookUrls: Readonly<Record<"whatsapp" | "instagram" | "facebook", Output<string>>>;
  /** The bucket of deployed archives. */
  readonly bucket: Output<string>;
  /** For `gcloud run services logs tail`. */
  readonly serviceName: Output<string>;
  /** For `gcloud functions logs read`. */
  readonly functionName: Output<string>;
  /** Where dead letters wait. */
  readonly deadLetterSubscription: Output<string>;
  /** Prints the verify token that Meta's console asks for beside each webhook's URL; of two values the first. */
  readonly verifyTokenCommand: Output<string>;
  /** Prints the service's latest log lines. */
  readonly apiLogsCommand: Output<string>;
  /** Prints the function's latest log lines. */
  readonly webhookLogsCommand: Output<string>;
  /** Where each dashboard is in Google's console; on this machine they are recorded only, and lead nowhere. */
  readonly dashboardUrls: Readonly<Record<DashboardName, Output<string>>>;
  /** What the custom domain's A record must hold; empty without a custom domain. */
  readonly edgeAddress: Output<string>;
}

/** The parts that outputs come from. */
export interface Parts {
  readonly api: Api;
  readonly webhook: Webhook;
  readonly artifacts: Artifacts;
  readonly queues: Queues;
  readonly secrets: Secrets;
  readonly monitoring: Monitoring;
  readonly edge: Edge | undefined;
}

export function stackOutputs(config: StackConfig, parts: Parts): StackOutputs {
  const at = `--project=${config.project} --region=${config.region}`;
  return {
    project: output(config.project),
    region: output(config.region),
    apiUrl: parts.api.publicUrl,
    inboxUrl: parts.api.inboxUrl,
    widgetUrl: parts.api.widgetUrl,
    webhookUrls: parts.webhook.urls,
    bucket: parts.artifacts.bucket,
    serviceName: parts.api.serviceName,
    functionName: parts.webhook.functionName,
    deadLetterSubscription: parts.queues.held,
    verifyTokenCommand: interpolate`gcloud secrets versions access latest --secret=${parts.secrets.references.OMNI_WEBHOOK_SECRET.secret} --project=${config.project}`,
    apiLogsCommand: interpolate`gcloud run services logs read ${parts.api.serviceName} ${at} --limit=100`,
    webhookLogsCommand: interpolate`gcloud functions logs read ${parts.webhook.functionName} --gen2 ${at} --limit=100`,
    dashboardUrls: parts.monitoring.dashboardUrls,
    edgeAddress: parts.edge?.address ?? output(""),
  };
}
