import * as gcp from "@pulumi/gcp";

/**
 * For tests: for each policy a program that only this policy stops. Small, and right in everything else, so that a policy
 * that stopped too much would be seen as well.
 */

const region = "us-west1";
const project = "example-project";
const labels = { app: "servio-omnichannel", env: "test", part: "example", "managed-by": "pulumi" };
const account = (name: string): string => `${name}@${project}.iam.gserviceaccount.com`;

type ServiceArgs = gcp.cloudrunv2.ServiceArgs;
type TemplateArgs = gcp.types.input.cloudrunv2.ServiceTemplate;
type Variable = gcp.types.input.cloudrunv2.ServiceTemplateContainerEnv;

interface ServiceChanges {
  readonly args?: Partial<ServiceArgs>;
  readonly template?: Partial<TemplateArgs>;
  readonly envs?: Variable[];
}

/** A service that every policy lets pass. */
function service(name: string, { args, template, envs = [] }: ServiceChanges = {}): void {
  new gcp.cloudrunv2.Service(name, {
    project,
    location: region,
    name,
    labels,
    deletionProtection: false,
    ...args,
    template: {
      labels,
      serviceAccount: account(name),
      timeout: "300s",
      scaling: { minInstanceCount: 0, maxInstanceCount: 2 },
      containers: [
        {
          image: "scratch",
          commands: ["node"],
          args: ["index.js"],
          sourceCode: { cloudStorageSource: { bucket: "example-archives", object: "app.tar.gz" } },
          envs,
          resources: { cpuIdle: true },
        },
      ],
      ...template,
    },
  });
}

function bucket(changes: Partial<gcp.storage.BucketArgs>): void {
  new gcp.storage.Bucket("example", {
    project,
    location: region,
    labels,
    uniformBucketLevelAccess: true,
    publicAccessPrevention: "enforced",
    ...changes,
  });
}

function subscription(changes: Partial<gcp.pubsub.SubscriptionArgs>): void {
  new gcp.pubsub.Subscription("example", {
    project,
    name: "example",
    labels,
    topic: "example",
    pushConfig: {
      pushEndpoint: "https://example.com/tasks",
      oidcToken: { serviceAccountEmail: account("caller"), audience: "https://tasks.example" },
    },
    ackDeadlineSeconds: 60,
    retryPolicy: { minimumBackoff: "10s", maximumBackoff: "600s" },
    deadLetterPolicy: { deadLetterTopic: "projects/example-project/topics/dead-letters" },
    expirationPolicy: { ttl: "" },
    messageRetentionDuration: "604800s",
    ...changes,
  });
}

function job(httpTarget: Partial<gcp.types.input.cloudscheduler.JobHttpTarget>): void {
  const oidcToken = { serviceAccountEmail: account("caller"), audience: "https://tasks.example" };
  new gcp.cloudscheduler.Job("example", {
    project,
    region,
    schedule: "*/15 * * * *",
    attemptDeadline: "60s",
    httpTarget: { uri: "https://example.com/run", httpMethod: "POST", oidcToken, ...httpTarget },
  });
}

/** By the name of the policy that stops it. */
export const BROKEN: Readonly<Record<string, () => void>> = {
  "no-public-bucket": () => bucket({ publicAccessPrevention: "inherited" }),
  "no-public-invoker": () => {
    const grant = { project, location: region, role: "roles/run.invoker", member: "allUsers" };
    new gcp.cloudrunv2.ServiceIamMember("example", { ...grant, name: "servio-admin" });
  },
  "no-broad-roles": () => {
    new gcp.projects.IAMMember("example", { project, role: "roles/editor", member: "group:example@example.com" });
  },
  "access-fits": () => service("example", { envs: [{ name: "REPLIES_TOPIC", value: "servio-replies" }] }),
  "own-accounts": () => {
    service("one", { template: { serviceAccount: account("shared") } });
    service("two", { template: { serviceAccount: account("shared") } });
  },
  "authenticated-calls": () => job({ headers: { Authorization: "Bearer example" } }),
  "no-plain-secrets": () => service("example", { envs: [{ name: "WHATSAPP_TOKEN", value: "example-token" }] }),
  "pinned-secrets": () => {
    const secret = "servio-whatsapp-token";
    const version = "latest";
    service("example", { envs: [{ name: "WHATSAPP_TOKEN", valueSource: { secretKeyRef: { secret, version } } }] });
    const member = `serviceAccount:${account("example")}`;
    const role = "roles/secretmanager.secretAccessor";
    new gcp.secretmanager.SecretIamMember("example", { project, secretId: secret, role, member });
  },
  tls: () => job({ uri: "http://example.com/run" }),
  "data-is-guarded": () => service("example", { args: { labels: { ...labels, env: "prod" } } }),
  "one-region": () => bucket({ location: "US" }),
  "complete-indexes": () => {
    new gcp.firestore.Index("example", {
      project,
      collection: "messages",
      fields: [
        { fieldPath: "conversationId", order: "ASCENDING" },
        { fieldPath: "timestamp", order: "DESCENDING" },
      ],
    });
  },
  "dead-letters": () => {
    new gcp.pubsub.Subscription("example", {
      project,
      name: "example",
      labels,
      topic: "example",
      expirationPolicy: { ttl: "" },
      messageRetentionDuration: "604800s",
    });
  },
  "queues-keep": () => subscription({ expirationPolicy: { ttl: "2678400s" } }),
  "deadlines-fit": () => subscription({ ackDeadlineSeconds: 10 }),
  "instance-ceilings": () => service("example", { template: { scaling: { maxInstanceCount: 500 } } }),
  "monthly-budget": () => {
    const warm = { scaling: { minInstanceCount: 2, maxInstanceCount: 2 } };
    for (let number = 10; number < 30; number += 1) service(`example-${number}`, { template: warm });
  },
  labelled: () => {
    const messageStoragePolicy = { allowedPersistenceRegions: [region] };
    new gcp.pubsub.Topic("example", { project, name: "example", messageStoragePolicy });
  },
  "alerts-lead-on": () => {
    const filter = 'metric.type="pubsub.googleapis.com/subscription/num_undelivered_messages"';
    const conditionThreshold = { filter, comparison: "COMPARISON_GT", thresholdValue: 0, duration: "60s" };
    new gcp.monitoring.AlertPolicy("example", {
      project,
      displayName: "example",
      combiner: "OR",
      conditions: [{ displayName: "example", conditionThreshold }],
      documentation: { content: "Runbook: https://example.com/runbook" },
      userLabels: labels,
    });
  },
};
