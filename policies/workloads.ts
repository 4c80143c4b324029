import type { StackValidationArgs } from "@pulumi/policy";
import { allOf } from "./rule.ts";
import { FUNCTION, type FunctionView, SERVICE, type ServiceView } from "./types.ts";

/** What runs: a Cloud Run service or a function, by what its environment says. */
export interface Workload {
  readonly name: string;
  readonly urn: string;
  /** The e-mail address of its service account; empty when it has none of its own. */
  readonly account: string;
  readonly values: readonly (readonly [variable: string, value: string])[];
  readonly secrets: readonly { readonly variable: string; readonly secret: string }[];
}

export function workloadsOf(stack: StackValidationArgs): Workload[] {
  const services = allOf<ServiceView>(stack, SERVICE).map(({ name, urn, props }) => {
    const variables = (props.template?.containers ?? []).flatMap((container) => container.envs ?? []);
    return {
      name,
      urn,
      account: props.template?.serviceAccount ?? "",
      values: variables
        .filter(({ value }) => value !== undefined)
        .map(({ name, value }) => [name, value ?? ""] as const),
      secrets: variables.flatMap(({ name, valueSource }) =>
        valueSource?.secretKeyRef ? [{ variable: name, secret: valueSource.secretKeyRef.secret }] : [],
      ),
    };
  });
  const functions = allOf<FunctionView>(stack, FUNCTION).map(({ name, urn, props }) => ({
    name,
    urn,
    account: props.serviceConfig?.serviceAccountEmail ?? "",
    values: Object.entries(props.serviceConfig?.environmentVariables ?? {}),
    secrets: (props.serviceConfig?.secretEnvironmentVariables ?? []).map(({ key, secret }) => ({
      variable: key,
      secret,
    })),
  }));
  return [...services, ...functions];
}
