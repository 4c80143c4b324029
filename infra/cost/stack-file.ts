import { parse } from "yaml";
import * as z from "zod";
import { CostError } from "./errors.ts";

/** The settings of a stack that are in plain text, by full key. */
export type StackSettings = Readonly<Record<string, string>>;

const schema = z.object({ config: z.record(z.string(), z.unknown()).default({}) });

/**
 * Reads `Pulumi.<stack>.yaml` leniently: a secret is passed over, since what it holds does not change the cost, and what is
 * missing is left to the example's values.
 * @throws {CostError} for what is no stack's file.
 */
export function readStackFile(name: string, text: string): StackSettings {
  const parsed = schema.safeParse(parse(text));
  if (!parsed.success) {
    throw new CostError("cost_stack_invalid", `${name} is no stack's file: ${z.prettifyError(parsed.error)}`);
  }
  const plain = Object.entries(parsed.data.config).filter((entry): entry is [string, string | number | boolean] =>
    ["string", "number", "boolean"].includes(typeof entry[1]),
  );
  return Object.fromEntries(plain.map(([key, value]) => [key, String(value)]));
}
