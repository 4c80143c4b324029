import type { Timestamp } from "firebase-admin/firestore";

/** WhatsApp's message templates: the one kind of message that may open a conversation. */

export const TEMPLATES = "templates";

/** Meta's states that matter; others are kept as they are, and not sent. */
export const APPROVED = "APPROVED";

/** Why a template that Meta has approved cannot be sent from here: it wants more than the values of its body. */
export type TemplateObstacle = "header_media" | "header_variable" | "button_variable" | "authentication";

/** `templates/{name}_{language}`: what Meta says of it, and what administrators add. */
export interface TemplateDocument {
  name: string;
  /** `pt_BR` */
  language: string;
  channel: "whatsapp";
  /** `APPROVED`, `PENDING`, `REJECTED`, `PAUSED`, `DISABLED`, `DELETED` … */
  status: string;
  /** When Meta said so: an older word does not overwrite a newer one. */
  statusAt: Timestamp;
  /** `MARKETING`, `UTILITY` or `AUTHENTICATION` */
  category?: string;
  /** The text, with `{{1}}` or `{{name}}` where values go. */
  body?: string;
  /** What stands between the braces, in the order in which values are given. */
  variables?: string[];
  /** Whether values are given by name instead of by place. */
  named?: boolean;
  obstacle?: TemplateObstacle | null;
  /** `GREEN`, `YELLOW` or `RED` */
  quality?: string | null;
  /** Why Meta refused or paused it, in Meta's words. */
  reason?: string | null;
  /** The WhatsApp business account that owns it. */
  account?: string;
  /** When it was last read from Meta; absent: only heard of. */
  syncedAt?: Timestamp;
  /** Administrators: the automation that uses it. Without it a template serves the automation whose name it bears. */
  trigger?: string;
  /** Administrators: which of the automation's values go where. Without it: by name, else in the automation's order. */
  parameters?: string[];
}

/** Firestore takes no `/` in an id, and Meta takes only these in a name. */
const NAME = /^[a-z0-9_]{1,512}$/;
const LANGUAGE = /^[A-Za-z_]{2,10}$/;

/** The document's id; undefined for what can be no template. */
export function templateId(name: string, language: string): string | undefined {
  return NAME.test(name) && LANGUAGE.test(language) ? `${name}_${language}` : undefined;
}

/** Whether it can be sent from here, now. */
export function isSendable(template: Pick<TemplateDocument, "status" | "obstacle">): boolean {
  return template.status === APPROVED && template.obstacle == null;
}

/** The text with its values in place: what the customer will read. */
export function renderBody(body: string, variables: readonly string[], values: readonly string[]): string {
  return body.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => values[variables.indexOf(name)] ?? whole);
}
