import type { Artifacts as Built } from "./build/index.ts";
import { Accounts } from "./components/accounts.ts";
import { Api } from "./components/api.ts";
import { Artifacts } from "./components/artifacts.ts";
import { Attachments } from "./components/attachments.ts";
import { Database } from "./components/database.ts";
import { Deliveries } from "./components/deliveries.ts";
import { Edge } from "./components/edge.ts";
import { Monitoring } from "./components/monitoring/monitoring.ts";
import { Queues } from "./components/queues.ts";
import { Schedules } from "./components/schedules.ts";
import { Secrets } from "./components/secrets.ts";
import { Services } from "./components/services.ts";
import { SignIn } from "./components/sign-in.ts";
import { Webhook } from "./components/webhook.ts";
import type { StackConfig } from "./config.ts";
import { API_SECRETS, apiValues, WEBHOOK_SECRETS, webhookValues } from "./environment.ts";
import { type StackOutputs, stackOutputs } from "./outputs.ts";
import { placesIn } from "./place.ts";
import { dataProtection } from "./protection.ts";

/** What a deployment consists of: the settings of the environment, and the app as it was built. */
export interface Stack {
  readonly config: StackConfig;
  readonly artifacts: Built;
}

/** The whole deployment, from the ground up: APIs, accounts, data, queues, then what runs, then what calls it. */
export function program({ config, artifacts: built }: Stack): StackOutputs {
  const { project, billingAccount } = config;
  const protection = dataProtection(config.dataProtection);
  const domain = config.customDomain;
  const optional = { compute: domain !== undefined, billingbudgets: billingAccount !== undefined };
  const services = new Services("services", { project, optional });
  const at = placesIn(config, services);

  // Who
  const accounts = new Accounts("accounts", at("identity", ["iam", "pubsub"]));
  const domains = domain ? [domain, ...config.inboxDomains] : config.inboxDomains;
  const people = at("identity", ["identitytoolkit", "apikeys"]);
  const access = { domains, selfSignUp: config.selfSignUp, exists: config.signInExists };
  const signIn = new SignIn("sign-in", { ...people, ...access });

  // What is kept
  const secrets = new Secrets("secrets", {
    ...at("secrets", ["secretmanager"]),
    values: config.secrets,
    readers: {
      api: { email: accounts.api, names: API_SECRETS },
      webhook: { email: accounts.webhook, names: WEBHOOK_SECRETS },
    },
    protection,
  });
  const database = new Database("database", {
    ...at("database", ["firestore", "firebaserules"]),
    users: { api: accounts.api, webhook: accounts.webhook },
    backupRetentionDays: config.backupRetentionDays,
    protection,
  });
  const attachments = new Attachments("attachments", {
    ...at("attachments", ["storage"]),
    users: { api: accounts.api },
    retentionDays: config.attachmentRetentionDays,
    protection,
  });
  const queues = new Queues("queues", {
    ...at("queues", ["pubsub"]),
    publishers: { api: accounts.api, webhook: accounts.webhook },
    deadLetterRetentionDays: config.deadLetterRetentionDays,
  });

  // What runs
  const artifacts = new Artifacts("artifacts", {
    ...at("artifacts", ["storage"]),
    built,
    retentionDays: config.artifactRetentionDays,
  });
  // A name, not the service's URL: that is known only after the service, which must know its audience before.
  const audience = `https://tasks.${config.environment}.${project}.internal`;
  const parts = { repliesTopic: queues.replies.name, inboundFallbackTopic: queues.inboundFallback.name };
  const api = new Api("api", {
    ...at("api", ["run"], secrets, database, queues),
    source: artifacts.api,
    account: accounts.api,
    environment: apiValues(config, {
      ...parts,
      tasksAudience: audience,
      tasksCaller: accounts.tasks,
      publicUrl: domain ? `https://${domain}` : accounts.runUrl("servio-api", config.region),
      firebaseApiKey: signIn.apiKey,
      firebaseAuthDomain: signIn.authDomain,
      attachmentsBucket: attachments.bucket,
    }),
    secrets: secrets.references,
    audience,
    caller: accounts.tasks,
    scale: { min: config.apiMinInstances, max: config.apiMaxInstances },
    protection,
    domain,
  });
  const webhook = new Webhook("webhook", {
    ...at("webhook", ["cloudfunctions", "cloudbuild", "artifactregistry", "run"], accounts, secrets, database, queues),
    source: artifacts.webhook,
    account: accounts.webhook,
    builder: accounts.buildName,
    environment: webhookValues(config, parts),
    secrets: secrets.references,
    scale: { min: config.webhookMinInstances, max: config.webhookMaxInstances },
    domain,
  });

  // What calls it
  new Deliveries("deliveries", {
    ...at("queues", ["pubsub"]),
    routes: {
      replies: { topic: queues.replies, path: "/tasks/replies" },
      "inbound-fallback": { topic: queues.inboundFallback, path: "/tasks/inbound" },
    },
    deadLetters: queues.deadLetters,
    apiUrl: api.url,
    audience,
    caller: { email: accounts.tasks, name: accounts.tasksName },
    pubsubAgent: accounts.pubsubAgent,
    patience: config,
  });
  new Schedules("schedules", {
    ...at("schedules", ["cloudscheduler"]),
    apiUrl: api.url,
    caller: accounts.tasks,
    audience,
    enabled: config.schedulesEnabled,
  });
  const edge = domain
    ? new Edge("edge", {
        ...at("edge", ["compute"]),
        domain,
        requestsPerMinute: config.edgeRequestsPerMinute,
        api: api.serviceName,
        webhook: webhook.functionName,
      })
    : undefined;

  // What watches it
  const watched = at("monitoring", ["logging", "monitoring", "pubsub", "billingbudgets"]);
  const monitoring = new Monitoring("monitoring", { ...watched, config, url: api.inboxUrl });

  return stackOutputs(config, { api, webhook, artifacts, queues, secrets, monitoring, edge });
}
