import type { Firestore } from "firebase-admin/firestore";
import * as z from "zod";
import { AUTOMATION_COLLECTIONS } from "./model.ts";

/** A WhatsApp template that an administrator has assigned to a trigger. */
export interface Template {
  readonly name: string;
  readonly language: string;
  /** Names of the message's values, in the order of `{{1}}`, `{{2}}` … */
  readonly parameters: readonly string[];
}

const document = z.object({
  trigger: z.string().min(1),
  channel: z.literal("whatsapp").optional(),
  name: z.string().min(1).max(512),
  language: z.string().min(2).max(10).catch("pt_BR"),
  status: z.string().transform((status) => status.toUpperCase()),
  parameters: z.array(z.string()).max(20).catch([]),
});

/** A deployment has a handful of them; more than this is a mistake. */
const MOST_TEMPLATES = 100;

/** The approved template of each trigger: `templates` where `trigger` names one and `status` is APPROVED. */
export async function readTemplates(db: Firestore): Promise<ReadonlyMap<string, Template>> {
  const query = db.collection(AUTOMATION_COLLECTIONS.templates).orderBy("trigger").limit(MOST_TEMPLATES);
  const found = new Map<string, Template>();
  for (const { id: _id, ...data } of (await query.get()).docs.map((one) => ({ id: one.id, ...one.data() }))) {
    const read = document.safeParse(data);
    if (!read.success || read.data.status !== "APPROVED") continue;
    const { trigger, name, language, parameters } = read.data;
    found.set(trigger, { name, language, parameters });
  }
  return found;
}

/** The template filled with a message's values; none when a value that it needs is missing or empty. */
export function fillTemplate(template: Template, values: Readonly<Record<string, string>>) {
  const parameters = template.parameters.map((name) => values[name] ?? "");
  if (parameters.includes("")) return undefined;
  return { name: template.name, language: template.language, parameters };
}
