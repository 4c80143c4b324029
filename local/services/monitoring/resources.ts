import * as z from "zod";
import { milliseconds } from "../../durations.ts";
import { common, defineHandler, labels } from "../../handler.ts";
import { digest } from "../../names.ts";
import { logMetricInputs } from "./log-metrics.ts";
import { policyInputs } from "./policy.ts";

/** The resources of Cloud Monitoring and Cloud Logging: what is declared is evaluated. */

const kept = { ...common, deletionPolicy: z.string().default("DELETE") };

export const logMetric = defineHandler({
  named: "name",
  inputs: logMetricInputs.extend(kept),
  computed: ["project"],
  create({ inputs }, cloud) {
    cloud.watcher.monitoring.putMetric(inputs);
    return { id: inputs.name, outputs: { project: inputs.project ?? cloud.project } };
  },
  delete: (id, _outputs, cloud) => cloud.watcher.monitoring.deleteMetric(id),
});

export const alertPolicy = defineHandler({
  inputs: policyInputs.extend(kept),
  computed: ["name", "project", "creationRecords", "userLabels"],
  create({ name, inputs }, cloud) {
    cloud.watcher.monitoring.putPolicy(name, inputs);
    cloud.notes.add(
      "Monitoring",
      "alerts are evaluated, twice a minute; dashboards are recorded, and metrics of Google's other services have no data",
    );
    const project = inputs.project ?? cloud.project;
    const id = `projects/${project}/alertPolicies/${name}`;
    const creationRecords = [{ mutateTime: cloud.now().toISOString(), mutatedBy: "local" }];
    return { id, outputs: { name: id, project, creationRecords } };
  },
  delete: (id, _outputs, cloud) => cloud.watcher.monitoring.deletePolicy(lastPart(id)),
});

export const notificationChannel = defineHandler({
  inputs: z.looseObject({
    ...kept,
    type: z.enum(
      ["email", "slack", "pagerduty", "webhook_tokenauth", "webhook_basicauth", "pubsub"],
      "is no type of notification channel that local monitoring can tell",
    ),
    labels: z.record(z.string(), z.string()).default({}),
    userLabels: z.record(z.string(), z.string()).default({}),
  }),
  computed: ["name", "project", "verificationStatus"],
  create({ name, inputs }, cloud) {
    const project = inputs.project ?? cloud.project;
    const id = `projects/${project}/notificationChannels/${digest(name).slice(0, 16)}`;
    cloud.watcher.putChannel({ name: id, type: inputs.type, labels: inputs.labels });
    return { id, outputs: { name: id, project, verificationStatus: "" } };
  },
});

export const metricDescriptor = defineHandler({
  inputs: z.looseObject({
    ...kept,
    type: z.string().regex(/^custom\.googleapis\.com\//, "must begin with custom.googleapis.com/"),
    metricKind: z.enum(["GAUGE", "DELTA", "CUMULATIVE"]),
    valueType: z.enum(["BOOL", "INT64", "DOUBLE", "STRING", "DISTRIBUTION"]),
  }),
  computed: ["name", "project", "monitoredResourceTypes"],
  create({ inputs }, cloud) {
    const project = inputs.project ?? cloud.project;
    const id = `projects/${project}/metricDescriptors/${inputs.type}`;
    return { id, outputs: { name: id, project, monitoredResourceTypes: [] } };
  },
});

export const customService = defineHandler({
  autoName: "serviceId",
  inputs: z.looseObject({ ...kept, serviceId: z.string(), userLabels: labels.default({}) }),
  computed: ["name", "project"],
  create({ inputs }, cloud) {
    const project = inputs.project ?? cloud.project;
    const id = `projects/${project}/services/${inputs.serviceId}`;
    return { id, outputs: { name: id, project } };
  },
});

export const slo = defineHandler({
  autoName: "sloId",
  inputs: z.looseObject({
    ...kept,
    service: z.string(),
    sloId: z.string(),
    goal: z.number().gt(0).lt(1),
    userLabels: labels.default({}),
    requestBasedSli: z.looseObject({
      goodTotalRatio: z.looseObject({ goodServiceFilter: z.string(), totalServiceFilter: z.string() }),
    }),
  }),
  computed: ["name", "project"],
  create({ inputs }, cloud) {
    const project = inputs.project ?? cloud.project;
    const { goodServiceFilter: good, totalServiceFilter: total } = inputs.requestBasedSli.goodTotalRatio;
    // Google answers with the project's number.
    const id = `projects/${cloud.projectNumber}/services/${inputs.service}/serviceLevelObjectives/${inputs.sloId}`;
    cloud.watcher.monitoring.putObjective(id, { goal: inputs.goal, good, total });
    return { id, outputs: { name: id, project } };
  },
});

/** Where Google checks from when nothing is said. */
const ALL_PLACES = ["USA", "EUROPE", "SOUTH_AMERICA", "ASIA_PACIFIC"];

export const uptimeCheck = defineHandler({
  inputs: z.looseObject({
    ...kept,
    displayName: z.string(),
    timeout: z.string(),
    period: z.string().default("300s"),
    checkerType: z.string().default("STATIC_IP_CHECKERS"),
    selectedRegions: z.array(z.string()).optional(),
    userLabels: labels.default({}),
    monitoredResource: z.looseObject({ labels: z.looseObject({ host: z.string() }) }),
    httpCheck: z.looseObject({
      path: z.string().default("/"),
      port: z.number().optional(),
      useSsl: z.boolean().default(false),
    }),
  }),
  computed: ["name", "project", "uptimeCheckId"],
  create({ name, inputs }, cloud) {
    const project = inputs.project ?? cloud.project;
    const uptimeCheckId = `${name}-${digest(name).slice(0, 8)}`;
    const { path, port, useSsl } = inputs.httpCheck;
    const { host } = inputs.monitoredResource.labels;
    cloud.watcher.putCheck({
      id: uptimeCheckId,
      host,
      url: `${useSsl ? "https" : "http"}://${host}:${port ?? (useSsl ? 443 : 80)}${path}`,
      periodMs: milliseconds(inputs.period),
      timeoutMs: milliseconds(inputs.timeout),
      places: inputs.selectedRegions ?? ALL_PLACES,
    });
    const id = `projects/${project}/uptimeCheckConfigs/${uptimeCheckId}`;
    return { id, outputs: { name: id, project, uptimeCheckId } };
  },
});

export const dashboard = defineHandler({
  inputs: z.looseObject({
    ...kept,
    dashboardJson: z.string().refine(isObject, "must be a JSON object"),
  }),
  computed: ["project"],
  create({ name, inputs }, cloud) {
    const project = inputs.project ?? cloud.project;
    return { id: `projects/${project}/dashboards/${name}`, outputs: { project } };
  },
});

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function lastPart(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}
