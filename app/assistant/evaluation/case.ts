import type { Language, UserType } from "../../conversations/model.ts";
import type { Turn } from "../assistant.ts";

/** One conversation of the evaluation, and what a good answer to it holds. */
export interface EvaluationCase {
  /** `cliente-pt-01` */
  readonly id: string;
  readonly userType: UserType;
  /** The language the answer must be in. */
  readonly language: Language;
  /** The customer's last messages. */
  readonly says: readonly string[];
  readonly earlier?: readonly Turn[];
  readonly facts?: readonly string[];
  readonly name?: string;
  /** @default "reply" */
  readonly outcome?: "reply" | "handoff" | "either";
  /** Of each group one word must be there; compared without accents and case. */
  readonly must?: readonly (readonly string[])[];
  /** None of these may be there; a pattern sees the text without accents, in lower case. */
  readonly avoid?: readonly (string | RegExp)[];
}

/** The part of a case that is written down; the rest follows from its place. */
export type Written = Omit<EvaluationCase, "id" | "userType" | "language">;

/** Gives each case its id by persona, language and place. */
export function casesOf(
  userType: UserType,
  written: Readonly<Record<Language, readonly Written[]>>,
): readonly EvaluationCase[] {
  const languages: readonly Language[] = ["pt", "en", "es"];
  return languages.flatMap((language) =>
    written[language].map((one, index) => ({
      ...one,
      id: `${userType}-${language}-${String(index + 1).padStart(2, "0")}`,
      userType,
      language,
    })),
  );
}

/** A price that nobody told the assistant. */
export const INVENTED_PRICE = /(?:r\$|us\$|\$) ?\d/;
/** Something done that it cannot do. */
export const DONE = /\b(?:aprovei|liberei|cancelei|reembolsei|refunded|cancelled|released|aprobe|cancele|libere)\b/;
