import { useCallback, useEffect, useRef, useState } from "react";
import type { Metrics, MetricsRange } from "../../../app/metrics/response.ts";
import type { ApiPorts } from "../data/api.ts";
import { loadMetrics } from "./load.ts";

/** How often the figures are read again while they are looked at; the counts behind them grow every five minutes. */
const AGAIN_MS = 60_000;

export interface MetricsState {
  /** The figures of the range, or of the one before while the next is on its way. */
  readonly value: Metrics | undefined;
  readonly failed: boolean;
  retry(): Promise<void>;
}

/** The figures of a range, read again every minute while the page is seen. */
export function useMetrics(ports: ApiPorts, range: MetricsRange): MetricsState {
  const [value, setValue] = useState<Metrics>();
  const [failed, setFailed] = useState(false);
  const newest = useRef<object>(undefined);
  const read = useCallback(async () => {
    const mine = {};
    newest.current = mine;
    const [outcome] = await Promise.allSettled([loadMetrics(ports, range)]);
    // What was asked for later counts, whichever answer comes last.
    if (newest.current !== mine) return;
    setFailed(outcome.status === "rejected");
    if (outcome.status === "fulfilled") setValue(outcome.value);
  }, [ports, range]);

  useEffect(() => {
    void read();
    const timer = setInterval(() => {
      if (!document.hidden) void read();
    }, AGAIN_MS);
    return () => {
      clearInterval(timer);
      newest.current = undefined;
    };
  }, [read]);
  return { value, failed, retry: read };
}
