import * as z from "zod";
import type { LocalCloud } from "../context.ts";
import { common, defineHandler, type Handler, LABEL_OUTPUTS, labelOutputs, labels } from "../handler.ts";
import { digest } from "../names.ts";
import type { Values } from "../wire.ts";

/** Compute Engine's rule for names (RFC 1035). */
const NAME = /^[a-z]([-a-z\d]{0,61}[a-z\d])?$/;

interface PartOptions {
  /** As in the id: `projects/{project}/global/{collection}/{name}`. */
  readonly collection: string;
  readonly labelled?: boolean;
  /** Outputs of its own, by its id. */
  readonly outputs?: (id: string) => Values;
  /** Names of those outputs, and of the usual ones that it has: `creationTimestamp`, `fingerprint`. */
  readonly computed: readonly string[];
}

/**
 * One part of a load balancer: recorded with the ids that the real one would have. Nothing listens, so the service and the
 * function are reached at their own addresses.
 */
function part(options: PartOptions): Handler {
  const labelled = options.labelled ?? false;
  const computed = ["project", "selfLink", ...options.computed];
  return defineHandler({
    autoName: "name",
    inputs: z.looseObject({
      ...common,
      ...(labelled ? { labels } : {}),
      name: z.string().regex(NAME, "must be 1 to 63 of a-z, 0-9 and -, beginning with a letter"),
      deletionPolicy: z.string().default("DELETE"),
    }),
    computed: labelled ? [...computed, ...LABEL_OUTPUTS, "labelFingerprint"] : computed,
    create: ({ inputs }, cloud) => made(options, inputs, cloud),
  });
}

function made(
  options: PartOptions,
  inputs: Values & { project?: string | undefined; name: string },
  cloud: LocalCloud,
) {
  cloud.notes.add("Load balancer", "recorded; nothing listens, and Cloud Armor refuses nobody");
  const project = inputs.project ?? cloud.project;
  const place = inputs.region === undefined ? "global" : `regions/${String(inputs.region)}`;
  const id = `projects/${project}/${place}/${options.collection}/${inputs.name}`;
  const fingerprint = digest(id).slice(0, 12);
  const usual: Values = { creationTimestamp: cloud.now().toISOString(), fingerprint };
  const outputs = {
    project,
    selfLink: `https://www.googleapis.com/compute/v1/${id}`,
    ...Object.fromEntries(Object.entries(usual).filter(([name]) => options.computed.includes(name))),
    ...(options.labelled
      ? { ...labelOutputs(inputs.labels as Readonly<Record<string, string>>), labelFingerprint: fingerprint }
      : {}),
    ...options.outputs?.(id),
  };
  return { id, outputs };
}

/** Google's ids of such parts are large numbers. */
const number = (id: string): number => Number.parseInt(digest(id).slice(0, 12), 16);

/** Of the addresses that are set aside for documentation (RFC 5737). */
export const globalAddress = part({
  collection: "addresses",
  labelled: true,
  computed: ["creationTimestamp", "address", "prefixLength"],
  outputs: (id) => ({ address: `203.0.113.${(number(id) % 254) + 1}`, prefixLength: 0 }),
});

export const securityPolicy = part({
  collection: "securityPolicies",
  labelled: true,
  computed: ["fingerprint", "advancedOptionsConfig"],
  outputs: () => ({ advancedOptionsConfig: {} }),
});

export const networkEndpointGroup = part({
  collection: "networkEndpointGroups",
  computed: ["network", "pscData"],
  outputs: () => ({ network: "", pscData: {} }),
});

export const backendService = part({
  collection: "backendServices",
  computed: [
    "creationTimestamp",
    "fingerprint",
    "cdnPolicy",
    "generatedId",
    "portName",
    "sessionAffinity",
    "timeoutSec",
  ],
  outputs: (id) => ({
    cdnPolicy: {},
    generatedId: number(id),
    portName: "http",
    sessionAffinity: "NONE",
    timeoutSec: 30,
  }),
});

export const urlMap = part({
  collection: "urlMaps",
  computed: ["creationTimestamp", "fingerprint", "mapId"],
  outputs: (id) => ({ mapId: number(id) }),
});

export const certificate = part({
  collection: "sslCertificates",
  computed: ["creationTimestamp", "certificateId", "expireTime", "subjectAlternativeNames"],
  outputs: (id) => ({ certificateId: number(id), expireTime: "", subjectAlternativeNames: [] }),
});

export const sslPolicy = part({
  collection: "sslPolicies",
  computed: ["creationTimestamp", "fingerprint", "enabledFeatures"],
  outputs: () => ({ enabledFeatures: [] }),
});

export const httpsProxy = part({
  collection: "targetHttpsProxies",
  computed: ["creationTimestamp", "fingerprint", "proxyBind", "proxyId", "tlsEarlyData"],
  outputs: (id) => ({ proxyBind: false, proxyId: number(id), tlsEarlyData: "DISABLED" }),
});

export const httpProxy = part({
  collection: "targetHttpProxies",
  computed: ["creationTimestamp", "fingerprint", "proxyBind", "proxyId"],
  outputs: (id) => ({ proxyBind: false, proxyId: number(id) }),
});

export const forwardingRule = part({
  collection: "forwardingRules",
  labelled: true,
  computed: [
    "baseForwardingRule",
    "forwardingRuleId",
    "ipProtocol",
    "network",
    "networkTier",
    "pscConnectionId",
    "pscConnectionStatus",
    "serviceDirectoryRegistrations",
    "subnetwork",
  ],
  outputs: (id) => ({
    baseForwardingRule: "",
    forwardingRuleId: number(id),
    ipProtocol: "TCP",
    network: "",
    networkTier: "PREMIUM",
    pscConnectionId: "",
    pscConnectionStatus: "",
    serviceDirectoryRegistrations: {},
    subnetwork: "",
  }),
});
