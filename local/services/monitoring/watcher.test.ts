import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Simulators, startSimulators } from "../../simulators/index.ts";
import { temporaryFolder } from "../../testing.ts";
import { logMetricInputs } from "./log-metrics.ts";
import { policyInputs } from "./policy.ts";
import { createWatcher, type Watcher } from "./watcher.ts";

let simulators: Simulators;
let watcher: Watcher;
let logs: string;

beforeEach(async () => {
  simulators = await startSimulators({ port: 0, host: "127.0.0.1" });
  logs = temporaryFolder();
  // A minute of its time is a tenth of a second of the test's.
  const where = { project: "demo", region: "us-west1", logs, simulatorUrl: simulators.url, pubsubHost: "127.0.0.1:9" };
  watcher = createWatcher({ ...where, speed: 600 });
  watcher.putChannel({
    name: "hook",
    type: "webhook_tokenauth",
    labels: { url: `${simulators.url}/notifications/webhook?token=example` },
  });
  watcher.putChannel({ name: "mail", type: "email", labels: { email_address: "sre@example.com" } });
  watcher.monitoring.putMetric(
    logMetricInputs.parse({
      name: "failures",
      filter: 'resource.type="cloud_run_revision" AND jsonPayload.event="failed"',
      labelExtractors: { channel: "EXTRACT(jsonPayload.channel)" },
      metricDescriptor: { metricKind: "DELTA", valueType: "INT64", labels: [{ key: "channel" }] },
    }),
  );
  watcher.monitoring.putPolicy(
    "failures",
    policyInputs.parse({
      displayName: "Failures",
      combiner: "OR",
      severity: "ERROR",
      notificationChannels: ["hook", "mail"],
      conditions: [
        {
          displayName: "More than one in five minutes",
          conditionThreshold: {
            filter:
              'metric.type="logging.googleapis.com/user/failures" AND resource.type="cloud_run_revision" AND metric.labels.channel="whatsapp"',
            aggregations: [
              { alignmentPeriod: "300s", perSeriesAligner: "ALIGN_DELTA", crossSeriesReducer: "REDUCE_SUM" },
            ],
            comparison: "COMPARISON_GT",
            thresholdValue: 1,
            duration: "60s",
            evaluationMissingData: "EVALUATION_MISSING_DATA_INACTIVE",
          },
        },
      ],
    }),
  );
});

afterEach(async () => {
  await watcher.stop();
  await simulators.close();
});

interface Sent {
  readonly account: string;
  readonly to: string;
  readonly kind: string;
  readonly text: string;
}

async function sent(atLeast: number): Promise<Sent[]> {
  const response = await fetch(`${simulators.url}/control/sent?channel=alerts&atLeast=${atLeast}&timeoutMs=15000`);
  return ((await response.json()) as { sent: Sent[] }).sent;
}

test("lines that a process writes become an incident, told to every channel as it opens and as it closes", async () => {
  const lines: number[] = [];
  const times: Record<string, number | undefined> = {};
  watcher.onLine(({ at }) => void lines.push(at));
  watcher.onChange(({ state, incident }) => {
    times[state] = state === "open" ? incident.startedAt : incident.endedAt;
  });
  watcher.follow("servio-api");
  watcher.start();
  const line = (channel: string) =>
    `${JSON.stringify({ severity: "ERROR", timestamp: new Date().toISOString(), event: "failed", channel })}\n`;
  await appendFile(
    join(logs, "servio-api.log"),
    `Starting\n${line("whatsapp")}${line("instagram")}${line("whatsapp")}`,
  );
  const all = await sent(4);
  expect(all.map(({ account, to, kind }) => `${account} ${to} ${kind}`).sort()).toEqual([
    "email sre@example.com closed",
    "email sre@example.com open",
    "webhook webhook closed",
    "webhook webhook open",
  ]);
  expect(all[0]?.text).toContain("Failures: More than one in five minutes, measured 2");
  expect(watcher.monitoring.incidents()).toEqual([]);
  // Each half minute is looked at on its own, although a look that comes 0.1 s late has missed two of them.
  const after = (time: number | undefined) => ((time ?? Number.NaN) - Math.max(...lines)) / 1000;
  expect(after(times.open)).toBeLessThanOrEqual(60 + 30);
  expect(after(times.closed)).toBeLessThanOrEqual(300 + 30);
});

test("a notification that has no form is refused", async () => {
  const response = await fetch(`${simulators.url}/notifications/webhook`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"version":"1.1"}',
  });
  expect(response.status).toBe(400);
});
