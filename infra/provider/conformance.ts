import { nestedShapes, type Shape, shapeOf } from "./types.ts";

/** For tests: one thing in which inputs are not what the provider takes without a word. */
export interface Finding {
  /** `template.containers[0].image` */
  readonly path: string;
  readonly problem: string;
}

const nested = nestedShapes();

/** Holds a resource's inputs against what the provider says of its type. */
export function nonconformities(type: string, inputs: Readonly<Record<string, unknown>>): Finding[] {
  return check(shapeOf(type), inputs, "");
}

function check(shape: Shape, value: Readonly<Record<string, unknown>>, path: string): Finding[] {
  const missing = [...shape]
    .filter(([name, property]) => property.required && value[name] === undefined)
    .map(([name]) => ({ path: `${path}${name}`, problem: "required, and missing" }));
  const present = Object.entries(value).flatMap(([name, child]): Finding[] => {
    const property = shape.get(name);
    const at = `${path}${name}`;
    if (!property) return [{ path: at, problem: "no input of this type" }];
    const found: Finding[] = [];
    if (property.deprecated !== undefined) found.push({ path: at, problem: `deprecated: ${property.deprecated}` });
    const one = property.values && typeof child === "string" && child !== "" && !property.values.includes(child);
    if (one) found.push({ path: at, problem: `${child} is none of ${property.values?.join(", ")}` });
    return [...found, ...within(property.holds, child, at)];
  });
  return [...missing, ...present];
}

/** What an object, or each object of a list, holds. */
function within(holds: string | undefined, child: unknown, path: string): Finding[] {
  if (holds === undefined || typeof child !== "object" || child === null) return [];
  const shape = nested.get(holds);
  if (!shape) return [{ path, problem: `${holds} is not in the type files` }];
  if (Array.isArray(child)) return child.flatMap((element, index) => within(holds, element, `${path}[${index}]`));
  return check(shape, child as Record<string, unknown>, `${path}.`);
}
