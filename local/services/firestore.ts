import * as z from "zod";
import { guarded, LocalError } from "../errors.ts";
import { common, defineHandler } from "../handler.ts";
import { digest } from "../names.ts";

const DEFAULT_DATABASE = "(default)";

export const database = defineHandler({
  autoName: "name",
  inputs: z.looseObject({
    ...common,
    name: z.string(),
    locationId: z.string(),
    type: z.enum(["FIRESTORE_NATIVE", "DATASTORE_MODE"]),
    concurrencyMode: z.string().default("PESSIMISTIC"),
    databaseEdition: z.string().default("STANDARD"),
    deletionPolicy: z.string().default("ABANDON"),
    deleteProtectionState: z.string().default("DELETE_PROTECTION_DISABLED"),
    appEngineIntegrationMode: z.string().default("DISABLED"),
    pointInTimeRecoveryEnablement: z.string().default("POINT_IN_TIME_RECOVERY_DISABLED"),
  }),
  replaces: ["locationId", "databaseEdition"],
  computed: [
    "createTime",
    "earliestVersionTime",
    "etag",
    "firestoreDataAccessMode",
    "keyPrefix",
    "mongodbCompatibleDataAccessMode",
    "project",
    "realtimeUpdatesMode",
    "uid",
    "updateTime",
    "versionRetentionPeriod",
  ],
  /** The emulator starts with rules that let nobody in, as a new database does: it is never open, not even before the release. */
  async create({ name, inputs }, cloud) {
    if (inputs.name !== DEFAULT_DATABASE)
      throw new LocalError(
        "database_named",
        `Database ${name} is called "${inputs.name}".`,
        `Locally there is one database; call it "${DEFAULT_DATABASE}".`,
      );
    cloud.notes.add("Firestore", "location, delete protection, point-in-time recovery and backups are recorded only");
    await cloud.firestore.ready();
    const id = `projects/${cloud.project}/databases/${inputs.name}`;
    const now = cloud.now().toISOString();
    return {
      id,
      outputs: {
        createTime: now,
        earliestVersionTime: now,
        etag: digest(id).slice(0, 12),
        firestoreDataAccessMode: inputs.firestoreDataAccessMode ?? "DATA_ACCESS_MODE_ENABLED",
        keyPrefix: "",
        mongodbCompatibleDataAccessMode: inputs.mongodbCompatibleDataAccessMode ?? "DATA_ACCESS_MODE_DISABLED",
        project: inputs.project ?? cloud.project,
        realtimeUpdatesMode: inputs.realtimeUpdatesMode ?? "REALTIME_UPDATES_MODE_ENABLED",
        uid: digest(id).slice(0, 32),
        updateTime: now,
        versionRetentionPeriod: "3600s",
      },
    };
  },
  async delete(id, outputs, cloud) {
    if (outputs.deleteProtectionState === "DELETE_PROTECTION_ENABLED")
      throw guarded(`Database ${id}`, 'deleteProtectionState: "DELETE_PROTECTION_DISABLED"');
    // What is abandoned stays, with its documents.
    if (outputs.deletionPolicy === "DELETE") await cloud.firestore.clear();
  },
});

export const index = defineHandler({
  inputs: z.looseObject({
    ...common,
    database: z.string().default(DEFAULT_DATABASE),
    collection: z.string(),
    queryScope: z.enum(["COLLECTION", "COLLECTION_GROUP", "COLLECTION_RECURSIVE"]).default("COLLECTION"),
    fields: z.array(z.looseObject({ fieldPath: z.string().optional() })).min(1),
    deletionPolicy: z.string().default("DELETE"),
  }),
  replaces: ["database", "collection", "fields", "queryScope", "apiScope", "density", "multikey", "unique"],
  computed: ["density", "name", "project", "unique"],
  create({ inputs }, cloud) {
    cloud.notes.add("Firestore indexes", "the emulator answers every query, also without its composite index");
    const key = digest(JSON.stringify([inputs.collection, inputs.queryScope, inputs.fields])).slice(0, 12);
    const name = `projects/${cloud.project}/databases/${inputs.database}/collectionGroups/${inputs.collection}/indexes/${key}`;
    return {
      id: name,
      outputs: { name, density: "SPARSE_ALL", unique: false, project: inputs.project ?? cloud.project },
    };
  },
});

export const field = defineHandler({
  inputs: z.looseObject({
    ...common,
    database: z.string().default(DEFAULT_DATABASE),
    collection: z.string(),
    field: z.string(),
    ttlConfig: z.looseObject({}).optional(),
    indexConfig: z.looseObject({}).optional(),
    deletionPolicy: z.string().default("DELETE"),
  }),
  replaces: ["database", "collection", "field"],
  computed: ["name", "project"],
  create({ inputs }, cloud) {
    if (inputs.ttlConfig) cloud.notes.add("Firestore TTL", "expired documents stay");
    if (inputs.indexConfig)
      cloud.notes.add("Firestore indexes", "the emulator answers every query, also without its composite index");
    const name = `projects/${cloud.project}/databases/${inputs.database}/collectionGroups/${inputs.collection}/fields/${inputs.field}`;
    return { id: name, outputs: { name, project: inputs.project ?? cloud.project } };
  },
});

export const backupSchedule = defineHandler({
  inputs: z.looseObject({
    ...common,
    database: z.string().default(DEFAULT_DATABASE),
    retention: z.string().regex(/^\d+(\.\d{1,9})?s$/, "must be a duration in seconds, such as 1209600s"),
    dailyRecurrence: z.looseObject({}).optional(),
    weeklyRecurrence: z.looseObject({}).optional(),
    deletionPolicy: z.string().default("DELETE"),
  }),
  replaces: ["database", "dailyRecurrence", "weeklyRecurrence"],
  computed: ["name", "project"],
  create({ name: logical, inputs }, cloud) {
    cloud.notes.add("Firestore backups", "recorded; nothing is copied");
    const project = inputs.project ?? cloud.project;
    const name = `projects/${project}/databases/${inputs.database}/backupSchedules/${digest(logical).slice(0, 12)}`;
    return { id: name, outputs: { name, project } };
  },
});
