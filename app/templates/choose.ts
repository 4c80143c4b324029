import type { Firestore } from "firebase-admin/firestore";
import type { OutboundTemplate } from "../channels/channel.ts";
import { isSendable, renderBody, TEMPLATES, type TemplateDocument, templateId } from "./model.ts";

/** What a person picked in the inbox. */
export interface TemplateChoice {
  readonly name: string;
  readonly language: string;
  /** What fills the places of its body, in the order of `variables`. */
  readonly parameters: readonly string[];
}

export type Chosen =
  /** `text` is what the customer will read. */
  | { readonly state: "ready"; readonly text: string; readonly template: OutboundTemplate }
  | { readonly state: "unknown" }
  | { readonly state: "not_sendable"; readonly why: string }
  | { readonly state: "parameters"; readonly variables: readonly string[] };

/** Looks up a template and fills it, as far as what was last read from Meta allows. */
export async function chooseTemplate(db: Firestore, choice: TemplateChoice): Promise<Chosen> {
  const id = templateId(choice.name, choice.language);
  const found = id === undefined ? undefined : (await db.collection(TEMPLATES).doc(id).get()).data();
  const template = found as TemplateDocument | undefined;
  // One that was only heard of has no words yet.
  if (template?.body === undefined) return { state: "unknown" };
  if (!isSendable(template)) return { state: "not_sendable", why: template.obstacle ?? template.status };
  const { name, language, body, variables = [], named = false } = template;
  const { parameters } = choice;
  if (parameters.length !== variables.length) return { state: "parameters", variables };
  const outbound = { name, language, parameters, ...(named && { names: variables }) };
  return { state: "ready", text: renderBody(body, variables, parameters), template: outbound };
}
