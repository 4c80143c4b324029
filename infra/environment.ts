import type { Input } from "@pulumi/pulumi";
import type { ApiVariable, SecretName, WebhookVariable } from "../app/environment.ts";
import type { StackConfig } from "./config.ts";

/** One version of one secret. The version is pinned: a process reads its environment once, at start. */
export interface SecretReference {
  /** The short id. */
  readonly secret: Input<string>;
  readonly version: Input<string>;
}

/** The values of a process's plain variables: leaving one out, or inventing one, does not compile. */
export type PlainValues<Variable extends string> = { readonly [Name in Exclude<Variable, SecretName>]: Input<string> };

/** What other parts of the stack contribute to the environment of both processes. */
export interface SharedParts {
  readonly repliesTopic: Input<string>;
  readonly inboundFallbackTopic: Input<string>;
}

/** What other parts of the stack contribute to the environment of the API. */
export interface ApiParts extends SharedParts {
  readonly tasksAudience: string;
  readonly tasksCaller: Input<string>;
  /** The service's own address. */
  readonly publicUrl: Input<string>;
  readonly firebaseApiKey: Input<string>;
  readonly firebaseAuthDomain: string;
  readonly attachmentsBucket: Input<string>;
}

/** The plain variables of the webhook. */
export function webhookValues(config: StackConfig, parts: SharedParts): PlainValues<WebhookVariable> {
  return {
    GOOGLE_CLOUD_PROJECT: config.project,
    SERVIO_ENVIRONMENT: config.environment,
    REPLIES_TOPIC: parts.repliesTopic,
    INBOUND_FALLBACK_TOPIC: parts.inboundFallbackTopic,
    LOG_LEVEL: config.logLevel,
  };
}

/** The plain variables of the API. */
export function apiValues(config: StackConfig, parts: ApiParts): PlainValues<ApiVariable> {
  return {
    ...webhookValues(config, parts),
    GRAPH_BASE_URL: config.graphBaseUrl,
    GRAPH_API_VERSION: config.graphApiVersion,
    WHATSAPP_PHONE_ID: config.whatsappPhoneId,
    META_PAGE_ID: config.metaPageId,
    INSTAGRAM_ACCOUNT_ID: config.instagramAccountId,
    GEMINI_BASE_URL: config.geminiBaseUrl,
    GEMINI_MODEL: config.geminiModel,
    GEMINI_TEMPERATURE: String(config.geminiTemperature),
    GEMINI_MAX_OUTPUT_TOKENS: String(config.geminiMaxOutputTokens),
    GEMINI_HISTORY_TOKENS: String(config.geminiHistoryTokens),
    ANSWER_DEADLINE_SECONDS: String(config.answerDeadlineSeconds),
    REPLY_DOMAINS: config.replyDomains.join(",") || "none",
    MASK_IA_LOGS: String(config.maskIaLogs),
    HANDOFF_TIMEOUT_MINUTES: String(config.handoffTimeoutMinutes),
    GOOGLE_CLOUD_REGION: config.region,
    PUBLIC_URL: config.publicUrl ?? parts.publicUrl,
    SITE_URL: config.siteUrl,
    SENDGRID_BASE_URL: config.sendGridBaseUrl,
    EMAIL_FROM: config.emailFrom,
    ADMIN_EMAILS: config.adminEmails.join(",") || "none",
    AUTOMATION_TIME_ZONE: config.automationTimeZone,
    AUTOMATION_QUIET_HOURS: config.automationQuietHours,
    AUTOMATION_PAUSE_HOURS: String(config.automationPauseHours),
    WEBCHAT_ALLOWED_ORIGINS: config.webchatAllowedOrigins.join(",") || "none",
    RUNBOOKS_URL: config.runbooksUrl ?? "none",
    // Cloud Run's front end, and the load balancer before it.
    TRUSTED_PROXIES: config.customDomain ? "2" : "1",
    TASKS_AUDIENCE: parts.tasksAudience,
    TASKS_CALLER: parts.tasksCaller,
    OIDC_CERTS_URL: config.oidcCertsUrl,
    FIREBASE_API_KEY: parts.firebaseApiKey,
    FIREBASE_AUTH_DOMAIN: parts.firebaseAuthDomain,
    ATTACHMENTS_BUCKET: parts.attachmentsBucket,
  };
}

type SecretsOf<Variable extends string> = { readonly [Name in Extract<Variable, SecretName>]: true };

/** Secrets of the API. */
export const API_SECRETS = namesOf<ApiVariable>({
  META_APP_SECRET: true,
  OMNI_WEBHOOK_SECRET: true,
  OMNI_AUTOMATION_SECRET: true,
  WHATSAPP_TOKEN: true,
  META_ACCESS_TOKEN: true,
  GEMINI_API_KEY: true,
  SENDGRID_API_KEY: true,
  SLACK_WEBHOOK_URL: true,
  WEBCHAT_IDENTITY_SECRET: true,
});

/** Secrets of the webhook: enough to know Meta, nothing to send with. */
export const WEBHOOK_SECRETS = namesOf<WebhookVariable>({ META_APP_SECRET: true, OMNI_WEBHOOK_SECRET: true });

/** An object, since only an object's type can demand that every name is there; then its names. */
function namesOf<Variable extends string>(names: SecretsOf<Variable>): readonly Extract<Variable, SecretName>[] {
  return Object.keys(names) as Extract<Variable, SecretName>[];
}

/** A variable as Cloud Run takes it. */
export interface ContainerVariable {
  readonly name: string;
  readonly value?: Input<string>;
  readonly valueSource?: { readonly secretKeyRef: SecretReference };
}

/** Plain values and secrets as one list, sorted by name so that a reordering here is no change there. */
export function containerVariables(
  values: Readonly<Record<string, Input<string>>>,
  secrets: readonly SecretName[],
  references: Readonly<Record<SecretName, SecretReference>>,
): ContainerVariable[] {
  const plain = Object.entries(values).map(([name, value]) => ({ name, value }));
  const secret = secrets.map((name) => ({ name, valueSource: { secretKeyRef: references[name] } }));
  return [...plain, ...secret].sort((left, right) => (left.name < right.name ? -1 : 1));
}
