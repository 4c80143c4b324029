/** A resource as the program declares it: all that the estimate knows of a stack. */
export interface Resource {
  /** Pulumi's type token. */
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

type Known = Readonly<Record<string, unknown>>;

/** An input by its path, whatever it holds; `undefined` where a step of the path is not there. */
export function at(resource: Resource, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === "object" && value !== null ? (value as Known)[step] : undefined),
    resource.inputs,
  );
}

export function textAt(resource: Resource, ...path: readonly (string | number)[]): string | undefined {
  const value = at(resource, ...path);
  return typeof value === "string" ? value : undefined;
}

/** A number, also where it is written as text. */
export function numberAt(resource: Resource, ...path: readonly (string | number)[]): number | undefined {
  const value = at(resource, ...path);
  if (typeof value === "number") return value;
  return typeof value === "string" && /^\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

export function listAt(resource: Resource, ...path: readonly (string | number)[]): readonly unknown[] {
  const value = at(resource, ...path);
  return Array.isArray(value) ? value : [];
}

const SECRET = "gcp:secretmanager/secret:Secret";
const SECRET_VERSION = "gcp:secretmanager/secretVersion:SecretVersion";

/** The secret of a version: the two share a name. */
export function secretOf(version: Resource, resources: readonly Resource[]): Resource | undefined {
  return version.type === SECRET_VERSION
    ? resources.find(({ type, name }) => type === SECRET && name === version.name)
    : undefined;
}

/** The part of the stack by which the bill is split: a resource's own label, or for a secret's version the secret's. */
export function partOf(resource: Resource, resources: readonly Resource[]): string | undefined {
  const labelled = secretOf(resource, resources) ?? resource;
  return textAt(labelled, "labels", "part") ?? textAt(labelled, "userLabels", "part");
}
