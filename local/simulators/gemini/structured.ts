import * as z from "zod";
import type { AnswerLanguage } from "./reading.ts";

/** What the model decided, before it is put into whatever shape the caller's schema asks for. */
export interface Decision {
  readonly reply: string;
  readonly action: "continue" | "handoff";
  readonly reason: string;
  readonly language: AnswerLanguage;
}

interface Schema {
  readonly type?: string | undefined;
  readonly enum?: readonly string[] | undefined;
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
  readonly items?: unknown;
  readonly nullable?: boolean | undefined;
}

const schemaNode: z.ZodType<Schema> = z.looseObject({
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  nullable: z.boolean().optional(),
});

const TEXT_NAMES = /^(reply|text|answer|resposta|message|mensagem)$/i;
const REASON_NAMES = /^(reason|motivo|intent|summary)$/i;
const FLAG_NAMES = /handoff|human|escalat/i;
const LANGUAGE_NAMES = /lang|idioma/i;

/** JSON that fits `schema` and says what was decided; without a schema the shape the app asks for in words. */
export function structured(schema: unknown, decision: Decision): string {
  if (schema === undefined) {
    return JSON.stringify({ reply: decision.reply, action: decision.action, reason: decision.reason });
  }
  return JSON.stringify(fill(schema, "", decision));
}

function fill(schema: unknown, name: string, decision: Decision): unknown {
  const node = schemaNode.catch({}).parse(schema);
  switch (node.type?.toLowerCase()) {
    case "object":
      return Object.fromEntries(
        Object.entries(node.properties ?? {}).map(([property, inner]) => [property, fill(inner, property, decision)]),
      );
    case "array":
      return [];
    case "boolean":
      return FLAG_NAMES.test(name) && decision.action === "handoff";
    case "integer":
    case "number":
      return 1;
    default:
      return fillText(node, name, decision);
  }
}

function fillText(node: Schema, name: string, decision: Decision): string | null {
  if (node.enum) return choose(node.enum, decision);
  if (TEXT_NAMES.test(name)) return decision.reply;
  if (REASON_NAMES.test(name)) return decision.reason;
  if (LANGUAGE_NAMES.test(name)) return decision.language;
  if (name === "action") return decision.action;
  return node.nullable ? null : "";
}

function choose(options: readonly string[], decision: Decision): string {
  const fits = options.find((option) => option === decision.action || option === decision.language);
  const human = decision.action === "handoff" ? options.find((option) => FLAG_NAMES.test(option)) : undefined;
  return fits ?? human ?? options[0] ?? "";
}
