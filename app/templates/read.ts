import { Timestamp } from "firebase-admin/firestore";
import * as z from "zod";
import { APPROVED, type TemplateDocument, type TemplateObstacle, templateId } from "./model.ts";

/** What Graph tells about templates, as it stands in the documents. Pure. */

const component = z.looseObject({
  type: z.string(),
  format: z.string().optional(),
  text: z.string().optional(),
  buttons: z.array(z.looseObject({ type: z.string(), url: z.string().optional() })).catch([]),
});
const template = z.object({
  name: z.string(),
  language: z.string(),
  status: z.string(),
  category: z.string().optional(),
  parameter_format: z.string().optional(),
  components: z.array(component).catch([]),
  quality_score: z.object({ score: z.string() }).optional().catch(undefined),
  rejected_reason: z.string().optional(),
});
type Component = z.output<typeof component>;

/** One page of `GET /{business}/message_templates`. */
export const templatesPage = z.object({
  data: z.array(z.unknown()),
  paging: z
    .object({ cursors: z.object({ after: z.string().optional() }).optional(), next: z.string().optional() })
    .optional()
    .catch(undefined),
});

/** Fields that the page is asked for. */
export const TEMPLATE_FIELDS =
  "name,language,status,category,components,parameter_format,quality_score,rejected_reason";

/**
 * One template of Graph's list; undefined for what is none.
 * Source: https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates
 *
 * @param at when the list was asked for, in Unix milliseconds
 */
export function readTemplate(
  raw: unknown,
  account: string,
  at: number,
): { readonly id: string; readonly document: TemplateDocument } | undefined {
  const read = template.safeParse(raw).data;
  const id = read && templateId(read.name, read.language);
  if (!read || id === undefined) return undefined;
  const body = part(read.components, "BODY")?.text ?? "";
  const named = read.parameter_format?.toUpperCase() === "NAMED";
  const document: TemplateDocument = {
    name: read.name,
    language: read.language,
    channel: "whatsapp",
    status: read.status.toUpperCase(),
    statusAt: Timestamp.fromMillis(at),
    body,
    variables: variablesOf(body, named),
    named,
    obstacle: obstacleOf(read.category, read.components) ?? null,
    quality: known(read.quality_score?.score),
    reason: known(read.rejected_reason),
    account,
    syncedAt: Timestamp.fromMillis(at),
    ...(read.category !== undefined && { category: read.category }),
  };
  return { id, document };
}

function part(components: readonly Component[], type: string): Component | undefined {
  return components.find((one) => one.type.toUpperCase() === type);
}

/** Each once; numbers in their own order, names in the order of the text. */
function variablesOf(text: string, named: boolean): string[] {
  const found = [...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].flatMap(([, name]) => name ?? []))];
  return named ? found : found.sort((a, b) => Number(a) - Number(b));
}

function obstacleOf(category: string | undefined, components: readonly Component[]): TemplateObstacle | undefined {
  if (category?.toUpperCase() === "AUTHENTICATION") return "authentication";
  const header = part(components, "HEADER");
  if (header && (header.format ?? "TEXT").toUpperCase() !== "TEXT") return "header_media";
  if (header?.text?.includes("{{")) return "header_variable";
  const buttons = part(components, "BUTTONS")?.buttons ?? [];
  const wantsValue = buttons.some(({ type, url }) => url?.includes("{{") || type.toUpperCase() === "COPY_CODE");
  return wantsValue ? "button_variable" : undefined;
}

/** Meta writes `NONE` and `UNKNOWN` for nothing. */
function known(value: string | undefined): string | null {
  return value === undefined || value === "NONE" || value === "UNKNOWN" ? null : value;
}

/** The state after an event of `message_template_status_update`; undefined: it says nothing about sending. */
export function statusAfter(event: string): string | undefined {
  const name = event.toUpperCase();
  if (name === "REINSTATED") return APPROVED;
  // A warning: until Meta acts on it the template goes on working.
  if (name === "FLAGGED" || name === "") return undefined;
  return name;
}
