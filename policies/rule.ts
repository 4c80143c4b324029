import type {
  PolicyResource,
  ReportViolation,
  ResourceValidation,
  ResourceValidationArgs,
  StackValidationArgs,
} from "@pulumi/policy";

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

/** A resource of the whole stack, its props narrowed to a view. */
export interface Seen<Props> {
  readonly name: string;
  readonly urn: string;
  readonly props: Partial<Props>;
  readonly options: PolicyResource["opts"];
}

/** Every resource of one type, for a check that needs several together. */
export function allOf<Props>(stack: StackValidationArgs, type: string): Seen<Props>[] {
  return stack.resources
    .filter((resource) => resource.type === type)
    .map(({ name, urn, props, opts }) => ({ name, urn, props: props as Partial<Props>, options: opts }));
}

/** A grant of one role to one member, on whatever it may be. */
export const isMember = (type: string): boolean => /I(AM|am)Member$/.test(type);

/** Seconds of a duration as Google writes it, such as `60s`; `undefined` for anything else. */
export function seconds(duration: string | undefined): number | undefined {
  const [, digits] = /^(\d+(?:\.\d+)?)s$/.exec(duration ?? "") ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** The short name at the end of a full one: `projects/p/topics/t` and `t` name the same topic. */
export function shortName(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
