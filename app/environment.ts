import * as z from "zod";
import { quietHours, timeZone } from "./automation/settings.ts";
import { originList } from "./webchat/origins.ts";

/**
 * What the stack hands to each process: the one list that `infra/` fills and `app/` reads. A name missing here cannot be
 * set by the program, and a name here that the program does not set does not compile.
 */

const url = z.url();
const name = z.string().min(1);

/** Several values, newest first, separated by commas: a rotation keeps the old one alive until it is over. */
const secretList = z
  .string()
  .min(1)
  .transform((value) =>
    value
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part.length > 0),
  )
  .refine((values) => values.length > 0, "holds no value");

/** What may be left out: a process's variables are never empty, so that nothing can be forgotten unseen. */
const NONE = "none";
const orNone = <T>(schema: z.ZodType<T, string>) =>
  z.union([z.literal(NONE).transform(() => undefined), schema]) as z.ZodType<T | undefined, string>;

const emails = z
  .string()
  .transform((value) => (value === NONE ? [] : value.split(",").map((part) => part.trim())))
  .pipe(z.array(z.email()));

const shared = {
  GOOGLE_CLOUD_PROJECT: name,
  /** The stack's name: a label in every log line. */
  SERVIO_ENVIRONMENT: name,
  REPLIES_TOPIC: name,
  INBOUND_FALLBACK_TOPIC: name,
  /** One of trace, debug, info, warn, error. */
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error"]),
  /** Secret. Meta's app secrets: any of them may have signed. */
  META_APP_SECRET: secretList,
  /** Secret. The verify token of Meta's webhook handshake. */
  OMNI_WEBHOOK_SECRET: secretList,
} as const;

export const webhookEnvironment = z.object(shared);

export const apiEnvironment = z.object({
  ...shared,
  /** `https://graph.facebook.com`, or the simulator. */
  GRAPH_BASE_URL: url,
  /** `v26.0` */
  GRAPH_API_VERSION: z.string().regex(/^v\d+\.\d+$/),
  WHATSAPP_PHONE_ID: name,
  META_PAGE_ID: name,
  INSTAGRAM_ACCOUNT_ID: name,
  /** `https://generativelanguage.googleapis.com`, or the simulator. */
  GEMINI_BASE_URL: url,
  GEMINI_MODEL: name,
  GEMINI_TEMPERATURE: z.coerce.number().min(0).max(2),
  /** Tokens of one answer, thinking included. */
  GEMINI_MAX_OUTPUT_TOKENS: z.coerce.number().int().min(64).max(8192),
  /** Estimated tokens of the conversation that the model reads. */
  GEMINI_HISTORY_TOKENS: z.coerce.number().int().min(100).max(100_000),
  /** Seconds for one answer in all, every try included. */
  ANSWER_DEADLINE_SECONDS: z.coerce.number().min(2).max(15),
  /** Domains that an answer may link to. */
  REPLY_DOMAINS: z.string().transform((value) => (value === NONE ? [] : value.split(","))),
  /** Whether `ia_logs` keep personal data masked. */
  MASK_IA_LOGS: z.enum(["true", "false"]).transform((value) => value === "true"),
  /** Minutes that a person has to take what the bot handed over; 0: for ever. */
  HANDOFF_TIMEOUT_MINUTES: z.coerce.number().int().min(0).max(1380),
  /** What the OIDC tokens of Pub/Sub and Scheduler must be addressed to. */
  TASKS_AUDIENCE: name,
  /** The service account whose tokens may call `/tasks/*` and the scheduled routes. */
  TASKS_CALLER: z.email(),
  /** Google's certificates by key id: `https://www.googleapis.com/oauth2/v1/certs`. */
  OIDC_CERTS_URL: url,
  /** The web app's public key: it names the project, it grants nothing. */
  FIREBASE_API_KEY: name,
  FIREBASE_AUTH_DOMAIN: name,
  /** The private bucket of what customers sent. */
  ATTACHMENTS_BUCKET: name,
  /** Where everything runs: a label of the metrics. */
  GOOGLE_CLOUD_REGION: name,
  /** Where this API is for everybody: what links in e-mails begin with. */
  PUBLIC_URL: url,
  /** The platform's own site, where e-mails lead. */
  SITE_URL: url,
  /** `https://api.sendgrid.com`, or the simulator. */
  SENDGRID_BASE_URL: url,
  /** A sender that SendGrid has verified, or `none`: then no e-mail is sent. */
  EMAIL_FROM: orNone(z.email()),
  /** Who is told that a channel is offline, or `none`. */
  ADMIN_EMAILS: emails,
  /** Where customers live of whom nothing else is known. */
  AUTOMATION_TIME_ZONE: timeZone,
  /** `21:00-08:00`, in the customer's own time. */
  AUTOMATION_QUIET_HOURS: quietHours,
  /** Hours between two automations to one customer. */
  AUTOMATION_PAUSE_HOURS: z.coerce.number().min(0).max(720),
  /** Websites that may embed the chat, or `none`. */
  WEBCHAT_ALLOWED_ORIGINS: originList,
  /** Where the files of docs/runbooks can be read, or `none`: the status page then names them. */
  RUNBOOKS_URL: orNone(url),
  /** How many proxies of Google's stand before the service: which entry of X-Forwarded-For is the caller's. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5),
  /** Secret. */
  OMNI_AUTOMATION_SECRET: secretList,
  /** Secret. WhatsApp Cloud API token. */
  WHATSAPP_TOKEN: name,
  /** Secret. Page token for Messenger and Instagram. */
  META_ACCESS_TOKEN: name,
  /** Secret. */
  GEMINI_API_KEY: name,
  /** Secret, or `none`: then no e-mail is sent. */
  SENDGRID_API_KEY: orNone(name),
  /** Secret, or `none`. An incoming webhook. */
  SLACK_WEBHOOK_URL: orNone(url),
  /** Secret, or `none`: then every visitor of the web chat is anonymous. What websites sign their users' identity with. */
  WEBCHAT_IDENTITY_SECRET: orNone(secretList),
});

export type WebhookEnvironment = z.output<typeof webhookEnvironment>;
export type ApiEnvironment = z.output<typeof apiEnvironment>;

/** Names that hold secrets: the program takes them from Secret Manager, never as plain values. */
export const SECRET_NAMES = [
  "META_APP_SECRET",
  "OMNI_WEBHOOK_SECRET",
  "OMNI_AUTOMATION_SECRET",
  "WHATSAPP_TOKEN",
  "META_ACCESS_TOKEN",
  "GEMINI_API_KEY",
  "SENDGRID_API_KEY",
  "SLACK_WEBHOOK_URL",
  "WEBCHAT_IDENTITY_SECRET",
] as const;
export type SecretName = (typeof SECRET_NAMES)[number];

export type ApiVariable = keyof ApiEnvironment;
export type WebhookVariable = keyof WebhookEnvironment;

/** Thrown at start: lists every variable that is missing or wrong, without its value. */
export class EnvironmentError extends Error {
  readonly code = "environment_invalid";
  constructor(problems: readonly string[]) {
    super(`The environment is not what the stack should have set:\n${problems.map((p) => `  - ${p}`).join("\n")}`);
    this.name = "EnvironmentError";
  }
}

/** What an administrator may see of how the environment is set up: everything but the secrets, as it was given. */
export function shownSettings(source: NodeJS.ProcessEnv): Record<string, string> {
  const secrets: ReadonlySet<string> = new Set(SECRET_NAMES);
  const names = Object.keys(apiEnvironment.shape).filter((name) => !secrets.has(name));
  return Object.fromEntries(names.flatMap((name) => (source[name] === undefined ? [] : [[name, source[name]]])));
}

/** Reads and validates the process's environment. @throws {EnvironmentError} naming every wrong variable. */
export function readEnvironment<T>(schema: z.ZodType<T>, source: NodeJS.ProcessEnv): T {
  const parsed = schema.safeParse(source);
  if (parsed.success) return parsed.data;
  throw new EnvironmentError(parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`));
}
