import type { ReportViolation, ResourceValidationPolicy } from "@pulumi/policy";
import { onType, report, shown } from "./rule.ts";
import { FUNCTION, type FunctionView, SERVICE, type ServiceView } from "./types.ts";

/**
 * An environment is read once, when an instance starts. With `latest` two instances of one revision may hold different
 * secrets, and a rollback of the service does not bring back the secret it ran with.
 */
export const pinnedSecrets: ResourceValidationPolicy = {
  name: "pinned-secrets",
  description: "Secrets are read at a pinned version.",
  severity: "medium",
  validateResource: [
    onType<ServiceView>(SERVICE, (service, resource, reportViolation) => {
      for (const container of service.template?.containers ?? []) {
        for (const variable of container.envs ?? []) {
          const reference = variable.valueSource?.secretKeyRef;
          if (reference) demandNumber(variable.name, reference.version, resource.name, reportViolation);
        }
      }
    }),
    onType<FunctionView>(FUNCTION, (fn, resource, reportViolation) => {
      for (const variable of fn.serviceConfig?.secretEnvironmentVariables ?? []) {
        demandNumber(variable.key, variable.version, resource.name, reportViolation);
      }
    }),
  ],
};

function demandNumber(
  name: string,
  version: string | undefined,
  where: string,
  reportViolation: ReportViolation,
): void {
  if (/^\d+$/.test(version ?? "")) return;
  report(reportViolation, {
    wanted: `the number of a version for ${name}`,
    found: shown(version),
    change: `version of ${name} of ${where}: take it from the SecretVersion, as infra/components/secrets.ts does`,
  });
}
