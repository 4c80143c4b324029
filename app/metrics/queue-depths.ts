import { cloudMonitoring } from "../telemetry/cloud-monitoring.ts";
import type { Log } from "../telemetry/log.ts";
import type { QueueDepths, ReadQueueDepths } from "./present.ts";

/** The subscription behind each queue, by the names that `infra/components` gives them. */
export const QUEUE_SUBSCRIPTIONS = {
  replies: "servio-replies",
  inbound: "servio-inbound-fallback",
  deadLetters: "servio-dead-letters-held",
} as const satisfies Readonly<Record<keyof QueueDepths, string>>;

/** Sampled every minute, and seen up to two minutes later: https://cloud.google.com/monitoring/api/metrics_gcp_p_z */
const UNDELIVERED = "pubsub.googleapis.com/subscription/num_undelivered_messages";
const LOOK_BACK_MS = 5 * 60_000;
/** No point is newer before then, and reading costs: https://cloud.google.com/products/observability/pricing */
const KEEP_MS = 60_000;

/** As much of a time series as is read here; the newest point comes first. */
export interface DepthSeries {
  readonly resource?: { readonly labels?: Readonly<Record<string, string>> | null } | null;
  readonly points?:
    | readonly { readonly value?: { readonly int64Value?: number | string | { toString(): string } | null } | null }[]
    | null;
}

export interface DepthQuery {
  readonly name: string;
  readonly filter: string;
  readonly interval: { readonly startTime: { seconds: number }; readonly endTime: { seconds: number } };
  readonly view: "FULL";
}

export interface QueueDepthOptions {
  readonly project: string;
  readonly log: Log;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** @default Cloud Monitoring */
  readonly list?: (query: DepthQuery) => Promise<readonly DepthSeries[]>;
}

/**
 * How many messages each queue holds, from Cloud Monitoring, whose client is loaded when it is first asked. Asked once a
 * minute at most, however many look; when it does not answer, nobody knows, and the rest of the page is there.
 */
export function createQueueDepths(options: QueueDepthOptions): ReadQueueDepths {
  const { project, log, now, list = listTimeSeries } = options;
  let known: { readonly at: number; readonly depths: Promise<QueueDepths | null> } | undefined;

  const read = async (at: number): Promise<QueueDepths | null> => {
    try {
      return depthsOf(await list(queryAt(project, at)));
    } catch (error) {
      log.warn({ err: error }, "Cloud Monitoring does not say how many messages wait in the queues");
      return null;
    }
  };
  return () => {
    const at = now();
    if (known === undefined || at - known.at >= KEEP_MS) known = { at, depths: read(at) };
    return known.depths;
  };
}

function queryAt(project: string, at: number): DepthQuery {
  const names = Object.values(QUEUE_SUBSCRIPTIONS).map((subscription) => `"${subscription}"`);
  return {
    name: `projects/${project}`,
    filter: `metric.type="${UNDELIVERED}" AND resource.labels.subscription_id=one_of(${names.join(",")})`,
    interval: { startTime: seconds(at - LOOK_BACK_MS), endTime: seconds(at) },
    view: "FULL",
  };
}

function seconds(at: number): { seconds: number } {
  return { seconds: Math.floor(at / 1_000) };
}

/** A queue that Cloud Monitoring has not seen yet is unknown, not empty. */
function depthsOf(series: readonly DepthSeries[]): QueueDepths {
  const depth = (subscription: string): number | null => {
    const found = series.find(({ resource }) => resource?.labels?.subscription_id === subscription);
    const value = found?.points?.[0]?.value?.int64Value;
    return value === undefined || value === null ? null : Number(value);
  };
  return {
    replies: depth(QUEUE_SUBSCRIPTIONS.replies),
    inbound: depth(QUEUE_SUBSCRIPTIONS.inbound),
    deadLetters: depth(QUEUE_SUBSCRIPTIONS.deadLetters),
  };
}

async function listTimeSeries(query: DepthQuery): Promise<readonly DepthSeries[]> {
  const [series] = await (await cloudMonitoring()).listTimeSeries(query);
  return series;
}
