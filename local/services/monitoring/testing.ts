import { runProgram } from "../../../infra/testing.ts";
import { readLogLine } from "./log-line.ts";
import { logMetricInputs } from "./log-metrics.ts";
import { createMonitoring, type Monitoring } from "./monitoring.ts";
import { type Change, policyInputs } from "./policy.ts";

/** For tests only: the alerts of the stack as it ships, over lines that a test writes, in a time that a test keeps. */

export interface Stage {
  readonly monitoring: Monitoring;
  /** Milliseconds. */
  readonly now: () => number;
  /** What has opened and closed, with the seconds since the stage began. */
  readonly changes: (Change & { readonly after: number })[];
  /** A process's log line, now. */
  write(line: string): void;
  /** Lets time pass; every 30 s the policies are looked at, and before each look `during` is called. */
  pass(seconds: number, during?: () => void | Promise<void>): Promise<void>;
  /** The notifications that a channel would have got, of one policy or all. */
  told(policy?: string): string[];
}

const START = Date.UTC(2026, 10, 24, 12);
const LOOK_SECONDS = 30;
const RESOURCE = { type: "cloud_run_revision", labels: { service_name: "servio-webhook" } };

const shipped = runProgram();

/** The shipped stack's metrics, objective and policies. */
export async function setStage(): Promise<Stage> {
  const run = await shipped;
  const monitoring = createMonitoring();
  for (const { inputs } of run.of("gcp:logging/metric:Metric")) monitoring.putMetric(logMetricInputs.parse(inputs));
  for (const { inputs } of run.of("gcp:monitoring/slo:Slo")) {
    const { goodTotalRatio } = inputs.requestBasedSli as { goodTotalRatio: Record<string, string> };
    const name = `projects/123456789012/services/${inputs.service}/serviceLevelObjectives/${inputs.sloId}`;
    monitoring.putObjective(name, {
      goal: Number(inputs.goal),
      good: goodTotalRatio.goodServiceFilter ?? "",
      total: goodTotalRatio.totalServiceFilter ?? "",
    });
  }
  for (const { name, inputs } of run.of("gcp:monitoring/alertPolicy:AlertPolicy")) {
    monitoring.putPolicy(name, policyInputs.parse(inputs));
  }
  let now = START;
  const changes: Stage["changes"] = [];
  return {
    monitoring,
    now: () => now,
    changes,
    write(line) {
      const entry = readLogLine(line, RESOURCE);
      if (entry) monitoring.take({ ...entry, at: now });
    },
    async pass(seconds, during) {
      for (let passed = 0; passed < seconds; passed += LOOK_SECONDS) {
        await during?.();
        now += LOOK_SECONDS * 1000;
        for (const change of monitoring.evaluate(now)) changes.push({ ...change, after: (now - START) / 1000 });
      }
    },
    told: (policy) =>
      changes
        .filter(({ incident, channels }) => channels.length > 0 && (policy === undefined || incident.policy === policy))
        .map(({ incident, state }) => `${incident.policy} ${state}`),
  };
}
