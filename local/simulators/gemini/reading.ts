import * as z from "zod";

/** What the simulated model understands of a request: who it is to be, what was said last, in which language. */

export type Persona = "cliente" | "prestador" | "prospector" | "admin";
export type AnswerLanguage = "pt" | "en" | "es";
export type Topic = "greeting" | "quote" | "payment" | "proposal" | "person" | "thanks" | "other";

const part = z.looseObject({ text: z.string().optional() });
const content = z.looseObject({ role: z.string().optional(), parts: z.array(part).min(1) });

/** Body of `generateContent`, as far as this simulator looks at it. */
export const generateRequest = z.looseObject({
  contents: z.array(content).min(1),
  systemInstruction: z.union([content, z.string()]).optional(),
  system_instruction: z.union([content, z.string()]).optional(),
  generationConfig: z
    .looseObject({
      maxOutputTokens: z.int().min(1).optional(),
      temperature: z.number().min(0).max(2).optional(),
      responseMimeType: z.string().optional(),
      responseSchema: z.looseObject({}).optional(),
      responseJsonSchema: z.looseObject({}).optional(),
    })
    .optional(),
});
export type GenerateRequest = z.output<typeof generateRequest>;

/** The system instruction as one text. */
export function systemText(request: GenerateRequest): string {
  const instruction = request.systemInstruction ?? request.system_instruction;
  if (instruction === undefined || typeof instruction === "string") return instruction ?? "";
  return joined(instruction.parts);
}

/** Everything the caller sent, for counting tokens. */
export function wholeText(request: GenerateRequest): string {
  return [systemText(request), ...request.contents.map((each) => joined(each.parts))].join("\n");
}

/** What the customer wrote last: the innermost of what the prompt wraps around it (tags, JSON, "Cliente: …"). */
export function lastUserText(request: GenerateRequest): string {
  const last = request.contents.findLast((each) => each.role !== "model") ?? request.contents.at(-1);
  return unwrap(last ? joined(last.parts) : "");
}

function joined(parts: readonly { text?: string | undefined }[]): string {
  return parts.map((each) => each.text ?? "").join("\n");
}

function unwrap(text: string): string {
  const tagged = [...text.matchAll(/<([a-z_:-]+)[^>]*>([\s\S]*?)<\/\1>/gi)].at(-1)?.[2];
  if (tagged !== undefined && tagged.trim() !== "") return tagged.trim();
  const quoted = [...text.matchAll(/"(?:text|message|mensagem|content)"\s*:\s*("(?:[^"\\]|\\.)*")/g)].at(-1)?.[1];
  if (quoted !== undefined) return z.string().catch(text).parse(parseJson(quoted)).trim();
  const spoken = [...text.matchAll(/^(?:cliente|customer|user|usuário)\s*:\s*(.+)$/gim)].at(-1)?.[1];
  return (spoken ?? text).trim();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // not JSON after all: taken as it stands
  }
}

const PERSONAS: readonly Persona[] = ["prestador", "prospector", "admin", "cliente"];

/** The persona a system instruction asks for: named outright, else the one it speaks of first. */
export function personaOf(system: string): Persona {
  const text = system.toLowerCase();
  const named = /(?:persona|usertype|user_type|tipo de usuário)["'`*\s]*[:=]["'`*\s]*([a-z]+)/.exec(text)?.[1];
  const outright = PERSONAS.find((persona) => persona === named);
  if (outright) return outright;
  const first = PERSONAS.map((persona) => ({ persona, at: text.indexOf(persona) }))
    .filter(({ at }) => at >= 0)
    .toSorted((one, other) => one.at - other.at)[0];
  return first?.persona ?? "cliente";
}

const MARKS: Readonly<Record<AnswerLanguage, RegExp>> = {
  pt: /\b(olá|oi|não|você|vocês|quero|preciso|obrigad[oa]|bom dia|boa tarde|boa noite|uma?|meu|minha|com|para|quanto|serviço|orçamento|pagamento|é|está|isso)\b/giu,
  en: /\b(hello|hi|hey|the|you|your|my|i|is|are|want|need|please|thanks|thank|how|what|with|for|quote|payment|would|can|much)\b/giu,
  es: /\b(hola|usted|quiero|necesito|gracias|buen[oa]s|días|tardes|noches|una?|mi|con|para|cuánto|cómo|servicio|presupuesto|pago|el|los|está|por favor)\b/giu,
};

/** Portuguese unless another language shows more of its own words. */
export function languageOf(text: string): AnswerLanguage {
  const score = (language: AnswerLanguage) => text.match(wordwise(MARKS[language]))?.length ?? 0;
  const [pt, en, es] = [score("pt"), score("en"), score("es")];
  if (/[¿¡ñ]/.test(text) || (es > pt && es > en)) return "es";
  return en > pt ? "en" : "pt";
}

/** `\b` knows only ASCII letters: accented words need their own ends. */
function wordwise(marks: RegExp): RegExp {
  const source = marks.source.replace(/^\\b/, "(?<![\\p{L}])").replace(/\\b$/, "(?![\\p{L}])");
  return new RegExp(source, marks.flags);
}

const TOPICS: readonly (readonly [Topic, RegExp])[] = [
  [
    "person",
    /atendente|humano|pessoa de verdade|falar com (uma )?(pessoa|alguém)|reclama|human|agent|real person|speak to someone|persona real|agente|hablar con (una )?(persona|alguien)|queja/iu,
  ],
  ["payment", /pagamento|pagar|paguei|pix|boleto|reembolso|payment|pay\b|refund|pago|reembolso|factura/iu],
  ["proposal", /proposta|proposal|propuesta/iu],
  ["quote", /orçamento|orcamento|quanto custa|preço|quote|price|how much|presupuesto|cuánto cuesta|precio/iu],
  ["thanks", /obrigad|valeu|thank|gracias/iu],
  ["greeting", /^\s*(olá|ola|oi|bom dia|boa tarde|boa noite|hello|hi|hey|hola|buen[oa]s)(?!\p{L})/iu],
];

/** What the customer wants, by words. */
export function topicOf(text: string): Topic {
  return TOPICS.find(([, words]) => words.test(text))?.[0] ?? "other";
}
