import * as z from "zod";
import { quietHours, timeZone } from "../../app/automation/settings.ts";
import { originList } from "../../app/webchat/origins.ts";
import { key } from "./key.ts";
import { REGIONS } from "./regions.ts";
import {
  decimal,
  domains,
  emails,
  flag,
  httpsUrl,
  integer,
  labelMap,
  optionalBillingAccount,
  optionalDomain,
  optionalSlackChannel,
} from "./values.ts";

/** Every setting that is not a secret. The order is the order of the problem report. */
export const KEYS = {
  /** Required. One project holds one environment: Firestore's `(default)` database exists once per project. */
  project: key("gcp:project", z.string().regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/), {
    expected: "the id of an existing Google Cloud project (6 to 30 of a-z, 0-9 and -)",
    example: "my-project-id",
  }),
  /** Default `us-west1`. Where everything with a place runs and is stored. */
  region: key("gcp:region", z.enum(REGIONS), {
    expected: "a Google Cloud region with Cloud Functions, one of infra/config/regions.ts",
    example: "us-west1",
    fallback: "us-west1",
  }),
  /** Required. Stands in labels and in every log line. */
  environment: key("environment", z.string().regex(/^[a-z][a-z0-9-]{0,19}$/), {
    expected: "a short name such as dev or prod (up to 20 of a-z, 0-9 and -)",
    example: "dev",
  }),
  /** Default none. Further labels for cost reports, beside app, env, part and managed-by. */
  labels: key("labels", labelMap, {
    expected: "comma-separated name=value pairs; both of a-z, 0-9, _ and -, the name beginning with a letter",
    example: "team=omnichannel,cost-center=support",
    fallback: "",
  }),

  /** Default `https://graph.facebook.com`. Meta's Graph API, or the simulator. */
  graphBaseUrl: key("graphBaseUrl", httpsUrl, {
    expected: "an https URL (http only on this machine)",
    example: "https://graph.facebook.com",
    fallback: "https://graph.facebook.com",
  }),
  /** Default `v26.0`. Meta retires a version about two years after it appeared. */
  graphApiVersion: key("graphApiVersion", z.string().regex(/^v\d+\.\d+$/), {
    expected: "a Graph API version",
    example: "v26.0",
    fallback: "v26.0",
  }),
  /** Required. The id (not the telephone number) of the WhatsApp number that sends. */
  whatsappPhoneId: key("whatsappPhoneId", z.string().regex(/^\d{5,20}$/), {
    expected: "the phone number id of the WhatsApp Business number, digits only",
    example: "100000000000001",
  }),
  /** Required. The Page that answers in Messenger. */
  metaPageId: key("metaPageId", z.string().regex(/^\d{5,20}$/), {
    expected: "the id of the Facebook Page, digits only",
    example: "100000000000002",
  }),
  /** Required. The professional account that answers on Instagram. */
  instagramAccountId: key("instagramAccountId", z.string().regex(/^\d{5,20}$/), {
    expected: "the id of the Instagram professional account, digits only",
    example: "100000000000003",
  }),
  /** Default `https://generativelanguage.googleapis.com`. Gemini, or the simulator. */
  geminiBaseUrl: key("geminiBaseUrl", httpsUrl, {
    expected: "an https URL (http only on this machine)",
    example: "https://generativelanguage.googleapis.com",
    fallback: "https://generativelanguage.googleapis.com",
  }),
  /** Default `gemini-3.5-flash-lite`. A Flash model lives about a year: change it here when its end is announced. */
  geminiModel: key("geminiModel", z.string().regex(/^gemini-[a-z0-9.-]+$/), {
    expected: "the id of a Gemini model",
    example: "gemini-3.5-flash-lite",
    fallback: "gemini-3.5-flash-lite",
  }),
  /** Default 1, what Google asks to keep for Gemini 3: lower values make it repeat itself. */
  geminiTemperature: key("geminiTemperature", decimal(0, 2), {
    expected: "a number from 0 to 2",
    example: "1",
    fallback: "1",
  }),
  /** Default 1024 tokens of one answer, thinking included: an answer of 500 characters is some 170. */
  geminiMaxOutputTokens: key("geminiMaxOutputTokens", integer(64, 8192), {
    expected: "a whole number of tokens from 64 to 8192",
    example: "1024",
    fallback: "1024",
  }),
  /** Default 3000 estimated tokens of the conversation that the model reads: what most of an answer costs. */
  geminiHistoryTokens: key("geminiHistoryTokens", integer(100, 100_000), {
    expected: "a whole number of tokens from 100 to 100000",
    example: "3000",
    fallback: "3000",
  }),
  /** Default 8. Seconds for one answer in all; then the customer reads the fixed text. The worker's lease is 30 s. */
  answerDeadlineSeconds: key("answerDeadlineSeconds", integer(2, 15), {
    expected: "a whole number of seconds from 2 to 15",
    example: "8",
    fallback: "8",
  }),
  /** Default `servio.ai`, with what stands below it. An answer with any other address is never sent. */
  replyDomains: key("replyDomains", domains, {
    expected: "comma-separated host names, or nothing",
    example: "servio.ai,ajuda.example.com",
    fallback: "servio.ai",
  }),
  /** Default `true`: `ia_logs` keep `[telefone]`, `[email]`, `[cpf]` … instead of what was written. */
  maskIaLogs: key("maskIaLogs", flag, { expected: "true or false", example: "true", fallback: "true" }),
  /** Default 30. Minutes that a person has to take what the bot handed over before it offers itself again; 0: for ever. */
  handoffTimeoutMinutes: key("handoffTimeoutMinutes", integer(0, 1380), {
    expected: "a whole number of minutes from 0 to 1380 (an hour less than Meta's window)",
    example: "30",
    fallback: "30",
  }),
  /** Default Google's. Where the keys of OIDC tokens (Pub/Sub, Scheduler) are published by key id. */
  oidcCertsUrl: key("oidcCertsUrl", httpsUrl, {
    expected: "an https URL (http only on this machine)",
    example: "https://www.googleapis.com/oauth2/v1/certs",
    fallback: "https://www.googleapis.com/oauth2/v1/certs",
  }),

  /** Default `https://api.sendgrid.com`. SendGrid, or the simulator. */
  sendGridBaseUrl: key("sendGridBaseUrl", httpsUrl, {
    expected: "an https URL (http only on this machine)",
    example: "https://api.sendgrid.com",
    fallback: "https://api.sendgrid.com",
  }),
  /** Default none: no e-mail is sent. A sender that SendGrid has verified. */
  emailFrom: key("emailFrom", z.union([z.literal("none"), z.email()]), {
    expected: "an e-mail address that SendGrid has verified, or none",
    example: "omni@example.com",
    fallback: "none",
  }),
  /** Default none. Who is told by e-mail that a channel is offline. */
  adminEmails: key("adminEmails", emails, {
    expected: "comma-separated e-mail addresses",
    example: "admin@example.com",
    fallback: "",
  }),
  /** Default the service's own address, or that of `customDomain`. What links in e-mails begin with. */
  publicUrl: key("publicUrl", z.union([z.literal("").transform(() => undefined), httpsUrl]), {
    expected: "an https URL (http only on this machine), or nothing",
    example: "https://omni.example.com",
    fallback: "",
  }),
  /** Default `https://servio.ai`. The platform's own site, where e-mails lead. */
  siteUrl: key("siteUrl", httpsUrl, {
    expected: "an https URL (http only on this machine)",
    example: "https://servio.ai",
    fallback: "https://servio.ai",
  }),
  /** Default `America/Sao_Paulo`. Where a customer lives of whom nothing else is known. */
  automationTimeZone: key("automationTimeZone", timeZone, {
    expected: "a time zone of the IANA list",
    example: "America/Sao_Paulo",
    fallback: "America/Sao_Paulo",
  }),
  /** Default `21:00-08:00`. When no automation is sent, in the customer's own time. Equal times: always allowed. */
  automationQuietHours: key(
    "automationQuietHours",
    z.string().refine((text) => quietHours.safeParse(text).success),
    {
      expected: "HH:MM-HH:MM",
      example: "21:00-08:00",
      fallback: "21:00-08:00",
    },
  ),
  /** Default 24. Hours between two automations to one customer. */
  automationPauseHours: key("automationPauseHours", integer(0, 720), {
    expected: "a whole number of hours from 0 to 720",
    example: "24",
    fallback: "24",
  }),

  /** Default none: nobody's. The websites that may embed the chat (docs/widget.md). */
  webchatAllowedOrigins: key("webchatAllowedOrigins", originList, {
    expected: "comma-separated origins, such as https://www.example.com or https://*.example.com",
    example: "https://www.example.com",
    fallback: "",
  }),

  /** Default `info`. */
  logLevel: key("logLevel", z.enum(["trace", "debug", "info", "warn", "error"]), {
    expected: "one of trace, debug, info, warn, error",
    example: "info",
    fallback: "info",
  }),
  /** Default 0, which costs nothing while idle and a cold start after it. */
  apiMinInstances: key("apiMinInstances", integer(0, 100), {
    expected: "a whole number from 0 to 100",
    example: "0",
    fallback: "0",
  }),
  /** Default 10 (specification 10.1). The rate limit is per instance: this bounds the whole. */
  apiMaxInstances: key("apiMaxInstances", integer(1, 100), {
    expected: "a whole number from 1 to 100",
    example: "10",
    fallback: "10",
  }),
  /** Default 0. One warm instance spares Meta's five seconds a cold start. */
  webhookMinInstances: key("webhookMinInstances", integer(0, 100), {
    expected: "a whole number from 0 to 100",
    example: "0",
    fallback: "0",
  }),
  /** Default 10. */
  webhookMaxInstances: key("webhookMaxInstances", integer(1, 100), {
    expected: "a whole number from 1 to 100",
    example: "10",
    fallback: "10",
  }),

  /** Default `guarded`: nothing that holds data can be deleted by the stack. `throwaway` destroys without a trace. */
  dataProtection: key("dataProtection", z.enum(["guarded", "throwaway"]), {
    expected: "guarded (data outlives the stack) or throwaway (destroy removes everything)",
    example: "guarded",
    fallback: "guarded",
  }),
  /** Default 7 days. How long a deployed archive can be restored after a later one replaced it; 0 turns it off. */
  artifactRetentionDays: key(
    "artifactRetentionDays",
    integer(0, 90).refine((days) => days === 0 || days >= 7),
    {
      expected: "0, or a whole number of days from 7 to 90 (Cloud Storage's soft delete)",
      example: "7",
      fallback: "7",
    },
  ),

  /** Default 14 days. How long a guarded database's daily backups are kept; 98 at most (Firestore's limit). */
  backupRetentionDays: key("backupRetentionDays", integer(1, 98), {
    expected: "a whole number of days from 1 to 98 (Firestore's limits)",
    example: "14",
    fallback: "14",
  }),
  /** Default 365 days. How long the files that customers sent are kept. */
  attachmentRetentionDays: key("attachmentRetentionDays", integer(1, 3650), {
    expected: "a whole number of days from 1 to 3650",
    example: "365",
    fallback: "365",
  }),

  /** Default 15: with the backoffs below about 90 minutes of retries before a message becomes a dead letter. */
  queueMaxDeliveryAttempts: key("queueMaxDeliveryAttempts", integer(5, 100), {
    expected: "a whole number from 5 to 100 (Pub/Sub's limits)",
    example: "15",
    fallback: "15",
  }),
  /** Default 60 s: longer than the slowest answer of the model, or Pub/Sub delivers a job twice. */
  queueAckDeadlineSeconds: key("queueAckDeadlineSeconds", integer(10, 600), {
    expected: "a whole number of seconds from 10 to 600 (Pub/Sub's limits)",
    example: "60",
    fallback: "60",
  }),
  /** Default 10 s. */
  queueMinBackoffSeconds: key("queueMinBackoffSeconds", integer(0, 600), {
    expected: "a whole number of seconds from 0 to 600",
    example: "10",
    fallback: "10",
  }),
  /** Default 600 s. */
  queueMaxBackoffSeconds: key("queueMaxBackoffSeconds", integer(0, 600), {
    expected: "a whole number of seconds from 0 to 600",
    example: "600",
    fallback: "600",
  }),
  /** Default 14 days, for someone to look at a dead letter and send it again. */
  deadLetterRetentionDays: key("deadLetterRetentionDays", integer(1, 31), {
    expected: "a whole number of days from 1 to 31 (Pub/Sub's limits)",
    example: "14",
    fallback: "14",
  }),

  /** Default `true`. `false` creates the scheduled jobs paused: for a copy of an environment that must not send. */
  schedulesEnabled: key("schedulesEnabled", flag, { expected: "true or false", example: "true", fallback: "true" }),
  /** Default none. Host names, beside the service's own, where agents sign in to the inbox. */
  inboxDomains: key("inboxDomains", domains, {
    expected: "comma-separated host names",
    example: "inbox.example.com",
    fallback: "",
  }),
  /**
   * Default `false`: Identity Platform is turned on. `true` in a project where it, or Firebase Authentication, is on
   * already, or was by a stack since destroyed: Google turns it on once and never off. Its settings are then taken over.
   */
  signInExists: key("signInExists", flag, { expected: "true or false", example: "true", fallback: "false" }),
  /** Default `false`: accounts are made by an administrator. `true` where the platform's customers sign up here too. */
  selfSignUp: key("selfSignUp", flag, { expected: "true or false", example: "false", fallback: "false" }),
  /** Default none. Puts a load balancer with Cloud Armor before the service and the function, and closes the way round it. */
  customDomain: key("customDomain", optionalDomain, {
    expected: "a host name of at most 64 characters whose DNS you control, or nothing",
    example: "omni.example.com",
    fallback: "",
  }),
  /** Default 1200. Requests a minute from one address before Cloud Armor answers 429; an office of agents shares one. */
  edgeRequestsPerMinute: key("edgeRequestsPerMinute", integer(60, 100_000), {
    expected: "a whole number from 60 to 100000",
    example: "1200",
    fallback: "1200",
  }),

  /** Default none; outside `npm start` one way for alerts is required. Who receives alerts by e-mail. */
  alertEmails: key("alertEmails", emails, {
    expected: "comma-separated e-mail addresses",
    example: "sre@example.com",
    fallback: "",
  }),
  /** Default none. Where alerts go in Slack; needs `alertSlackToken`. */
  alertSlackChannel: key("alertSlackChannel", optionalSlackChannel, {
    expected: "a Slack channel with its #, or nothing",
    example: "#incidents",
    fallback: "",
  }),
  /** Default `false`. `true` publishes alerts on the topic `servio-alerts`, for other systems. */
  alertPubSub: key("alertPubSub", flag, { expected: "true or false", example: "true", fallback: "false" }),
  /** Default none: alerts hold their runbook's text. A web address of docs/runbooks adds a link to it, there and on the status page. */
  runbooksUrl: key("runbooksUrl", z.union([z.literal("").transform(() => undefined), httpsUrl]), {
    expected: "an https URL (http only on this machine), or nothing",
    example: "https://example.com/servio/docs/runbooks",
    fallback: "",
  }),

  /** Default none. Who pays for the project: with it the stack declares a budget, for which the deployer needs a role there. */
  billingAccount: key("billingAccount", optionalBillingAccount, {
    expected: "the id of a billing account, three groups of six of 0-9 and A-F, or nothing",
    example: "012345-6789AB-CDEF01",
    fallback: "",
  }),
  /** Default 100. Dollars that Google may bill in a month before the budget tells; it watches and stops nothing. */
  monthlyBudgetUsd: key("monthlyBudgetUsd", integer(1, 1_000_000), {
    expected: "a whole number of dollars from 1 to 1000000",
    example: "100",
    fallback: "100",
  }),
} as const;
