import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { SecretName, WebhookVariable } from "../../app/environment.ts";
import { type PlainValues, type SecretReference, WEBHOOK_SECRETS } from "../environment.ts";
import { childOptions, type Place } from "../place.ts";
import type { Source } from "./artifacts.ts";

export interface WebhookArgs extends Place {
  readonly source: Source;
  readonly account: pulumi.Output<string>;
  /** `projects/{project}/serviceAccounts/{email}` of whoever builds it. */
  readonly builder: pulumi.Output<string>;
  readonly environment: PlainValues<WebhookVariable>;
  readonly secrets: Readonly<Record<SecretName, SecretReference>>;
  /** Instances at least and at most. */
  readonly scale: { readonly min: number; readonly max: number };
  /** The domain of the load balancer before it, which then is the only way in. */
  readonly domain: string | undefined;
}

/** Receives Meta's webhooks: verifies, stores, queues, answers. A Cloud Function of the second generation. */
export class Webhook extends pulumi.ComponentResource {
  /** What is registered with Meta, by channel. */
  readonly urls: Readonly<Record<"whatsapp" | "instagram" | "facebook", pulumi.Output<string>>>;
  readonly functionName: pulumi.Output<string>;

  constructor(name: string, args: WebhookArgs, opts?: pulumi.ComponentResourceOptions) {
    super("servio:function:Webhook", name, { scale: args.scale }, opts);
    const fn = new gcp.cloudfunctionsv2.Function(
      name,
      {
        project: args.project,
        location: args.region,
        name: `servio-${name}`,
        description: "Receives the webhooks of WhatsApp, Instagram and Messenger",
        labels: args.labels,
        buildConfig: {
          runtime: "nodejs24",
          entryPoint: "omnichannelWebhook",
          serviceAccount: args.builder,
          source: { storageSource: { bucket: args.source.bucket, object: args.source.object } },
        },
        serviceConfig: {
          serviceAccountEmail: args.account,
          environmentVariables: args.environment,
          secretEnvironmentVariables: WEBHOOK_SECRETS.map((key) => ({
            key,
            projectId: args.project,
            secret: args.secrets[key].secret,
            version: args.secrets[key].version,
          })),
          // A whole CPU, since less allows one request at a time: a burst would then be a row of cold starts.
          availableCpu: "1",
          availableMemory: "512Mi",
          maxInstanceRequestConcurrency: 40,
          minInstanceCount: args.scale.min,
          maxInstanceCount: args.scale.max,
          // Meta waits five seconds; what takes longer is lost to it and will come again.
          timeoutSeconds: 30,
          ingressSettings: args.domain ? "ALLOW_INTERNAL_AND_GCLB" : "ALLOW_ALL",
          allTrafficOnLatestRevision: true,
        },
      },
      childOptions(this, args),
    );
    // Meta has no Google identity: the function verifies Meta's signature over the raw body.
    new gcp.cloudrunv2.ServiceIamMember(
      `${name}-public`,
      {
        project: args.project,
        location: args.region,
        // A function's service bears the function's name.
        name: fn.name,
        role: "roles/run.invoker",
        member: "allUsers",
      },
      { parent: this },
    );
    const base = args.domain ? `https://${args.domain}/api/omni/webhook` : fn.url;
    const path = (channel: string): pulumi.Output<string> => pulumi.interpolate`${base}/${channel}`;
    this.urls = { whatsapp: path("whatsapp"), instagram: path("instagram"), facebook: path("facebook") };
    this.functionName = fn.name;
    this.registerOutputs({ urls: this.urls, functionName: this.functionName });
  }
}
