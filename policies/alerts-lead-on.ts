import type { ResourceValidationPolicy } from "@pulumi/policy";
import { onType, report } from "./rule.ts";
import { ALERT_POLICY } from "./types.ts";

interface AlertView {
  readonly notificationChannels: readonly string[];
  readonly documentation: { readonly content?: string; readonly links?: readonly object[] };
}

interface Config {
  /** What the text of an alert must hold, as a regular expression. */
  readonly runbook: string;
}

/** An alert that reaches nobody is decoration; one without a runbook wakes somebody who then has to guess. */
export const alertsLeadOn: ResourceValidationPolicy = {
  name: "alerts-lead-on",
  description: "Every alert reaches a channel and names its runbook.",
  severity: "high",
  configSchema: { properties: { runbook: { type: "string", default: "[Rr]unbook" } } },
  validateResource: onType<AlertView>(ALERT_POLICY, (alert, resource, reportViolation) => {
    const change = `alert ${resource.name} in infra/components/monitoring`;
    if ((alert.notificationChannels?.length ?? 0) === 0) {
      report(reportViolation, { wanted: "a notification channel", found: "none", change });
    }
    const { runbook } = resource.getConfig<Config>();
    const linked = (alert.documentation?.links?.length ?? 0) > 0;
    if (linked || new RegExp(runbook).test(alert.documentation?.content ?? "")) return;
    report(reportViolation, { wanted: "documentation that names the runbook", found: "none", change });
  }),
};
