import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { Artifact, Artifacts as Built } from "../build/index.ts";
import { childOptions, type Place } from "../place.ts";

export interface ArtifactsArgs extends Place {
  readonly built: Built;
  /** Days in which a replaced archive can be restored; 0 for none. */
  readonly retentionDays: number;
}

/** An uploaded archive, as a deployment refers to it. */
export interface Source {
  readonly bucket: pulumi.Output<string>;
  readonly object: pulumi.Output<string>;
  readonly generation: pulumi.Output<number>;
}

const DAY_SECONDS = 86_400;

/** The bucket of deployed archives. An archive's name holds the hash of its content: a change is a new object. */
export class Artifacts extends pulumi.ComponentResource {
  readonly bucket: pulumi.Output<string>;
  readonly api: Source;
  readonly webhook: Source;

  constructor(name: string, args: ArtifactsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("servio:storage:Artifacts", name, { retentionDays: args.retentionDays }, opts);
    const bucket = new gcp.storage.Bucket(
      name,
      {
        // Bucket names are the world's: the project's id makes this one ours.
        name: `${args.project}-servio-artifacts`,
        project: args.project,
        location: args.region,
        labels: args.labels,
        uniformBucketLevelAccess: true,
        publicAccessPrevention: "enforced",
        // Replaced archives are deleted by the stack itself; this is the way back to them.
        softDeletePolicy: { retentionDurationSeconds: args.retentionDays * DAY_SECONDS },
        // Archives can be built again: a stack that goes takes them along whatever else it guards.
        forceDestroy: true,
      },
      childOptions(this, args),
    );
    const upload = (part: string, artifact: Artifact): Source => {
      const object = new gcp.storage.BucketObject(
        `${name}-${part}`,
        { bucket: bucket.name, name: artifact.fileName, source: new pulumi.asset.FileAsset(artifact.path) },
        { parent: this },
      );
      return { bucket: bucket.name, object: object.name, generation: object.generation };
    };
    this.bucket = bucket.name;
    this.api = upload("api", args.built.api);
    this.webhook = upload("webhook", args.built.webhook);
    this.registerOutputs({ bucket: this.bucket });
  }
}
