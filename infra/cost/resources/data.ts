import { quantity } from "../money.ts";
import { FIRESTORE, PUBSUB, PUBSUB_LEAST_BYTES, SCHEDULER, SECRETS, SIGN_IN, STORAGE } from "../prices/index.ts";
import { listAt, numberAt, type Resource, secretOf, textAt } from "../resource.ts";
import { baseline, type Context, DAYS, type Demand, demanding, isFirst, usage } from "./model.ts";

const GIB = 2 ** 30;

export const firestoreDatabase = demanding((resource, context) => {
  if (!isFirst(resource, context)) return [];
  const use = context.usage;
  const storage = quantity(use.firestoreStorageMiB, 1024);
  const kept = textAt(resource, "pointInTimeRecoveryEnablement") === "POINT_IN_TIME_RECOVERY_ENABLED";
  return [
    usage("reads", FIRESTORE.reads, quantity(use.firestoreReadsPerDay * DAYS)),
    usage("writes", FIRESTORE.writes, quantity(use.firestoreWritesPerDay * DAYS)),
    usage("deletes", FIRESTORE.deletes, quantity(use.firestoreDeletesPerDay * DAYS)),
    usage("expiries", FIRESTORE.expiries, quantity(use.firestoreExpiriesPerDay * DAYS)),
    usage("storage", FIRESTORE.storage, storage),
    usage("data to browsers", FIRESTORE.egress, quantity(use.firestoreEgressMiBPerDay * DAYS, 1024)),
    // Taken to be as large as the data itself: the most that a week in which every document changes once can make it.
    ...(kept ? [usage("point-in-time recovery", FIRESTORE.pointInTime, storage)] : []),
  ];
});

const DAY_SECONDS = 86_400;

/** Every backup is a whole copy: as many stand as are taken before the first expires. */
export const firestoreBackups = demanding((resource, context) => {
  const days = Math.ceil((numberOfSeconds(textAt(resource, "retention")) ?? 0) / DAY_SECONDS);
  const copies = "dailyRecurrence" in resource.inputs ? days : Math.ceil(days / 7);
  return [usage("copies", FIRESTORE.backups, quantity(context.usage.firestoreStorageMiB * copies, 1024))];
});

function numberOfSeconds(duration: string | undefined): number | undefined {
  const [, digits] = /^(\d+)s$/.exec(duration ?? "") ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** Messages a day, by what the topic is for. Topics that the profile does not speak of are quiet. */
function messagesPerDay(name: string, context: Context): number {
  if (name.includes("replies")) return context.usage.repliesPerDay;
  return name.includes("fallback") ? context.usage.fallbackEventsPerDay : 0;
}

/** Bytes of one message: a job is small, an event of Meta is not. Nothing counts for less than a minimum. */
function messageBytes(name: string, context: Context): number {
  return Math.max(PUBSUB_LEAST_BYTES, name.includes("fallback") ? context.usage.requestBytes : 0);
}

function throughput(component: string, resource: Resource, context: Context): Demand[] {
  const bytes = messagesPerDay(resource.name, context) * DAYS * messageBytes(resource.name, context);
  return [usage(component, PUBSUB.throughput, quantity(bytes, GIB))];
}

export const pubsubTopic = demanding((resource, context) => throughput("publishing", resource, context));
export const pubsubSubscription = demanding((resource, context) => throughput("delivery", resource, context));

export const schedulerJob = demanding(() => [baseline("job", SCHEDULER.jobs, quantity(1))]);

/** A version counts once in each place it is kept in; kept by Google's choice, it counts once. */
export const secretVersion = demanding((resource, context) => {
  const secret = secretOf(resource, context.resources);
  const places = secret ? listAt(secret, "replication", "userManaged", "replicas").length : 1;
  return [baseline("version", SECRETS.versions, quantity(Math.max(1, places)))];
});

export const storageBucket = demanding((resource, context) => {
  const attachments = resource.name.includes("attachments");
  const { attachmentsStorageMiB, artifactsStorageMiB, attachmentsPerDay, deploysPerMonth } = context.usage;
  const mebibytes = attachments ? attachmentsStorageMiB : artifactsStorageMiB;
  const written = attachments ? attachmentsPerDay * DAYS : deploysPerMonth * 2;
  return [
    usage("storage", STORAGE.standard, quantity(BigInt(mebibytes) * 1_048_576n, 1_000_000_000n)),
    usage("writing", STORAGE.classA, quantity(written)),
    // A file is looked at about twice.
    usage("reading", STORAGE.classB, quantity(written * 2)),
  ];
});

export const signIn = demanding((_, context) => [
  usage("people who sign in", SIGN_IN.users, quantity(context.usage.staffPerMonth)),
]);

/** Uptime checks and alike ask for a number as text or as a number. */
export function secondsAt(resource: Resource, ...path: readonly (string | number)[]): number | undefined {
  return numberOfSeconds(textAt(resource, ...path)) ?? numberAt(resource, ...path);
}
