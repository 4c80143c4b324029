import type { ReportViolation, ResourceValidation, ResourceValidationArgs } from "@pulumi/policy";

/** What every violation says: what must be, what is, and the line that mends it. */
export interface Violation {
  readonly wanted: string;
  readonly found: string;
  /** File and property. */
  readonly change: string;
}

/** Reports one violation in the one form they all have. */
export function report(reportViolation: ReportViolation, violation: Violation, urn?: string): void {
  const message = `wanted: ${violation.wanted}\nfound:  ${violation.found}\nchange: ${violation.change}`;
  reportViolation(message, urn);
}

/**
 * A check of the resources of one type. Types are named by token and props by a small view: importing the classes of
 * the provider would cost the pack a second at start, and bind it to one version of them.
 *
 * A prop that is not known in a preview throws when it is read, and the check then only advises. So a check reads no more
 * than it needs, and asks `in` where being there is enough.
 */
export function onType<Props>(
  type: string,
  validate: (props: Partial<Props>, resource: ResourceValidationArgs, reportViolation: ReportViolation) => void,
): ResourceValidation {
  return (resource, reportViolation) => {
    if (resource.type === type) validate(resource.props as Partial<Props>, resource, reportViolation);
  };
}

/** A value for a message: `nothing` when there is none. */
export function shown(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
