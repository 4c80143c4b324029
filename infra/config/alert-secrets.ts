import type { Output } from "@pulumi/pulumi";
import { type Key, key } from "./key.ts";
import { httpsUrl, words } from "./values.ts";

/**
 * What opens the ways of alerts. Set with `pulumi config set --secret`; each is optional. They are Cloud Monitoring's, not
 * the app's: no process of ours reads them.
 */
export const ALERT_SECRET_KEYS = {
  /** The token that Cloud Monitoring's own installation in Slack gives (its console, notification channels, Slack). */
  slackToken: secret("alertSlackToken", words, "the token of Cloud Monitoring's installation in Slack"),
  /** The integration key of a PagerDuty service. */
  pagerDutyKey: secret("alertPagerDutyKey", words, "the integration key of a PagerDuty service"),
  /** Called with every incident; it holds its own token, and is therefore a secret. */
  webhookUrl: secret("alertWebhookUrl", httpsUrl, "an https URL that takes incidents (http only on this machine)"),
} as const;

export type AlertSecretName = keyof typeof ALERT_SECRET_KEYS;

/** Marked secret; one that is not set is absent. */
export type AlertSecrets = { readonly [Name in AlertSecretName]?: Output<string> };

function secret(name: string, schema: Key<string>["schema"], expected: string): Key<string> {
  return key(name, schema, { expected, example: "" });
}
