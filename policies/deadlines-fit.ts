import type { StackValidationPolicy } from "@pulumi/policy";
import { allOf, report, seconds, shown } from "./rule.ts";
import { JOB, type JobView, SERVICE, type ServiceView, SUBSCRIPTION, type SubscriptionView } from "./types.ts";

interface Config {
  /** Seconds that the slowest handler needs: a model's answer and its sending. */
  readonly minAckSeconds: number;
}

/**
 * Whoever waits must wait longer than the work takes and no longer than the service lets it take: a queue that gives up
 * first delivers the same job twice, a service that gives up first cuts work off that somebody still waits for.
 */
export const deadlinesFit: StackValidationPolicy = {
  name: "deadlines-fit",
  description: "Deadlines of queues and schedules fit the work and the timeout of the service; pushes back off.",
  severity: "high",
  configSchema: { properties: { minAckSeconds: { type: "number", default: 30, minimum: 10, maximum: 600 } } },
  validateStack(stack, reportViolation) {
    const { minAckSeconds } = stack.getConfig<Config>();
    const services = allOf<ServiceView>(stack, SERVICE);
    // Cloud Run's own default where nothing is said.
    const timeout = Math.min(...services.map(({ props }) => seconds(props.template?.timeout) ?? 300));

    for (const { name, urn, props } of allOf<SubscriptionView>(stack, SUBSCRIPTION)) {
      if (!props.pushConfig) continue;
      const change = `of subscription ${name} in infra/components/deliveries.ts`;
      const ack = props.ackDeadlineSeconds;
      if (ack === undefined || ack < minAckSeconds || ack > timeout) {
        const wanted = `ackDeadlineSeconds from ${minAckSeconds} to ${timeout}, the service's timeout`;
        report(reportViolation, { wanted, found: shown(ack), change: `ackDeadlineSeconds ${change}` }, urn);
      }
      const least = seconds(props.retryPolicy?.minimumBackoff);
      const most = seconds(props.retryPolicy?.maximumBackoff);
      if (least === undefined || most === undefined || least > most) {
        const wanted = "a retryPolicy whose minimumBackoff is at most its maximumBackoff";
        report(reportViolation, { wanted, found: shown(props.retryPolicy), change: `retryPolicy ${change}` }, urn);
      }
    }
    for (const { name, urn, props } of allOf<JobView>(stack, JOB)) {
      const deadline = seconds(props.attemptDeadline);
      if (deadline !== undefined && deadline >= 15 && deadline <= timeout) continue;
      const wanted = `attemptDeadline from "15s" to "${timeout}s", the service's timeout`;
      const change = `deadlineSeconds of ${name} in infra/components/schedules.ts`;
      report(reportViolation, { wanted, found: shown(props.attemptDeadline), change }, urn);
    }
  },
};
