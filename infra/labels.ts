import type { StackConfig } from "./config.ts";

/** The labels of one part of the stack, so that a bill can be split by part. */
export type Labels = Readonly<Record<string, string>>;

/**
 * The one place labels come from. Each component puts them on what it creates, rather than a stack transform or the
 * provider's `defaultLabels`: those are seen neither by mocks nor by policies.
 */
export function labels(config: Pick<StackConfig, "environment" | "labels">, part: string): Labels {
  return { ...config.labels, app: "servio-omnichannel", env: config.environment, part, "managed-by": "pulumi" };
}
