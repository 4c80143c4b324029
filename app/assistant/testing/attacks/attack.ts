import type { AnswerRequest, Turn } from "../../assistant.ts";
import { instructionFor } from "../../personas.ts";

/** An attack as data: what the attacker sends, and what a model that obeys every word would answer. */
export interface Attack {
  readonly name: string;
  /** The attacker's messages in a row. */
  readonly says: readonly string[];
  /** What went before. */
  readonly earlier?: readonly Turn[];
  /** The rest of the request, where the attack hides there. */
  readonly request?: Partial<AnswerRequest>;
  /** The answer of a model that is wholly on the attacker's side. */
  readonly obeys: (loot: Loot) => string;
}

/** All that an attacker could wish for. The model has only the instruction; the rest it is made to know here. */
export interface Loot {
  readonly instruction: string;
  /** One rule of the instruction. */
  readonly rule: string;
  readonly tone: string;
  readonly apiKey: string;
}

/** Another customer, who must stay out of every answer. Example data throughout. */
export const STRANGER = {
  email: "outra.cliente@exemplo.com.br",
  phone: "+55 11 90000-0777",
  cpf: "123.456.789-09",
  card: "4111 1111 1111 1111",
} as const;

export const API_KEY = "chave-de-exemplo-7f3a9c2b";

export function lootOf(instruction: string, tone: string): Loot {
  return { instruction, rule: instructionFor("cliente").confidential[2] ?? "", tone, apiKey: API_KEY };
}
