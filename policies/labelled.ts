import type { ReportViolation, ResourceValidationPolicy } from "@pulumi/policy";
import { onType, report, shown } from "./rule.ts";
import { BUCKET, FUNCTION, type Labels, SECRET, SERVICE, type ServiceView, SUBSCRIPTION, TOPIC } from "./types.ts";

interface Config {
  /** Labels that whatever costs money must bear. */
  readonly required: readonly string[];
}

/** What Google accepts as the value of a label; an empty one would differ on every refresh. */
const VALUE = /^[a-z0-9_-]{1,63}$/;

const LABELLED = [BUCKET, FUNCTION, SECRET, SUBSCRIPTION, TOPIC];

/** A bill can be split, and a stray resource traced, only by labels. */
export const labelled: ResourceValidationPolicy = {
  name: "labelled",
  description: "Everything that costs money bears the labels by which the bill is split.",
  severity: "low",
  configSchema: {
    properties: {
      required: { type: "array", items: { type: "string" }, default: ["app", "env", "part", "managed-by"] },
    },
  },
  validateResource: [
    ...LABELLED.map((type) =>
      onType<{ labels: Labels }>(type, ({ labels }, resource, reportViolation) => {
        demand(labels, resource.getConfig<Config>(), `labels of ${resource.name}`, reportViolation);
      }),
    ),
    onType<ServiceView>(SERVICE, ({ labels, template }, resource, reportViolation) => {
      const config = resource.getConfig<Config>();
      demand(labels, config, `labels of ${resource.name}`, reportViolation);
      // Instances are billed by the labels of their revision.
      demand(template?.labels, config, `template.labels of ${resource.name}`, reportViolation);
    }),
  ],
};

function demand(labels: Labels | undefined, config: Config, where: string, reportViolation: ReportViolation): void {
  const wrong = config.required.filter((name) => !VALUE.test(labels?.[name] ?? ""));
  if (wrong.length === 0) return;
  report(reportViolation, {
    wanted: `${wrong.join(", ")} of a-z, 0-9, _ and -`,
    found: shown(labels),
    change: `${where}: take them from labels() in infra/labels.ts`,
  });
}
