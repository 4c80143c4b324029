import type { AutomationDeps } from "../automation/index.ts";
import type { ApiEnvironment } from "../environment.ts";
import {
  createGraphReader,
  createLogGauge,
  createMonitoringGauge,
  createSlack,
  type HealthDeps,
} from "../health/index.ts";

/** What watches the channels. @param local there is no Cloud Monitoring to write to */
export function healthOf(from: ApiEnvironment, { db, log, email, now }: AutomationDeps, local: boolean): HealthDeps {
  const page = from.META_ACCESS_TOKEN;
  return {
    db,
    log,
    now,
    email,
    adminEmails: from.ADMIN_EMAILS,
    slack: from.SLACK_WEBHOOK_URL === undefined ? undefined : createSlack(from.SLACK_WEBHOOK_URL),
    graph: createGraphReader({ baseUrl: from.GRAPH_BASE_URL, version: from.GRAPH_API_VERSION }),
    accounts: [
      { channel: "whatsapp", account: from.WHATSAPP_PHONE_ID, token: from.WHATSAPP_TOKEN },
      { channel: "instagram", account: from.INSTAGRAM_ACCOUNT_ID, token: page },
      { channel: "facebook", account: from.META_PAGE_ID, token: page },
    ],
    ...(from.SENDGRID_API_KEY !== undefined && {
      sendGrid: { baseUrl: from.SENDGRID_BASE_URL, apiKey: from.SENDGRID_API_KEY },
    }),
    gemini: { baseUrl: from.GEMINI_BASE_URL, apiKey: from.GEMINI_API_KEY, model: from.GEMINI_MODEL },
    gauge: local ? createLogGauge(log) : createMonitoringGauge(placeOf(from)),
  };
}

function placeOf(from: ApiEnvironment) {
  return {
    project: from.GOOGLE_CLOUD_PROJECT,
    region: from.GOOGLE_CLOUD_REGION,
    environment: from.SERVIO_ENVIRONMENT,
  };
}
