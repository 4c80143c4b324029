import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, type Place } from "../place.ts";
import { armorRules } from "./edge-rules.ts";

export interface EdgeArgs extends Place {
  readonly domain: string;
  /** From one address, before the answer is 429. */
  readonly requestsPerMinute: number;
  /** Names of the Cloud Run services behind it; a function's service bears the function's name. */
  readonly api: pulumi.Output<string>;
  readonly webhook: pulumi.Output<string>;
}

type Options = ReturnType<typeof childOptions>;

/** A load balancer with a domain, a certificate and Cloud Armor before the service and the function. */
export class Edge extends pulumi.ComponentResource {
  /** What the domain's A record must hold; the certificate is issued once it does. */
  readonly address: pulumi.Output<string>;

  constructor(name: string, args: EdgeArgs, opts?: pulumi.ComponentResourceOptions) {
    super("servio:edge:Edge", name, { domain: args.domain, requestsPerMinute: args.requestsPerMinute }, opts);
    const { project, labels } = args;
    const options = childOptions(this, args);
    const address = new gcp.compute.GlobalAddress(name, { project, name: `servio-${name}`, labels }, options);
    const armor = new gcp.compute.SecurityPolicy(
      name,
      { project, labels, name: `servio-${name}`, type: "CLOUD_ARMOR", rules: armorRules(args.requestsPerMinute) },
      options,
    );
    const api = this.#backend(args, "api", args.api, armor.id, options);
    const webhook = this.#backend(args, "webhook", args.webhook, armor.id, options);
    const routes = new gcp.compute.URLMap(
      name,
      {
        project,
        name: `servio-${name}`,
        defaultService: api.id,
        hostRules: [{ hosts: [args.domain], pathMatcher: "omnichannel" }],
        pathMatchers: [
          {
            name: "omnichannel",
            defaultService: api.id,
            pathRules: [{ paths: ["/api/omni/webhook/*"], service: webhook.id }],
          },
        ],
      },
      options,
    );
    this.#listenWithTls(name, args, address, routes, options);
    this.#sendToTls(name, args, address, options);
    this.address = address.address;
    this.registerOutputs({ address: this.address });
  }

  #backend(
    args: EdgeArgs,
    part: string,
    service: pulumi.Output<string>,
    securityPolicy: pulumi.Output<string>,
    options: Options,
  ): gcp.compute.BackendService {
    const { project, region } = args;
    const group = new gcp.compute.RegionNetworkEndpointGroup(
      `edge-${part}`,
      { project, region, name: `servio-${part}`, networkEndpointType: "SERVERLESS", cloudRun: { service } },
      options,
    );
    return new gcp.compute.BackendService(
      `edge-${part}`,
      {
        project,
        name: `servio-${part}`,
        protocol: "HTTPS",
        loadBalancingScheme: "EXTERNAL_MANAGED",
        backends: [{ group: group.id }],
        securityPolicy,
        // A tenth of the requests is enough to see what Cloud Armor refused; the service logs its own.
        logConfig: { enable: true, sampleRate: 0.1 },
      },
      options,
    );
  }

  #listenWithTls(
    name: string,
    args: EdgeArgs,
    address: gcp.compute.GlobalAddress,
    routes: gcp.compute.URLMap,
    options: Options,
  ): void {
    const { project, domain, labels } = args;
    const certificate = new gcp.compute.ManagedSslCertificate(
      name,
      // The domain is part of the name, so that another domain's certificate can be made before this one goes.
      { project, name: certificateName(domain), managed: { domains: [domain] } },
      options,
    );
    const tls = new gcp.compute.SSLPolicy(
      name,
      { project, name: `servio-${name}`, profile: "MODERN", minTlsVersion: "TLS_1_2" },
      options,
    );
    const proxy = new gcp.compute.TargetHttpsProxy(
      name,
      { project, name: `servio-${name}`, urlMap: routes.id, sslCertificates: [certificate.id], sslPolicy: tls.id },
      options,
    );
    new gcp.compute.GlobalForwardingRule(
      `${name}-https`,
      {
        project,
        labels,
        name: `servio-${name}-https`,
        loadBalancingScheme: "EXTERNAL_MANAGED",
        ipAddress: address.id,
        portRange: "443",
        target: proxy.id,
      },
      options,
    );
  }

  /** Whoever types the bare name is sent on; nothing is ever answered without TLS. */
  #sendToTls(name: string, args: EdgeArgs, address: gcp.compute.GlobalAddress, options: Options): void {
    const { project, labels } = args;
    const redirect = new gcp.compute.URLMap(
      `${name}-redirect`,
      {
        project,
        name: `servio-${name}-redirect`,
        defaultUrlRedirect: { httpsRedirect: true, redirectResponseCode: "PERMANENT_REDIRECT", stripQuery: false },
      },
      options,
    );
    const proxy = new gcp.compute.TargetHttpProxy(
      `${name}-redirect`,
      { project, name: `servio-${name}-redirect`, urlMap: redirect.id },
      options,
    );
    new gcp.compute.GlobalForwardingRule(
      `${name}-http`,
      {
        project,
        labels,
        name: `servio-${name}-http`,
        loadBalancingScheme: "EXTERNAL_MANAGED",
        ipAddress: address.id,
        portRange: "80",
        target: proxy.id,
      },
      options,
    );
  }
}

/** At most 63 characters, of which the last is not a hyphen: Compute Engine's rule. */
function certificateName(domain: string): string {
  return `servio-${domain.replaceAll(".", "-")}`.slice(0, 63).replace(/-+$/, "");
}
