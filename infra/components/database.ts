import { readFileSync } from "node:fs";
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { INDEXES, indexFields, indexName } from "../firestore/indexes.ts";
import { TTL_COLLECTIONS, TTL_FIELD } from "../firestore/ttl.ts";
import { childOptions, member, type Place } from "../place.ts";
import type { DataProtection } from "../protection.ts";

export interface DatabaseArgs extends Place {
  /** Accounts that read and write documents, by the name of their part. */
  readonly users: Readonly<Record<string, pulumi.Output<string>>>;
  readonly protection: DataProtection;
  /** Days for which a daily backup is kept, where there are backups. */
  readonly backupRetentionDays: number;
}

const RULES = new URL("../firestore/firestore.rules", import.meta.url);

/** Firestore: the database, who may use it, the rules for browsers, the indexes queries need, and what expires. */
export class Database extends pulumi.ComponentResource {
  readonly name: pulumi.Output<string>;

  constructor(name: string, args: DatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("servio:data:Database", name, {}, opts);
    const database = new gcp.firestore.Database(
      name,
      {
        project: args.project,
        // The app, the inbox and the platform's own code all speak to the default database.
        name: "(default)",
        locationId: args.region,
        type: "FIRESTORE_NATIVE",
        ...args.protection.database,
      },
      { ...childOptions(this, args), ...args.protection.options },
    );
    this.name = database.name;
    this.#rules(args, database);
    this.#indexes(args);
    this.#expiry(args);
    this.#users(args);
    if (args.protection.dailyBackups) this.#backups(args);
    this.registerOutputs({ name: this.name });
  }

  #rules(args: DatabaseArgs, database: gcp.firestore.Database): void {
    const ruleset = new gcp.firebaserules.Ruleset(
      "rules",
      { project: args.project, source: { files: [{ name: "firestore.rules", content: readFileSync(RULES, "utf8") }] } },
      { ...childOptions(this, args), dependsOn: [...args.after, database] },
    );
    new gcp.firebaserules.Release(
      "rules",
      {
        project: args.project,
        // The one name under which rules of the default database take effect.
        name: "cloud.firestore",
        rulesetName: pulumi.interpolate`projects/${args.project}/rulesets/${ruleset.name}`,
      },
      { parent: this },
    );
  }

  #indexes(args: DatabaseArgs): void {
    for (const index of INDEXES) {
      new gcp.firestore.Index(
        indexName(index),
        {
          project: args.project,
          database: this.name,
          collection: index.collection,
          queryScope: "COLLECTION",
          fields: indexFields(index),
        },
        { parent: this },
      );
    }
  }

  #expiry(args: DatabaseArgs): void {
    for (const collection of TTL_COLLECTIONS) {
      new gcp.firestore.Field(
        `${collection}-${TTL_FIELD}`,
        {
          project: args.project,
          database: this.name,
          collection,
          field: TTL_FIELD,
          ttlConfig: {},
          // Nothing queries it, and an indexed field that only grows caps a collection at 500 writes a second.
          indexConfig: {},
        },
        { parent: this },
      );
    }
  }

  #backups(args: DatabaseArgs): void {
    new gcp.firestore.BackupSchedule(
      "daily-backup",
      {
        project: args.project,
        database: this.name,
        retention: `${args.backupRetentionDays * 86_400}s`,
        dailyRecurrence: {},
      },
      // Not protected: backups outlive their schedule (https://firebase.google.com/docs/firestore/backups), and a stack that
      // is no longer guarded lets it go; the engine would refuse that `up`.
      { parent: this },
    );
  }

  #users(args: DatabaseArgs): void {
    for (const [part, email] of Object.entries(args.users)) {
      new gcp.projects.IAMMember(
        `datastore-${part}`,
        { project: args.project, role: "roles/datastore.user", member: member(email) },
        { parent: this },
      );
    }
  }
}
