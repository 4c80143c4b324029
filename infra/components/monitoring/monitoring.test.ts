import { existsSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { runProgram } from "../../testing.ts";
import { MOST_DOCUMENTATION_BYTES } from "./alert.ts";

const ALERT = "gcp:monitoring/alertPolicy:AlertPolicy";
const METRIC = "gcp:logging/metric:Metric";
const CHANNEL = "gcp:monitoring/notificationChannel:NotificationChannel";
const RUNBOOKS = new URL("../../../docs/runbooks/", import.meta.url);

const run = await runProgram();
const labels = { app: "servio-omnichannel", env: "test", part: "monitoring", "managed-by": "pulumi" };
const deliveries =
  'metric.type="logging.googleapis.com/user/servio/webhook_deliveries" AND resource.type="cloud_run_revision"';
const added = { alignmentPeriod: "300s", perSeriesAligner: "ALIGN_DELTA", crossSeriesReducer: "REDUCE_SUM" };

interface Conditions {
  readonly conditions: readonly Record<string, Record<string, unknown>>[];
}

/** The conditions of a policy, without their titles. */
function conditionsOf(name: string): Record<string, unknown>[] {
  const { conditions } = run.one(ALERT, name).inputs as unknown as Conditions;
  return conditions.map(({ displayName: _, ...condition }) => condition);
}

describe("the three alerts of the specification", () => {
  test("more than 5 % of a channel's deliveries fail, and at least five", () => {
    const failed = `${deliveries} AND metric.labels.channel="whatsapp" AND metric.labels.delivery=one_of("unavailable","busy")`;
    expect(run.one(ALERT, "webhook-failures-whatsapp").inputs).toMatchObject({
      project: "example-project",
      displayName: "WhatsApp: mais de 5 % das entregas do webhook falham",
      severity: "CRITICAL",
      combiner: "AND",
      notificationChannels: ["projects/example-project/notificationChannels/notify-email-1"],
      userLabels: labels,
      alertStrategy: { autoClose: "1800s", notificationPrompts: ["OPENED", "CLOSED"] },
    });
    const limit = {
      comparison: "COMPARISON_GT",
      duration: "60s",
      evaluationMissingData: "EVALUATION_MISSING_DATA_INACTIVE",
      trigger: { count: 1 },
    };
    expect(conditionsOf("webhook-failures-whatsapp")).toEqual([
      {
        conditionThreshold: {
          filter: failed,
          aggregations: [added],
          denominatorFilter: `${deliveries} AND metric.labels.channel="whatsapp" AND metric.labels.delivery=one_of("stored","queued","unavailable","busy")`,
          denominatorAggregations: [added],
          thresholdValue: 0.05,
          ...limit,
        },
      },
      { conditionThreshold: { filter: failed, aggregations: [added], thresholdValue: 4, ...limit } },
    ]);
  });

  test("the slowest twentieth of the assistant's answers takes more than 5 s", () => {
    const [latency, count] = conditionsOf("ai-latency");
    expect(latency).toEqual({
      conditionThreshold: {
        filter:
          'metric.type="logging.googleapis.com/user/servio/assistant_latency" AND resource.type="cloud_run_revision"',
        aggregations: [
          { alignmentPeriod: "600s", perSeriesAligner: "ALIGN_DELTA", crossSeriesReducer: "REDUCE_PERCENTILE_95" },
        ],
        comparison: "COMPARISON_GT",
        thresholdValue: 5000,
        duration: "600s",
        evaluationMissingData: "EVALUATION_MISSING_DATA_INACTIVE",
        trigger: { count: 1 },
      },
    });
    expect(count).toMatchObject({
      conditionThreshold: { thresholdValue: 19, aggregations: [{ ...added, alignmentPeriod: "600s" }] },
    });
  });

  test("a channel is offline for 30 minutes, or the probe itself is silent", () => {
    const filter =
      'metric.type="custom.googleapis.com/servio/channel_up" AND resource.type="generic_task" AND metric.labels.channel=one_of("whatsapp","instagram","facebook","webchat")';
    const by = ["metric.label.channel"];
    expect(run.one(ALERT, "channel-offline").inputs).toMatchObject({ severity: "CRITICAL", combiner: "OR" });
    expect(conditionsOf("channel-offline")).toEqual([
      {
        conditionThreshold: {
          filter,
          aggregations: [
            {
              alignmentPeriod: "600s",
              perSeriesAligner: "ALIGN_NEXT_OLDER",
              crossSeriesReducer: "REDUCE_MAX",
              groupByFields: by,
            },
          ],
          comparison: "COMPARISON_LT",
          thresholdValue: 1,
          duration: "1800s",
          evaluationMissingData: "EVALUATION_MISSING_DATA_INACTIVE",
          trigger: { count: 1 },
        },
      },
      {
        conditionAbsent: {
          filter,
          aggregations: [
            {
              alignmentPeriod: "300s",
              perSeriesAligner: "ALIGN_COUNT",
              crossSeriesReducer: "REDUCE_SUM",
              groupByFields: by,
            },
          ],
          duration: "1800s",
          trigger: { count: 1 },
        },
      },
    ]);
  });
});

test("the further ones: what is refused, laid aside, late, unanswered, unreachable, or eats the budget", () => {
  expect(run.of(ALERT).map(({ name, inputs }) => `${name} ${inputs.severity}`)).toEqual([
    "ai-latency ERROR",
    "channel-offline CRITICAL",
    "dead-letters ERROR",
    "inbox-down CRITICAL",
    "no-answer ERROR",
    "oldest-unacked ERROR",
    "webhook-error-budget ERROR",
    "webhook-failures-facebook CRITICAL",
    "webhook-failures-instagram CRITICAL",
    "webhook-failures-whatsapp CRITICAL",
    "webhook-rejections ERROR",
  ]);
  const slo = "projects/123456789012/services/servio-webhook/serviceLevelObjectives/acknowledged";
  const [long, short, count] = conditionsOf("webhook-error-budget");
  expect(long).toMatchObject({
    conditionThreshold: { filter: `select_slo_burn_rate("${slo}", "21600s")`, thresholdValue: 6 },
  });
  expect(short).toMatchObject({ conditionThreshold: { filter: `select_slo_burn_rate("${slo}", "1800s")` } });
  expect(count).toMatchObject({ conditionThreshold: { thresholdValue: 20 } });
});

test("Google takes every condition: whole minutes, both types in a filter, at most six of them", () => {
  for (const { name, inputs } of run.of(ALERT)) {
    const { conditions } = inputs as unknown as Conditions;
    expect(conditions.length, name).toBeLessThanOrEqual(6);
    for (const condition of conditions) {
      const body = condition.conditionThreshold ?? condition.conditionAbsent ?? {};
      expect(body.duration, name).toMatch(/^[1-9]\d*s$/);
      expect(Number.parseInt(String(body.duration), 10) % 60, name).toBe(0);
      const aggregations = (body.aggregations ?? []) as { alignmentPeriod: string }[];
      for (const { alignmentPeriod } of aggregations) expect(Number.parseInt(alignmentPeriod, 10) % 60, name).toBe(0);
      const filter = String(body.filter);
      if (!filter.startsWith("select_slo_burn_rate")) expect(filter).toMatch(/^metric\.type=".+" AND resource\.type="/);
    }
  }
});

describe("runbooks", () => {
  test("every alert brings its own, within what Google takes, and every file belongs to an alert or to the budget", () => {
    const named = new Set<string>();
    for (const { name, inputs } of run.of(ALERT)) {
      const { content = "" } = inputs.documentation as { content?: string };
      const [, file = ""] = /^Runbook: docs\/runbooks\/([\w-]+)\.md\n/.exec(content) ?? [];
      named.add(file);
      expect(existsSync(new URL(`${file}.md`, RUNBOOKS)), name).toBe(true);
      for (const heading of ["## Look", "## Do", "## Verify"]) expect(content, name).toContain(heading);
      expect(Buffer.byteLength(content), name).toBeLessThanOrEqual(MOST_DOCUMENTATION_BYTES);
    }
    const files = readdirSync(RUNBOOKS).map((file) => file.replace(/\.md$/, ""));
    expect(files.sort()).toEqual([...named, "spend"].sort());
  });

  test("where they can be read on the web, an alert links to its own", async () => {
    const linked = await runProgram({ settings: { runbooksUrl: "https://example.com/runbooks/" } });
    expect(linked.one(ALERT, "dead-letters").inputs.documentation).toMatchObject({
      links: [{ displayName: "Runbook", url: "https://example.com/runbooks/dead-letters.md" }],
    });
  });
});

describe("metrics", () => {
  test("a count has the labels that it extracts", () => {
    expect(run.one(METRIC, "webhook-deliveries").inputs).toEqual({
      project: "example-project",
      name: "servio/webhook_deliveries",
      description: "Deliveries of Meta, by what they were answered",
      filter:
        'resource.type="cloud_run_revision" AND resource.labels.service_name=("servio-api" OR "servio-webhook") AND jsonPayload.delivery:*',
      labelExtractors: {
        channel: "EXTRACT(jsonPayload.channel)",
        delivery: "EXTRACT(jsonPayload.delivery)",
        status: "EXTRACT(jsonPayload.status)",
      },
      metricDescriptor: {
        metricKind: "DELTA",
        valueType: "INT64",
        unit: "1",
        displayName: "Deliveries of Meta, by what they were answered",
        labels: ["channel", "delivery", "status"].map((key) => ({ key, valueType: "STRING" })),
      },
    });
  });

  test("a distribution has a bucket that ends where its alert begins", () => {
    const { valueExtractor, metricDescriptor, bucketOptions } = run.one(METRIC, "assistant-latency").inputs;
    expect(valueExtractor).toBe("EXTRACT(jsonPayload.aiLatencyMs)");
    expect(metricDescriptor).toMatchObject({ metricKind: "DELTA", valueType: "DISTRIBUTION", unit: "ms" });
    const { bounds } = (bucketOptions as { explicitBuckets: { bounds: number[] } }).explicitBuckets;
    expect(bounds).toContain(5000);
    expect(bounds).toEqual(bounds.toSorted((left, right) => left - right));
  });

  test("section 8.1 of the specification is covered, and every metric is on a dashboard or in an alert", () => {
    const names = run.of(METRIC).map(({ inputs }) => String(inputs.name));
    expect(names.map((name) => name.replace("servio/", ""))).toEqual([
      "answer_wait",
      "answers_overdue",
      "assistant_answers",
      "assistant_latency",
      "automation_outcomes",
      "automation_runs",
      "messages_not_sent",
      "messages_received",
      "messages_sent",
      "requests",
      "webhook_deliveries",
      "webhook_latency",
    ]);
    const used = JSON.stringify([run.of("gcp:monitoring/dashboard:Dashboard"), run.of(ALERT)]);
    expect(names.filter((name) => !used.includes(`user/${name}`))).toEqual([]);
  });
});

test("dashboards: five pages, every chart in the grid", () => {
  const pages = run.of("gcp:monitoring/dashboard:Dashboard");
  expect(pages.map(({ name }) => name)).toEqual(["assistant", "automations", "channels", "cost", "overview"]);
  for (const { name, inputs } of pages) {
    const page = JSON.parse(String(inputs.dashboardJson)) as {
      displayName: string;
      mosaicLayout: { columns: number; tiles: { xPos: number; width: number; widget: { title: string } }[] };
    };
    expect(page.displayName, name).toMatch(/^Servio: /);
    for (const { xPos, width, widget } of page.mosaicLayout.tiles) {
      expect(xPos + width, widget.title).toBeLessThanOrEqual(page.mosaicLayout.columns);
    }
  }
});

test("the inbox is asked for from three continents, by the page that agents open", () => {
  expect(run.one("gcp:monitoring/uptimeCheckConfig:UptimeCheckConfig", "inbox").inputs).toEqual({
    project: "example-project",
    displayName: "Servio: inbox",
    monitoredResource: {
      type: "uptime_url",
      labels: { project_id: "example-project", host: "servio-api-example.a.run.app" },
    },
    httpCheck: {
      path: "/",
      port: 443,
      useSsl: true,
      validateSsl: true,
      requestMethod: "GET",
      acceptedResponseStatusCodes: [{ statusClass: "STATUS_CLASS_2XX" }],
    },
    timeout: "10s",
    period: "300s",
    selectedRegions: ["USA", "EUROPE", "SOUTH_AMERICA"],
    userLabels: labels,
  });
});

describe("where alerts go", () => {
  test("every way that is configured, secrets kept secret", async () => {
    const all = await runProgram({
      settings: {
        alertEmails: "one@example.com, two@example.com",
        alertSlackChannel: "#incidents",
        alertSlackToken: "xoxb-example",
        alertPagerDutyKey: "0123456789abcdef",
        alertWebhookUrl: "https://example.com/alerts?token=example",
        alertPubSub: "true",
        billingAccount: "012345-6789AB-CDEF01",
      },
    });
    const ways = all
      .of(CHANNEL)
      .map(({ inputs: { type, labels: to, sensitiveLabels } }) => ({ type, to, sensitiveLabels }));
    expect(ways).toEqual([
      { type: "email", to: { email_address: "one@example.com" } },
      { type: "email", to: { email_address: "two@example.com" } },
      { type: "pagerduty", sensitiveLabels: { secret: { serviceKey: "0123456789abcdef" } } },
      { type: "pubsub", to: { topic: "projects/example-project/topics/servio-alerts" } },
      {
        type: "slack",
        to: { channel_name: "#incidents" },
        sensitiveLabels: { secret: { authToken: "xoxb-example" } },
      },
      { type: "webhook_tokenauth", to: { secret: { url: "https://example.com/alerts?token=example" } } },
    ]);
    expect(all.one("gcp:pubsub/topicIAMMember:TopicIAMMember", "alerts-monitoring").inputs).toMatchObject({
      topic: "servio-alerts",
      role: "roles/pubsub.publisher",
    });
    const { notificationChannels } = all.one(ALERT, "no-answer").inputs;
    expect(notificationChannels).toHaveLength(6);
    // Google refuses a budget any channel that is not e-mail.
    expect(all.one("gcp:billing/budget:Budget", "budget").inputs.allUpdatesRule).toEqual({
      monitoringNotificationChannels: [1, 2].map(
        (n) => `projects/example-project/notificationChannels/notify-email-${n}`,
      ),
    });
  });

  test("a budget tells five addresses", async () => {
    const settings = {
      billingAccount: "012345-6789AB-CDEF01",
      alertEmails: [1, 2, 3, 4, 5, 6].map((n) => `person-${n}@example.com`).join(","),
    };
    const { allUpdatesRule } = (await runProgram({ settings })).one("gcp:billing/budget:Budget", "budget").inputs;
    expect(
      (allUpdatesRule as { monitoringNotificationChannels: string[] }).monitoringNotificationChannels,
    ).toHaveLength(5);
  });
});
