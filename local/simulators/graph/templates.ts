import type { Simulation } from "../simulation.ts";
import { GraphError } from "./errors.ts";

/**
 * The message templates of the simulated business, as Graph lists them. Those that `PUT /control/settings` names and that
 * are not here have a body without values.
 * Source: https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates
 */
interface Template {
  readonly name: string;
  readonly category: "UTILITY" | "MARKETING";
  readonly body: string;
  /** @default "POSITIONAL" */
  readonly format?: "NAMED";
}

const LANGUAGE = "pt_BR";
const TEMPLATES: readonly Template[] = [
  {
    name: "followup_48h",
    category: "MARKETING",
    body: "Olá! Vi que você não respondeu há alguns dias. Ainda posso ajudar com algo? 😊",
  },
  {
    name: "followup_proposta",
    category: "UTILITY",
    body: 'Olá! Você recebeu uma proposta para "{{1}}". Gostaria de revisar? 📋',
  },
  {
    name: "followup_pagamento",
    category: "UTILITY",
    body: "Olá! Há um pagamento pendente de R$ {{valor}}. Posso ajudar a concluir? 💳",
    format: "NAMED",
  },
  {
    name: "continuar_atendimento",
    category: "UTILITY",
    body: "Olá, {{1}}! Sobre o seu pedido: {{2}} Responda aqui para continuarmos.",
  },
];

const VALUES = /\{\{\s*(\w+)\s*\}\}/g;

function all(simulation: Simulation): (Template & { status: string })[] {
  const { templates } = simulation.settings;
  const known = TEMPLATES.map((one) => ({ ...one, status: templates[one.name] ?? "APPROVED" }));
  const others = Object.entries(templates)
    .filter(([name]) => !TEMPLATES.some((one) => one.name === name))
    .map(([name, status]) => ({ name, status, category: "UTILITY" as const, body: "Mensagem de exemplo." }));
  return [...known, ...others].filter(({ status }) => status !== "MISSING");
}

/** `GET /{business}/message_templates`, in pages. */
export function listTemplates(simulation: Simulation, query: Readonly<Record<string, unknown>>): unknown {
  const limit = Math.max(1, Number(query.limit ?? 25) || 25);
  const start = Number(query.after ?? 0) || 0;
  const everything = all(simulation);
  const page = everything.slice(start, start + limit);
  const end = start + page.length;
  const more = end < everything.length;
  return {
    data: page.map((one, index) => describe(one, start + index)),
    paging: {
      cursors: { before: String(start), after: String(end) },
      ...(more && { next: `${simulation.url}/graph/next?after=${end}` }),
    },
  };
}

function describe(template: Template & { status: string }, index: number) {
  const values = [...template.body.matchAll(VALUES)].map(([, name]) => name ?? "");
  const example =
    template.format === "NAMED"
      ? { body_text_named_params: values.map((name) => ({ param_name: name, example: "exemplo" })) }
      : { body_text: [values.map(() => "exemplo")] };
  return {
    id: String(900_000_000_000_001 + index),
    name: template.name,
    status: template.status,
    language: LANGUAGE,
    category: template.category,
    parameter_format: template.format ?? "POSITIONAL",
    quality_score: { score: "UNKNOWN" },
    rejected_reason: "NONE",
    components: [
      { type: "BODY", text: template.body, ...(values.length > 0 && { example }) },
      { type: "FOOTER", text: "Servio.AI" },
    ],
  };
}

/**
 * What the customer reads.
 *
 * @throws {GraphError} 132001 for a language that the template does not have, 132000 when values are missing or too many,
 * 132012 for a wrong name, 100 for a value of several lines
 */
export function fillTemplate(
  simulation: Simulation,
  { name, language }: { readonly name: string; readonly language: string },
  given: readonly { readonly parameter_name?: string | undefined; readonly text: string }[],
): string {
  if (given.some(({ text }) => /[\n\r\t]| {5}/.test(text))) {
    const details = "Param text cannot have new-line/tab characters or more than 4 consecutive spaces";
    throw new GraphError(100, { details });
  }
  const template = all(simulation).find((one) => one.name === name);
  if (template && language !== LANGUAGE) {
    throw new GraphError(132001, { details: `template name (${name}) does not exist in ${language}` });
  }
  // A name that nobody described: only what fills it is known.
  if (!template) return given.length === 0 ? `[${name}]` : `[${name}] ${given.map(({ text }) => text).join(" · ")}`;
  const wanted = [...new Set([...template.body.matchAll(VALUES)].map(([, value]) => value ?? ""))];
  if (wanted.length !== given.length) {
    const details = `body: number of localizable_params (${given.length}) does not match the expected number of params (${wanted.length})`;
    throw new GraphError(132000, { details });
  }
  return template.body.replace(VALUES, (_whole, value: string) => {
    const named = template.format === "NAMED" && given.find((one) => one.parameter_name === value);
    const one = template.format === "NAMED" ? named : given[wanted.indexOf(value)];
    if (!one) throw new GraphError(132012, { details: `body: Parameter name is missing or empty: ${value}` });
    return one.text;
  });
}
