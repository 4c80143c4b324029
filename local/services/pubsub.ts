import * as z from "zod";
import { milliseconds } from "../durations.ts";
import { common, defineHandler, LABEL_OUTPUTS, labelOutputs, labels } from "../handler.ts";
import { HOST } from "../ports.ts";
import type { Values } from "../wire.ts";
import type { Found } from "./pubsub-emulator.ts";
import { AT_ONCE, type PushPolicy } from "./push-attempts.ts";

/** Pub/Sub's own default. Seconds. */
const DEFAULT_ACK_DEADLINE_S = 10;
/** The emulator refuses more; Google allows 31 days. Milliseconds. */
const EMULATOR_MAX_RETENTION_MS = 7 * 86_400_000;
const RETENTION_NOTE = "messages last as long as the emulator runs, and seven days at most";
const topicName = z.string().regex(/^[a-zA-Z][\w.~+%-]{2,254}$/, "must be 3 to 255 letters, digits and -_.~+%");

export const topic = defineHandler({
  autoName: "name",
  inputs: z.looseObject({
    ...common,
    labels,
    name: topicName,
    messageRetentionDuration: z.string().optional(),
    messageStoragePolicy: z.looseObject({}).optional(),
    deletionPolicy: z.string().default("DELETE"),
  }),
  computed: [...LABEL_OUTPUTS, "messageStoragePolicy", "project"],
  async create({ inputs }, cloud) {
    const project = inputs.project ?? cloud.project;
    await cloud.pubsub.put("topics", inputs.name, { labels: inputs.labels });
    if (inputs.messageRetentionDuration) cloud.notes.add("Pub/Sub retention", RETENTION_NOTE);
    return {
      id: `projects/${project}/topics/${inputs.name}`,
      outputs: {
        ...labelOutputs(inputs.labels),
        messageStoragePolicy: inputs.messageStoragePolicy ?? { allowedPersistenceRegions: [cloud.region] },
        project,
      },
    };
  },
  read: async ({ inputs }, cloud) => (await cloud.pubsub.find("topics", String(inputs.name))) && inputs,
  async delete(_id, outputs, cloud) {
    await cloud.pubsub.delete("topics", String(outputs.name));
  },
});

const pushConfig = z.looseObject({
  pushEndpoint: z.url(),
  oidcToken: z.looseObject({ serviceAccountEmail: z.string(), audience: z.string().optional() }).optional(),
  attributes: z.record(z.string(), z.string()).optional(),
});

export const subscription = defineHandler({
  autoName: "name",
  inputs: z.looseObject({
    ...common,
    labels,
    name: topicName,
    topic: z.string(),
    ackDeadlineSeconds: z.number().int().min(10).max(600).default(DEFAULT_ACK_DEADLINE_S),
    messageRetentionDuration: z.string().default("604800s"),
    retainAckedMessages: z.boolean().optional(),
    enableMessageOrdering: z.boolean().optional(),
    enableExactlyOnceDelivery: z.boolean().optional(),
    filter: z.string().optional(),
    expirationPolicy: z.looseObject({ ttl: z.string().optional() }).optional(),
    retryPolicy: z
      .looseObject({ minimumBackoff: z.string().optional(), maximumBackoff: z.string().optional() })
      .optional(),
    deadLetterPolicy: z
      .looseObject({
        deadLetterTopic: z.string().optional(),
        maxDeliveryAttempts: z.number().int().min(5).max(100).optional(),
      })
      .optional(),
    pushConfig: pushConfig.optional(),
    deletionPolicy: z.string().default("DELETE"),
  }),
  replaces: ["topic", "filter", "enableMessageOrdering"],
  computed: [...LABEL_OUTPUTS, "expirationPolicy", "project"],
  async create({ inputs }, cloud) {
    const project = inputs.project ?? cloud.project;
    const id = `projects/${project}/subscriptions/${inputs.name}`;
    const push = inputs.pushConfig;
    if (milliseconds(inputs.messageRetentionDuration) > EMULATOR_MAX_RETENTION_MS)
      cloud.notes.add("Pub/Sub retention", RETENTION_NOTE);
    if (push) {
      const { oidcToken } = push;
      cloud.push.set(inputs.name, {
        subscription: id,
        endpoint: push.pushEndpoint,
        ...(oidcToken && {
          // Pub/Sub takes the endpoint itself when no audience is set.
          oidc: { email: oidcToken.serviceAccountEmail, audience: oidcToken.audience ?? push.pushEndpoint },
        }),
        ackDeadlineSeconds: inputs.ackDeadlineSeconds,
        policy: policyOf(inputs, project),
      });
    } else {
      cloud.watcher.hold(inputs.name);
    }
    await cloud.pubsub.put("subscriptions", inputs.name, {
      topic: fullName(project, "topics", inputs.topic),
      ackDeadlineSeconds: inputs.ackDeadlineSeconds,
      messageRetentionDuration: `${Math.min(milliseconds(inputs.messageRetentionDuration), EMULATOR_MAX_RETENTION_MS) / 1000}s`,
      retainAckedMessages: inputs.retainAckedMessages,
      enableMessageOrdering: inputs.enableMessageOrdering,
      enableExactlyOnceDelivery: inputs.enableExactlyOnceDelivery,
      filter: inputs.filter,
      labels: inputs.labels,
      ...(push && {
        pushConfig: { pushEndpoint: relayUrl(cloud.ports.platform, inputs.name), attributes: push.attributes },
      }),
    });
    return {
      id,
      outputs: {
        ...labelOutputs(inputs.labels),
        expirationPolicy: inputs.expirationPolicy ?? { ttl: "2678400s" },
        project,
      },
    };
  },
  async read({ inputs }, cloud) {
    const live = await cloud.pubsub.find("subscriptions", String(inputs.name));
    return live && seen(inputs, live, cloud.ports.platform);
  },
  async delete(_id, outputs, cloud) {
    cloud.push.delete(String(outputs.name));
    await cloud.pubsub.delete("subscriptions", String(outputs.name));
  },
});

/** The inputs with what the emulator says otherwise. A push to our relay is the push that was asked for. */
function seen(inputs: Values, live: Found, platformPort: number): Values {
  const relayed = live.pushConfig?.pushEndpoint === relayUrl(platformPort, String(inputs.name));
  const wanted = pushConfig.safeParse(inputs.pushConfig).data;
  const push = live.pushConfig?.pushEndpoint ? { ...wanted, pushEndpoint: live.pushConfig.pushEndpoint } : undefined;
  const shortTopic = live.topic?.split("/").at(-1);
  const sameTopic = shortTopic === String(inputs.topic).split("/").at(-1);
  return {
    ...inputs,
    ...(!sameTopic && { topic: live.topic }),
    ...(live.ackDeadlineSeconds !== undefined && { ackDeadlineSeconds: live.ackDeadlineSeconds }),
    ...(!relayed && { pushConfig: push }),
  };
}

interface Policies {
  readonly retryPolicy?:
    | { readonly minimumBackoff?: string | undefined; readonly maximumBackoff?: string | undefined }
    | undefined;
  readonly deadLetterPolicy?:
    | { readonly deadLetterTopic?: string | undefined; readonly maxDeliveryAttempts?: number | undefined }
    | undefined;
}

/** With Pub/Sub's defaults: https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.subscriptions */
function policyOf({ retryPolicy, deadLetterPolicy }: Policies, project: string): PushPolicy {
  const topic = deadLetterPolicy?.deadLetterTopic;
  return {
    ...(retryPolicy === undefined
      ? AT_ONCE
      : {
          minimumBackoffMs: milliseconds(retryPolicy.minimumBackoff ?? "10s"),
          maximumBackoffMs: milliseconds(retryPolicy.maximumBackoff ?? "600s"),
        }),
    ...(topic !== undefined && {
      deadLetter: {
        topic: fullName(project, "topics", topic),
        maxDeliveryAttempts: deadLetterPolicy?.maxDeliveryAttempts ?? 5,
      },
    }),
  };
}

function relayUrl(port: number, subscriptionName: string): string {
  return `http://${HOST}:${port}/push/${encodeURIComponent(subscriptionName)}`;
}

/** Names and full names are both accepted, as by the real provider. */
function fullName(project: string, kind: string, name: string): string {
  return name.includes("/") ? name : `projects/${project}/${kind}/${name}`;
}
