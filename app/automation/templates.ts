import type { Firestore } from "firebase-admin/firestore";
import * as z from "zod";
import type { OutboundTemplate } from "../channels/channel.ts";
import { isSendable, TEMPLATES, type TemplateDocument, templateId } from "../templates/index.ts";
import { optional } from "./read.ts";

/** An approved WhatsApp template that stands for a trigger's message outside the window. */
export interface Template {
  readonly name: string;
  readonly language: string;
  /** What its body wants, in order; absent: Meta's list has not been read. */
  readonly variables?: readonly string[] | undefined;
  /** Whether Meta wants the values by name. */
  readonly named?: boolean | undefined;
  /** Names of the message's values, in the order of the body, where an administrator has chosen them. */
  readonly parameters?: readonly string[] | undefined;
}

const document = z.object({
  trigger: optional(z.string().min(1)),
  channel: z.literal("whatsapp").optional(),
  name: z.string().min(1).max(512),
  language: z.string().min(2).max(10).catch("pt_BR"),
  status: z.string().transform((status) => status.toUpperCase()),
  obstacle: z.string().nullish().catch(undefined),
  variables: optional(z.array(z.string())),
  named: optional(z.boolean()),
  parameters: optional(z.array(z.string()).max(20)),
});
type Read = z.output<typeof document>;

/** A business has a few dozen; more than this are not looked at. */
const MOST_TEMPLATES = 500;

/**
 * The template of each trigger: the one that an administrator has assigned (`trigger`), else the one that bears the
 * trigger's name. What Meta was last heard to say of it counts, wherever the assignment stands.
 */
export async function readTemplates(
  db: Firestore,
  triggers: readonly string[],
): Promise<ReadonlyMap<string, Template>> {
  const { docs } = await db.collection(TEMPLATES).limit(MOST_TEMPLATES).get();
  const all = docs.flatMap((one) => {
    const read = document.safeParse(one.data()).data;
    return read ? [{ id: one.id, ...read }] : [];
  });
  const byId = new Map(all.map((one) => [one.id, one]));
  const found = new Map<string, Template>();
  for (const trigger of triggers) {
    const assigned = all.filter((one) => one.trigger === trigger);
    const bearing = all.filter((one) => one.trigger === undefined && one.name === trigger);
    for (const one of [...assigned, ...bearing]) {
      const state: Read = byId.get(templateId(one.name, one.language) ?? "") ?? one;
      if (found.has(trigger) || !isSendable(state as Pick<TemplateDocument, "status" | "obstacle">)) continue;
      const { variables, named } = state;
      found.set(trigger, { name: one.name, language: one.language, variables, named, parameters: one.parameters });
    }
  }
  return found;
}

/** The template filled with a message's values; none when a value that it needs is missing or empty. */
export function fillTemplate(
  template: Template,
  values: Readonly<Record<string, string>>,
): OutboundTemplate | undefined {
  const { variables, named = false } = template;
  const names = template.parameters ?? (named ? variables : Object.keys(values).slice(0, variables?.length ?? 0)) ?? [];
  if (variables !== undefined && names.length !== variables.length) return undefined;
  const parameters = names.map((name) => values[name] ?? "");
  if (parameters.includes("")) return undefined;
  const filled = { name: template.name, language: template.language, parameters };
  return named && variables !== undefined ? { ...filled, names: variables } : filled;
}
