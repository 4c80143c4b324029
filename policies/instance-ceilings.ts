import type { ReportViolation, ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { onType, report, shown } from "./rule.ts";
import { FUNCTION, type FunctionView, SERVICE, type ServiceView } from "./types.ts";

interface Config {
  /** Instances that one service may grow to. */
  readonly max: number;
  /** Instances that one service may keep warm. */
  readonly maxWarm: number;
}

/** An attack, or a loop of our own, must not be answered with money. */
export const instanceCeilings: ResourceValidationPolicy = {
  name: "instance-ceilings",
  description: "Services scale within a ceiling, keep few instances warm, and pay for a CPU only while it works.",
  severity: "medium",
  configSchema: {
    properties: {
      max: { type: "number", default: 20, minimum: 1 },
      maxWarm: { type: "number", default: 2, minimum: 0 },
    },
  },
  validateResource: [
    onType<ServiceView>(SERVICE, ({ template }, resource, reportViolation) => {
      const { minInstanceCount, maxInstanceCount } = template?.scaling ?? {};
      demandBounds(minInstanceCount, maxInstanceCount, "api", resource, reportViolation);
      for (const container of template?.containers ?? []) {
        if (container.resources?.cpuIdle === true) continue;
        report(reportViolation, {
          wanted: "resources.cpuIdle true: said nothing beside limits, a CPU is paid for day and night",
          found: shown(container.resources?.cpuIdle),
          change: `resources of ${resource.name} in infra/components/api.ts`,
        });
      }
    }),
    onType<FunctionView>(FUNCTION, ({ serviceConfig }, resource, reportViolation) => {
      const { minInstanceCount, maxInstanceCount } = serviceConfig ?? {};
      demandBounds(minInstanceCount, maxInstanceCount, "webhook", resource, reportViolation);
    }),
  ],
};

function demandBounds(
  warm: number | undefined,
  most: number | undefined,
  prefix: string,
  resource: ResourceValidationArgs,
  reportViolation: ReportViolation,
): void {
  const { max, maxWarm } = resource.getConfig<Config>();
  if (most === undefined || most > max) {
    report(reportViolation, {
      wanted: `at most ${max} instances`,
      found: shown(most),
      change: `pulumi config set servio-omnichannel:${prefix}MaxInstances ${max}`,
    });
  }
  if ((warm ?? 0) > maxWarm) {
    report(reportViolation, {
      wanted: `at most ${maxWarm} warm instances`,
      found: shown(warm),
      change: `pulumi config set servio-omnichannel:${prefix}MinInstances ${maxWarm}`,
    });
  }
}
