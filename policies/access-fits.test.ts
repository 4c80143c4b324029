import { expect, test } from "vitest";
import { accessFits } from "./access-fits.ts";
import { type Sample, UNKNOWN, violations } from "./testing.ts";
import { BUCKET_MEMBER, DATABASE, FUNCTION, PROJECT_MEMBER, SECRET_MEMBER, SERVICE, TOPIC_MEMBER } from "./types.ts";

const account = "servio-api@example-project.iam.gserviceaccount.com";
const member = `serviceAccount:${account}`;

const service: Sample = {
  type: SERVICE,
  name: "api",
  props: {
    template: {
      serviceAccount: account,
      containers: [
        {
          envs: [
            { name: "GOOGLE_CLOUD_PROJECT", value: "example-project" },
            { name: "REPLIES_TOPIC", value: "servio-replies" },
            { name: "ATTACHMENTS_BUCKET", value: "example-project-servio-attachments" },
            { name: "LOG_LEVEL", value: "info" },
            {
              name: "WHATSAPP_TOKEN",
              valueSource: { secretKeyRef: { secret: "servio-whatsapp-token", version: UNKNOWN } },
            },
          ],
        },
      ],
    },
  },
};
const database: Sample = { type: DATABASE, props: {} };
const grants: Record<string, Sample> = {
  database: grant(PROJECT_MEMBER, "roles/datastore.user", { project: "example-project" }),
  topic: grant(TOPIC_MEMBER, "roles/pubsub.publisher", { topic: "projects/example-project/topics/servio-replies" }),
  bucket: grant(BUCKET_MEMBER, "roles/storage.objectUser", { bucket: "example-project-servio-attachments" }),
  secret: grant(SECRET_MEMBER, "roles/secretmanager.secretAccessor", { secretId: "servio-whatsapp-token" }),
};

function grant(type: string, role: string, target: Record<string, unknown>): Sample {
  return { type, name: "grant", props: { role, member, ...target } };
}

function without(name: string): Sample[] {
  return Object.entries(grants).flatMap(([key, sample]) => (key === name ? [] : [sample]));
}

test("a role for each name, and no other, passes", async () => {
  expect(await violations(accessFits, [service, database, ...without("none")])).toEqual([]);
});

test.each([
  ["database", "roles/datastore.user on example-project", "GOOGLE_CLOUD_PROJECT"],
  ["topic", "roles/pubsub.publisher on servio-replies", "REPLIES_TOPIC"],
  ["bucket", "roles/storage.objectUser on example-project-servio-attachments", "ATTACHMENTS_BUCKET"],
  ["secret", "roles/secretmanager.secretAccessor on servio-whatsapp-token", "WHATSAPP_TOKEN"],
])("a missing role on the %s is found before the first use finds it", async (name, right, variable) => {
  const [found, ...more] = await violations(accessFits, [service, database, ...without(name)]);
  expect(more).toEqual([]);
  expect(found).toContain(`wanted: ${right} for ${account}, since ${variable} names it`);
});

test("a role on something else does not count, and is one too many", async () => {
  const other = grant(TOPIC_MEMBER, "roles/pubsub.publisher", { topic: "servio-other" });
  const found = await violations(accessFits, [service, database, ...without("topic"), other]);
  expect(found).toEqual([
    expect.stringContaining("wanted: roles/pubsub.publisher on servio-replies"),
    expect.stringContaining("found:  roles/pubsub.publisher on servio-other"),
  ]);
});

test("another's role is no concern", async () => {
  const other = {
    ...grant(TOPIC_MEMBER, "roles/pubsub.publisher", { topic: "servio-other" }).props,
    member: "serviceAccount:servio-other@example-project.iam.gserviceaccount.com",
  };
  const sample = { type: TOPIC_MEMBER, props: other };
  expect(await violations(accessFits, [service, database, ...without("none"), sample])).toEqual([]);
});

test("without a database of this stack the project's name asks for none", async () => {
  expect(await violations(accessFits, [service, ...without("database")])).toEqual([]);
});

test("a function is held to the same", async () => {
  const fn: Sample = {
    type: FUNCTION,
    name: "webhook",
    props: {
      serviceConfig: {
        serviceAccountEmail: account,
        environmentVariables: { REPLIES_TOPIC: "servio-replies" },
        secretEnvironmentVariables: [{ key: "META_APP_SECRET", secret: "servio-meta-app-secret", version: UNKNOWN }],
      },
    },
  };
  expect(await violations(accessFits, [fn])).toEqual([
    expect.stringContaining("roles/secretmanager.secretAccessor on servio-meta-app-secret"),
    expect.stringContaining("roles/pubsub.publisher on servio-replies"),
  ]);
});
