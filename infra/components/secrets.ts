import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { SECRET_NAMES, type SecretName } from "../../app/environment.ts";
import type { SecretReference } from "../environment.ts";
import { childOptions, member, type Place } from "../place.ts";
import type { DataProtection } from "../protection.ts";

/** Who may read which secrets. */
export interface SecretReader {
  readonly email: pulumi.Output<string>;
  readonly names: readonly SecretName[];
}

export interface SecretsArgs extends Place {
  readonly values: Readonly<Record<SecretName, pulumi.Output<string>>>;
  /** By the name of the part that reads. */
  readonly readers: Readonly<Record<string, SecretReader>>;
  readonly protection: DataProtection;
}

/**
 * The secrets, one version each, and who may read them. A changed value becomes a new version, and with it a new
 * revision of what reads it; the version before is disabled or deleted only after that.
 */
export class Secrets extends pulumi.ComponentResource {
  readonly references: Readonly<Record<SecretName, SecretReference>>;

  constructor(name: string, args: SecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("servio:secret:Secrets", name, {}, opts);
    const references: Partial<Record<SecretName, SecretReference>> = {};
    for (const secretName of SECRET_NAMES) {
      const id = secretName.toLowerCase().replaceAll("_", "-");
      const secret = new gcp.secretmanager.Secret(
        id,
        {
          project: args.project,
          secretId: `servio-${id}`,
          labels: args.labels,
          // Kept in the stack's own region, like the data it opens.
          replication: { userManaged: { replicas: [{ location: args.region }] } },
          ...args.protection.secret,
        },
        { ...childOptions(this, args), ...args.protection.options },
      );
      const version = new gcp.secretmanager.SecretVersion(
        id,
        { secret: secret.id, secretData: args.values[secretName], ...args.protection.secretVersion },
        { parent: this },
      );
      for (const [part, reader] of Object.entries(args.readers)) {
        if (!reader.names.includes(secretName)) continue;
        new gcp.secretmanager.SecretIamMember(
          `${id}-${part}`,
          {
            project: args.project,
            secretId: secret.secretId,
            role: "roles/secretmanager.secretAccessor",
            member: member(reader.email),
          },
          { parent: this },
        );
      }
      references[secretName] = { secret: secret.secretId, version: version.version };
    }
    this.references = references as Record<SecretName, SecretReference>;
    this.registerOutputs({});
  }
}
