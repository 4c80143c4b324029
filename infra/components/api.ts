import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { ApiVariable, SecretName } from "../../app/environment.ts";
import { API_SECRETS, containerVariables, type PlainValues, type SecretReference } from "../environment.ts";
import { childOptions, member, type Place } from "../place.ts";
import type { DataProtection } from "../protection.ts";
import type { Source } from "./artifacts.ts";

export interface ApiArgs extends Place {
  readonly source: Source;
  readonly account: pulumi.Output<string>;
  readonly environment: PlainValues<ApiVariable>;
  readonly secrets: Readonly<Record<SecretName, SecretReference>>;
  /** A further audience for tokens, which unlike the URL is known before the service is. */
  readonly audience: string;
  /** The account of Pub/Sub's and Scheduler's calls. */
  readonly caller: pulumi.Output<string>;
  /** Instances at least and at most. */
  readonly scale: { readonly min: number; readonly max: number };
  readonly protection: DataProtection;
  /** The domain of the load balancer before it, which then is the only way in. */
  readonly domain: string | undefined;
}

/** Seconds of one request. Longer than any job; a live stream to the widget is cut then, and opened again. */
export const API_TIMEOUT_SECONDS = 300;

/** The API, the inbox and the workers, on Cloud Run, from an archive on Google's own base image. */
export class Api extends pulumi.ComponentResource {
  /** Google's own address, for the queues and the clock, which count as internal. Without a slash at its end. */
  readonly url: pulumi.Output<string>;
  /** The address for people and websites. */
  readonly publicUrl: pulumi.Output<string>;
  readonly inboxUrl: pulumi.Output<string>;
  readonly widgetUrl: pulumi.Output<string>;
  readonly serviceName: pulumi.Output<string>;

  constructor(name: string, args: ApiArgs, opts?: pulumi.ComponentResourceOptions) {
    super("servio:run:Api", name, { scale: args.scale }, opts);
    const service = new gcp.cloudrunv2.Service(
      name,
      {
        project: args.project,
        location: args.region,
        name: `servio-${name}`,
        description: "Servio.AI Omnichannel: API, inbox and workers",
        labels: args.labels,
        ingress: args.domain ? "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" : "INGRESS_TRAFFIC_ALL",
        customAudiences: [args.audience],
        ...args.protection.service,
        template: {
          labels: args.labels,
          serviceAccount: args.account,
          timeout: `${API_TIMEOUT_SECONDS}s`,
          maxInstanceRequestConcurrency: 80,
          scaling: { minInstanceCount: args.scale.min, maxInstanceCount: args.scale.max },
          containers: [this.#container(args)],
        },
        traffics: [{ type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", percent: 100 }],
      },
      childOptions(this, args),
    );
    this.url = service.uri;
    this.publicUrl = args.domain ? pulumi.output(`https://${args.domain}`) : this.url;
    this.inboxUrl = pulumi.interpolate`${this.publicUrl}/`;
    this.widgetUrl = pulumi.interpolate`${this.publicUrl}/widget.js`;
    this.serviceName = service.name;
    this.#invokers(name, args, service);
    this.registerOutputs({ url: this.url, serviceName: this.serviceName });
  }

  #container(args: ApiArgs): gcp.types.input.cloudrunv2.ServiceTemplateContainer {
    return {
      // "scratch" and a base image: Google lays the archive on it and keeps the base patched. No build, no registry.
      image: "scratch",
      baseImageUri: `${args.region}-docker.pkg.dev/serverless-runtimes/google-24-full/runtimes/nodejs24`,
      commands: ["node"],
      args: ["index.js"],
      sourceCode: {
        cloudStorageSource: {
          bucket: args.source.bucket,
          object: args.source.object,
          // Without the generation a new archive under an old name is not rolled out.
          generation: args.source.generation.apply(String),
        },
      },
      envs: containerVariables(args.environment, API_SECRETS, args.secrets),
      resources: {
        limits: { cpu: "1", memory: "512Mi" },
        // With limits set, an omitted cpuIdle means a CPU paid for day and night.
        cpuIdle: true,
        startupCpuBoost: true,
      },
      // Probes speak to the container itself. From outside Google answers paths that end in z on its own.
      startupProbe: { httpGet: { path: "/healthz" }, periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 60 },
      livenessProbe: { httpGet: { path: "/healthz" }, periodSeconds: 30, timeoutSeconds: 5, failureThreshold: 3 },
    };
  }

  #invokers(name: string, args: ApiArgs, service: gcp.cloudrunv2.Service): void {
    const invoker = (who: string, account: pulumi.Input<string>): gcp.cloudrunv2.ServiceIamMember =>
      new gcp.cloudrunv2.ServiceIamMember(
        `${name}-${who}`,
        {
          project: args.project,
          location: args.region,
          name: service.name,
          role: "roles/run.invoker",
          member: account,
        },
        { parent: this },
      );
    // Browsers, customers' widgets and Meta have no Google identity: every route verifies its caller by itself.
    invoker("public", "allUsers");
    invoker("tasks", member(args.caller));
  }
}
