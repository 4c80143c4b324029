import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, member, type Place } from "../place.ts";
import type { DataProtection } from "../protection.ts";

export interface AttachmentsArgs extends Place {
  /** Accounts that store and read files, by the name of their part. */
  readonly users: Readonly<Record<string, pulumi.Output<string>>>;
  /** Days after which a file is deleted. */
  readonly retentionDays: number;
  readonly protection: DataProtection;
}

/** The bucket of what customers sent. Private without exception: the API hands a file to whoever may read its message. */
export class Attachments extends pulumi.ComponentResource {
  readonly bucket: pulumi.Output<string>;

  constructor(name: string, args: AttachmentsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("servio:storage:Attachments", name, { retentionDays: args.retentionDays }, opts);
    const bucket = new gcp.storage.Bucket(
      name,
      {
        name: `${args.project}-servio-attachments`,
        project: args.project,
        location: args.region,
        labels: args.labels,
        uniformBucketLevelAccess: true,
        publicAccessPrevention: "enforced",
        lifecycleRules: [{ action: { type: "Delete" }, condition: { age: args.retentionDays } }],
        ...args.protection.bucket,
      },
      { ...childOptions(this, args), ...args.protection.options },
    );
    for (const [part, email] of Object.entries(args.users)) {
      new gcp.storage.BucketIAMMember(
        `${name}-${part}`,
        { bucket: bucket.name, role: "roles/storage.objectUser", member: member(email) },
        { parent: this },
      );
    }
    this.bucket = bucket.name;
    this.registerOutputs({ bucket: this.bucket });
  }
}
