import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { tarGz, zip } from "./testing.ts";

/** For tests only: a small stack that uses what the local cloud can do, and the two programs that it deploys. */

/** Whose tokens Pub/Sub and Scheduler send, and to whom they are addressed. */
export const CALLER = "tasks@demo-servio.iam.gserviceaccount.com";
export const AUDIENCE = "https://tasks.local.internal";

export const RULES = `rules_version = '2';
service cloud.firestore {
  match /databases/{database}/documents {
    match /open/{id} { allow read: if true; }
  }
}`;

/** Keeps what it is sent and tells it; refuses what is posted to /refuse. */
const SERVICE = `
import { createServer } from "node:http";
const seen = [];
createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    if (request.url === "/env") return response.end(JSON.stringify(process.env));
    if (request.url === "/seen") return response.end(JSON.stringify(seen));
    if (request.method === "POST") seen.push({ url: request.url, authorization: request.headers.authorization, body: Buffer.concat(chunks).toString() });
    response.writeHead(request.url === "/refuse" ? 500 : 200).end();
  });
}).listen(Number(process.env.PORT), "0.0.0.0");
process.on("SIGTERM", () => process.exit(0));
`;
const FUNCTION = `
export const handle = (request, response) => response.json({ path: request.path, target: process.env.FUNCTION_TARGET, token: process.env.TOKEN });
`;
const MODULE = JSON.stringify({ type: "module", main: "index.js" });

/** Both programs, packed as a build would. */
export async function packed(): Promise<{ api: string; hook: string }> {
  return {
    api: await tarGz({ "index.js": SERVICE, "package.json": MODULE }),
    hook: zip({ "index.js": FUNCTION, "package.json": MODULE }),
  };
}

export function stack({ api, hook }: { api: string; hook: string }) {
  const location = "us-west1";
  const database = new gcp.firestore.Database("db", {
    name: "(default)",
    locationId: location,
    type: "FIRESTORE_NATIVE",
  });
  const rules = new gcp.firebaserules.Ruleset(
    "rules",
    { source: { files: [{ name: "f.rules", content: RULES }] } },
    { dependsOn: database },
  );
  new gcp.firebaserules.Release("rules", {
    name: "cloud.firestore",
    rulesetName: pulumi.interpolate`projects/demo-servio/rulesets/${rules.name}`,
  });
  const secret = new gcp.secretmanager.Secret("token", { secretId: "token", replication: { auto: {} } });
  const version = new gcp.secretmanager.SecretVersion("token", {
    secret: secret.id,
    secretData: pulumi.secret("whisper"),
  });
  const bucket = new gcp.storage.Bucket("archives", { name: "archives", location });
  const object = (name: string, path: string) =>
    new gcp.storage.BucketObject(name, { bucket: bucket.name, source: new pulumi.asset.FileAsset(path) });
  const apiObject = object("api", api);
  const run = new gcp.cloudrunv2.Service("api", {
    name: "api",
    location,
    template: {
      containers: [
        {
          image: "scratch",
          commands: ["node"],
          args: ["index.js"],
          startupProbe: { httpGet: { path: "/" } },
          sourceCode: { cloudStorageSource: { bucket: bucket.name, object: apiObject.name } },
          envs: [
            { name: "TOKEN", valueSource: { secretKeyRef: { secret: secret.secretId, version: version.version } } },
          ],
        },
      ],
    },
  });
  const hookObject = object("hook", hook);
  const fn = new gcp.cloudfunctionsv2.Function("hook", {
    name: "hook",
    location,
    buildConfig: {
      runtime: "nodejs24",
      entryPoint: "handle",
      source: { storageSource: { bucket: bucket.name, object: hookObject.name } },
    },
    serviceConfig: {
      secretEnvironmentVariables: [
        { key: "TOKEN", projectId: "demo-servio", secret: secret.secretId, version: version.version },
      ],
    },
  });
  queue("good", pulumi.interpolate`${run.uri}/tasks`);
  queue("bad", pulumi.interpolate`${run.uri}/refuse`);
  new gcp.cloudscheduler.Job("sweep", {
    name: "sweep",
    schedule: "0 0 1 1 *",
    httpTarget: {
      uri: pulumi.interpolate`${run.uri}/sweep`,
      httpMethod: "POST",
      oidcToken: { serviceAccountEmail: CALLER, audience: AUDIENCE },
    },
  });
  return { service: run.uri, functionUrl: fn.url };
}

/** A topic that pushes, with dead letters that somebody keeps. */
function queue(name: string, pushEndpoint: pulumi.Output<string>): void {
  const topic = new gcp.pubsub.Topic(name, { name });
  const dead = new gcp.pubsub.Topic(`${name}-dead`, { name: `${name}-dead` });
  new gcp.pubsub.Subscription(`${name}-dead`, { name: `${name}-dead`, topic: dead.id });
  new gcp.pubsub.Subscription(name, {
    name,
    topic: topic.id,
    pushConfig: { pushEndpoint, oidcToken: { serviceAccountEmail: CALLER, audience: AUDIENCE } },
    retryPolicy: { minimumBackoff: "0.1s", maximumBackoff: "0.1s" },
    deadLetterPolicy: { deadLetterTopic: dead.id, maxDeliveryAttempts: 5 },
  });
}
