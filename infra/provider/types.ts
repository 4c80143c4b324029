import { readFileSync } from "node:fs";

/**
 * For tests: what the type files of `@pulumi/gcp` say of inputs. They are written from the schema of the very provider
 * that `pulumi up` runs, and say more than the compiler checks: what is deprecated, and which values are possible.
 */

/** One input property. */
export interface Property {
  readonly required: boolean;
  /** The reason, where the provider warns of its use. */
  readonly deprecated?: string;
  /** The values that are possible, where the documentation lists them. */
  readonly values?: readonly string[];
  /** What it holds, or what the elements of its list hold, by the name of that interface: `pubsub.SubscriptionPushConfig`. */
  readonly holds?: string;
}

/** The properties of one interface, by name. */
export type Shape = ReadonlyMap<string, Property>;

const PACKAGE = new URL("../../node_modules/@pulumi/gcp/", import.meta.url);

/** The file of a type: `firestore/index` would be that of the whole module, and names with capitals at their head lose them. */
function filesOf(type: string): string[] {
  const [, module = ""] = type.split(":");
  const file = module === "firestore/index" ? "firestore/index_" : module;
  return [`${file}.d.ts`, `${file.toLowerCase()}.d.ts`];
}

/** The inputs of a resource type, such as `gcp:pubsub/topic:Topic`. @throws when the package has no such type. */
export function shapeOf(type: string): Shape {
  const name = type.split(":").at(-1);
  for (const file of filesOf(type)) {
    const text = read(file);
    const start = text?.indexOf(`export interface ${name}Args {`) ?? -1;
    if (text !== undefined && start >= 0) return properties(text.slice(start, text.indexOf("\n}", start)), "    ");
  }
  throw new Error(`@pulumi/gcp has no ${name}Args in ${filesOf(type).join(" or ")}`);
}

/** Every nested interface of inputs, by namespace and name. */
export function nestedShapes(): ReadonlyMap<string, Shape> {
  const shapes = new Map<string, Shape>();
  for (const namespace of read("types/input.d.ts")?.split("export declare namespace ").slice(1) ?? []) {
    const module = namespace.slice(0, namespace.indexOf(" {"));
    for (const part of namespace.split("\n    interface ").slice(1)) {
      const name = part.slice(0, part.indexOf(" {"));
      shapes.set(`${module}.${name}`, properties(part.slice(0, part.indexOf("\n    }")), "        "));
    }
  }
  return shapes;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(new URL(file, PACKAGE), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** The properties of an interface's body, whose lines are indented so far. */
function properties(body: string, indent: string): Shape {
  const pattern = new RegExp(`(?:^${indent}/\\*\\*([\\s\\S]*?)\\*/\\n)?^${indent}(\\w+)(\\??): (.*)`, "gm");
  return new Map(
    [...body.matchAll(pattern)].map(([, doc = "", name = "", optional, kind = ""]) => [
      name,
      { required: optional === "", ...ofDocumentation(doc), ...nested(kind) },
    ]),
  );
}

function nested(kind: string): Pick<Property, "holds"> {
  const [, holds] = /inputs\.([\w.]+)/.exec(kind) ?? [];
  return holds === undefined ? {} : { holds };
}

function ofDocumentation(doc: string): Pick<Property, "deprecated" | "values"> {
  const text = doc.replace(/\n\s*\* ?/g, "\n");
  const [, deprecated] = /@deprecated (.*)/.exec(text) ?? [];
  const [, list] = /Possible values are: ((?:`[^`]*`(?:, )?)+)/.exec(text) ?? [];
  return {
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(list === undefined ? {} : { values: [...list.matchAll(/`([^`]*)`/g)].map(([, value = ""]) => value) }),
  };
}
