/** How Google's bill names what the estimate names. */

/** Services of the bill that the price list knows by another name. */
const SERVICES: readonly (readonly [bill: RegExp, sku: RegExp, service: string])[] = [
  [/^(Cloud Run|Cloud Run Functions|Cloud Functions)$/, /./, "Cloud Run"],
  // Firestore's operations came under App Engine for years, and in some accounts still do.
  [/^(App Engine|Cloud Firestore|Firestore)$/, /firestore/i, "Cloud Firestore"],
  [/^(Cloud Firestore|Firestore)$/, /./, "Cloud Firestore"],
  [/^(Compute Engine|Networking|Cloud Load Balancing|Cloud Armor|Network Security)$/, /./, "Networking"],
  [/^(Cloud Monitoring|Stackdriver Monitoring)$/, /./, "Cloud Monitoring"],
  [/^(Cloud Logging|Stackdriver Logging)$/, /./, "Cloud Logging"],
  [/^(Gemini API|Generative Language API)$/, /./, "Gemini API"],
  [/^(Identity Platform|Firebase Authentication)$/, /./, "Identity Platform"],
];

/** The price list's name of a service of the bill. */
export function serviceOf(bill: string, sku: string): string {
  return SERVICES.find(([service, detail]) => service.test(bill) && detail.test(sku))?.[2] ?? bill;
}

interface Sku {
  readonly service: string;
  readonly sku: RegExp;
  readonly prices: readonly string[];
  /** How many of the price list's units one pricing unit of the bill is. @default 1 */
  readonly units?: number;
}

/** Which prices a SKU bills, where its pricing unit is ours. The first that fits counts. */
const SKUS: readonly Sku[] = [
  { service: "Cloud Run", sku: /min.?instance.*cpu|cpu.*min.?instance/i, prices: ["cloud-run/idle-cpu"] },
  { service: "Cloud Run", sku: /min.?instance.*memory|memory.*min.?instance/i, prices: ["cloud-run/idle-memory"] },
  { service: "Cloud Run", sku: /cpu/i, prices: ["cloud-run/cpu", "cloud-run/always-on-cpu"] },
  { service: "Cloud Run", sku: /memory/i, prices: ["cloud-run/memory", "cloud-run/always-on-memory"] },
  { service: "Cloud Run", sku: /request|invocation/i, prices: ["cloud-run/requests"] },
  { service: "Cloud Firestore", sku: /ttl/i, prices: ["firestore/expiries"] },
  { service: "Cloud Firestore", sku: /read/i, prices: ["firestore/reads"] },
  { service: "Cloud Firestore", sku: /write/i, prices: ["firestore/writes"] },
  { service: "Cloud Firestore", sku: /delete/i, prices: ["firestore/deletes"] },
  { service: "Cloud Firestore", sku: /backup/i, prices: ["firestore/backups"] },
  { service: "Cloud Firestore", sku: /pitr|point.in.time/i, prices: ["firestore/point-in-time"] },
  { service: "Cloud Firestore", sku: /storage/i, prices: ["firestore/storage"] },
  { service: "Cloud Pub/Sub", sku: /message delivery/i, prices: ["pubsub/throughput"], units: 1024 },
  { service: "Secret Manager", sku: /version|replica/i, prices: ["secret-manager/versions"] },
  { service: "Secret Manager", sku: /access/i, prices: ["secret-manager/accesses"] },
  { service: "Cloud Scheduler", sku: /job/i, prices: ["scheduler/jobs"] },
  { service: "Cloud Monitoring", sku: /metric volume/i, prices: ["monitoring/metrics"] },
  { service: "Cloud Monitoring", sku: /uptime/i, prices: ["monitoring/uptime-checks"] },
  { service: "Cloud Logging", sku: /log/i, prices: ["logging/storage"] },
  { service: "Cloud Build", sku: /minute|build/i, prices: ["cloud-build/minutes"] },
  { service: "Artifact Registry", sku: /storage/i, prices: ["artifact-registry/storage"] },
];

/** The prices a SKU bills; none where the bill's unit is not one of the list's. */
export function skuOf(service: string, sku: string): Sku | undefined {
  return SKUS.find((known) => known.service === service && known.sku.test(sku));
}
