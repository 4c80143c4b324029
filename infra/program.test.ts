import { expect, test } from "vitest";
import { INDEXES } from "./firestore/indexes.ts";
import { TTL_COLLECTIONS } from "./firestore/ttl.ts";
import { runProgram } from "./testing.ts";

const run = await runProgram();

test("the example stack declares exactly these resources", () => {
  const counts: Record<string, number> = {};
  for (const { type } of run.resources) counts[type] = (counts[type] ?? 0) + 1;
  expect(counts).toEqual({
    "gcp:cloudfunctionsv2/function:Function": 1,
    "gcp:cloudrunv2/service:Service": 1,
    "gcp:cloudrunv2/serviceIamMember:ServiceIamMember": 3,
    "gcp:cloudscheduler/job:Job": 3,
    "gcp:firebaserules/release:Release": 1,
    "gcp:firebaserules/ruleset:Ruleset": 1,
    "gcp:firestore/database:Database": 1,
    "gcp:firestore/field:Field": TTL_COLLECTIONS.length,
    "gcp:firestore/index:Index": INDEXES.length,
    "gcp:identityplatform/config:Config": 1,
    "gcp:logging/metric:Metric": 12,
    "gcp:monitoring/alertPolicy:AlertPolicy": 11,
    "gcp:monitoring/customService:CustomService": 1,
    "gcp:monitoring/dashboard:Dashboard": 5,
    "gcp:monitoring/metricDescriptor:MetricDescriptor": 1,
    "gcp:monitoring/notificationChannel:NotificationChannel": 1,
    "gcp:monitoring/slo:Slo": 1,
    "gcp:monitoring/uptimeCheckConfig:UptimeCheckConfig": 1,
    "gcp:projects/apiKey:ApiKey": 1,
    "gcp:projects/iAMMember:IAMMember": 8,
    "gcp:projects/service:Service": 16,
    "gcp:projects/serviceIdentity:ServiceIdentity": 1,
    "gcp:pubsub/subscription:Subscription": 3,
    "gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember": 2,
    "gcp:pubsub/topic:Topic": 3,
    "gcp:pubsub/topicIAMMember:TopicIAMMember": 5,
    "gcp:secretmanager/secret:Secret": 9,
    "gcp:secretmanager/secretIamMember:SecretIamMember": 11,
    "gcp:secretmanager/secretVersion:SecretVersion": 9,
    "gcp:serviceaccount/account:Account": 4,
    "gcp:serviceaccount/iAMMember:IAMMember": 1,
    "gcp:storage/bucket:Bucket": 2,
    "gcp:storage/bucketIAMMember:BucketIAMMember": 1,
    "gcp:storage/bucketObject:BucketObject": 2,
  });
});

test("no two resources of a type share a name, which mocks would let pass and the engine refuses", () => {
  const names = [...run.resources, ...run.components].map(({ type, name }) => `${type} ${name}`);
  expect(names).toEqual([...new Set(names)]);
});

test("the outputs say where everything is", () => {
  expect(run.outputs).toEqual({
    project: "example-project",
    region: "us-west1",
    apiUrl: "https://servio-api-example.a.run.app",
    inboxUrl: "https://servio-api-example.a.run.app/",
    widgetUrl: "https://servio-api-example.a.run.app/widget.js",
    webhookUrls: {
      whatsapp: "https://us-west1-example-project.cloudfunctions.net/servio-webhook/whatsapp",
      instagram: "https://us-west1-example-project.cloudfunctions.net/servio-webhook/instagram",
      facebook: "https://us-west1-example-project.cloudfunctions.net/servio-webhook/facebook",
    },
    bucket: "example-project-servio-artifacts",
    serviceName: "servio-api",
    functionName: "servio-webhook",
    deadLetterSubscription: "servio-dead-letters-held",
    verifyTokenCommand:
      "gcloud secrets versions access latest --secret=servio-omni-webhook-secret --project=example-project",
    apiLogsCommand: "gcloud run services logs read servio-api --project=example-project --region=us-west1 --limit=100",
    webhookLogsCommand:
      "gcloud functions logs read servio-webhook --gen2 --project=example-project --region=us-west1 --limit=100",
    dashboardUrls: Object.fromEntries(
      ["overview", "channels", "assistant", "automations", "cost"].map((name) => [
        name,
        `https://console.cloud.google.com/monitoring/dashboards/builder/${name}-id?project=example-project`,
      ]),
    ),
    edgeAddress: "",
  });
});

test("in a preview, where addresses are not yet known, the same resources are declared", async () => {
  const preview = await runProgram({ preview: true });
  const names = (recording: typeof run): string[] => recording.resources.map(({ type, name }) => `${type} ${name}`);
  expect(names(preview)).toEqual(names(run));
});

test("a run takes under three seconds of this process's own time, whoever else is on the machine", async () => {
  const before = process.cpuUsage();
  await runProgram();
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(3000);
});
