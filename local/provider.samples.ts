import * as pulumi from "@pulumi/pulumi";
import type { Values } from "./wire.ts";

/** For tests only: inputs, in Pulumi's wire format, with which each type can be made. */

const { specialSigKey, specialSecretSig } = pulumi.runtime;

/** A secret as it travels. */
export const secret = (value: unknown) => ({ [specialSigKey]: specialSecretSig, value });

/** The least that each type takes. */
export const SAMPLES: Readonly<Record<string, Values>> = {
  "gcp:billing/budget:Budget": {
    billingAccount: "012345-6789AB-CDEF01",
    amount: { specifiedAmount: { currencyCode: "USD", units: "100" } },
  },
  "gcp:compute/backendService:BackendService": { name: "backend", protocol: "HTTPS", logConfig: { enable: true } },
  "gcp:compute/globalAddress:GlobalAddress": { name: "address", labels: { app: "servio" } },
  "gcp:compute/globalForwardingRule:GlobalForwardingRule": {
    name: "https",
    target: "projects/demo-servio/global/targetHttpsProxies/proxy",
    ipAddress: "203.0.113.10",
    labels: { app: "servio" },
  },
  "gcp:compute/managedSslCertificate:ManagedSslCertificate": {
    name: "certificate",
    managed: { domains: ["omni.example.com"] },
  },
  "gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup": { name: "group", region: "us-west1" },
  "gcp:compute/sSLPolicy:SSLPolicy": { name: "modern" },
  "gcp:compute/securityPolicy:SecurityPolicy": { name: "armor", type: "CLOUD_ARMOR", rules: [] },
  "gcp:compute/targetHttpProxy:TargetHttpProxy": { name: "redirect", urlMap: "projects/p/global/urlMaps/redirect" },
  "gcp:compute/targetHttpsProxy:TargetHttpsProxy": { name: "proxy", urlMap: "projects/p/global/urlMaps/routes" },
  "gcp:compute/uRLMap:URLMap": { name: "routes" },
  "gcp:cloudfunctionsv2/function:Function": {
    name: "hook",
    location: "us-west1",
    labels: { app: "servio" },
    buildConfig: {
      runtime: "nodejs24",
      entryPoint: "handle",
      source: { storageSource: { bucket: "archives", object: "app.tar.gz" } },
    },
    serviceConfig: {
      environmentVariables: { PLAIN: "value" },
      secretEnvironmentVariables: [{ key: "HUSH", projectId: "demo-servio", secret: "hush", version: "1" }],
    },
  },
  "gcp:cloudrunv2/service:Service": {
    name: "api",
    location: "us-west1",
    template: {
      containers: [
        {
          image: "scratch",
          commands: ["node"],
          args: ["index.js"],
          sourceCode: { cloudStorageSource: { bucket: "archives", object: "app.tar.gz", generation: "1" } },
          envs: [
            { name: "PLAIN", value: "value" },
            { name: "HUSH", valueSource: { secretKeyRef: { secret: "hush", version: "latest" } } },
          ],
          startupProbe: { httpGet: { path: "/healthz" } },
        },
      ],
    },
  },
  "gcp:cloudrunv2/serviceIamMember:ServiceIamMember": {
    name: "api",
    location: "us-west1",
    role: "roles/run.invoker",
    member: "allUsers",
  },
  "gcp:cloudscheduler/job:Job": {
    name: "sweep",
    schedule: "* * * * *",
    paused: true,
    httpTarget: {
      uri: "http://127.0.0.1/run",
      oidcToken: { serviceAccountEmail: "tasks@demo-servio.iam.gserviceaccount.com" },
    },
  },
  "gcp:firebaserules/release:Release": { name: "cloud.firestore", rulesetName: "projects/demo-servio/rulesets/known" },
  "gcp:firebaserules/ruleset:Ruleset": {
    source: { files: [{ name: "firestore.rules", content: "rules_version = '2';" }] },
  },
  "gcp:firestore/backupSchedule:BackupSchedule": { retention: "1209600s", dailyRecurrence: {} },
  "gcp:firestore/database:Database": { name: "(default)", locationId: "us-west1", type: "FIRESTORE_NATIVE" },
  "gcp:firestore/field:Field": { collection: "logs", field: "expireAt", ttlConfig: {} },
  "gcp:firestore/index:Index": { collection: "messages", fields: [{ fieldPath: "at", order: "ASCENDING" }] },
  "gcp:identityplatform/config:Config": {},
  "gcp:logging/metric:Metric": {
    name: "servio/answers",
    filter: 'resource.type="cloud_run_revision" AND jsonPayload.event="answer"',
    metricDescriptor: { metricKind: "DELTA", valueType: "INT64" },
  },
  "gcp:monitoring/alertPolicy:AlertPolicy": {
    displayName: "Too many",
    combiner: "OR",
    conditions: [
      {
        displayName: "Too many",
        conditionThreshold: {
          filter: 'metric.type="logging.googleapis.com/user/servio/answers" AND resource.type="cloud_run_revision"',
          aggregations: [{ alignmentPeriod: "60s", perSeriesAligner: "ALIGN_DELTA" }],
          comparison: "COMPARISON_GT",
          thresholdValue: 5,
          duration: "60s",
        },
      },
    ],
  },
  "gcp:monitoring/customService:CustomService": { serviceId: "answering" },
  "gcp:monitoring/dashboard:Dashboard": { dashboardJson: '{"displayName":"Answers"}' },
  "gcp:monitoring/metricDescriptor:MetricDescriptor": {
    type: "custom.googleapis.com/answering",
    metricKind: "GAUGE",
    valueType: "INT64",
  },
  "gcp:monitoring/notificationChannel:NotificationChannel": {
    type: "email",
    labels: { email_address: "sre@example.com" },
  },
  "gcp:monitoring/slo:Slo": {
    service: "answering",
    sloId: "answered",
    goal: 0.99,
    requestBasedSli: { goodTotalRatio: { goodServiceFilter: "good", totalServiceFilter: "all" } },
  },
  "gcp:monitoring/uptimeCheckConfig:UptimeCheckConfig": {
    displayName: "Page",
    timeout: "10s",
    monitoredResource: { type: "uptime_url", labels: { host: "127.0.0.1" } },
    httpCheck: { path: "/", port: 80 },
  },
  "gcp:projects/apiKey:ApiKey": { name: "web" },
  "gcp:projects/iAMMember:IAMMember": {
    project: "demo-servio",
    role: "roles/datastore.user",
    member: "user:a@example.com",
  },
  "gcp:projects/service:Service": { service: "run.googleapis.com" },
  "gcp:projects/serviceIdentity:ServiceIdentity": { service: "pubsub.googleapis.com" },
  "gcp:pubsub/subscription:Subscription": { name: "replies", topic: "replies" },
  "gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember": {
    subscription: "replies",
    role: "roles/pubsub.subscriber",
    member: "user:a@example.com",
  },
  "gcp:pubsub/topic:Topic": { name: "replies", labels: { app: "servio" } },
  "gcp:pubsub/topicIAMMember:TopicIAMMember": {
    topic: "replies",
    role: "roles/pubsub.publisher",
    member: "user:a@example.com",
  },
  "gcp:secretmanager/secret:Secret": { secretId: "hush", replication: { auto: {} } },
  "gcp:secretmanager/secretIamMember:SecretIamMember": {
    secretId: "hush",
    role: "roles/secretmanager.secretAccessor",
    member: "user:a@example.com",
  },
  "gcp:secretmanager/secretVersion:SecretVersion": {
    secret: "projects/demo-servio/secrets/hush",
    secretData: secret("whisper"),
  },
  "gcp:serviceaccount/account:Account": { accountId: "servio-api" },
  "gcp:serviceaccount/iAMMember:IAMMember": {
    serviceAccountId: "projects/demo-servio/serviceAccounts/a",
    role: "roles/iam.serviceAccountTokenCreator",
    member: "user:a@example.com",
  },
  "gcp:storage/bucket:Bucket": { name: "archives", location: "us-west1" },
  "gcp:storage/bucketIAMMember:BucketIAMMember": {
    bucket: "archives",
    role: "roles/storage.objectViewer",
    member: "allUsers",
  },
  "gcp:storage/bucketObject:BucketObject": { bucket: "archives", name: "note.txt", content: "text" },
};
