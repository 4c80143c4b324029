import type { Language } from "../conversations/model.ts";
import { fold } from "./text.ts";

/**
 * Which of the three languages a customer writes. Deterministic and small: common words that belong to one of them, plus
 * letters that only one uses. Portuguese wins every doubt, since the specification's texts and customers are Brazilian.
 */

const MARKS: Readonly<Record<Language, ReadonlySet<string>>> = {
  pt: set(
    "nao voce voces obrigado obrigada ola oi bom boa dia tarde noite preciso quero gostaria orcamento servico servicos prestador prestadora pagamento proposta ajuda meu minha meus minhas seu sua um uma com em na no dos das pelo pela ao isso isto esse essa este esta muito mais ainda ja tambem quando onde quanto quais qual fazer ver tem tenho estou esta sao foi ser sim tudo agora hoje amanha por favor posso pode consigo como mas ou pra pro eu ele ela",
  ),
  en: set(
    "the is are was were you your yours i im my me we our it its this that these those and or but not dont doesnt cant with for from of to in on at have has had do does did can could would should will please thanks thank hello hi hey what when where who how much why which need want help quote payment job service price there any some good morning",
  ),
  es: set(
    "el los las una unos unas y pero muy tambien hola gracias buenos buenas dias tardes noches usted ustedes necesito quiero quisiera puedo puede cuando donde cuanto cual cuales hacer tengo tiene estoy esta son fue ser si todo ahora hoy manana con sin del al mi mis su sus yo ella eso esto ese este presupuesto servicio pago propuesta ayuda trabajo precio como por favor que hay nada algo aqui",
  ),
};

/** Letters that settle it: `ã õ ç` are Portuguese, `ñ ¿ ¡` Spanish. */
const PORTUGUESE_LETTERS = /[ãõç]/giu;
const SPANISH_LETTERS = /[ñ¿¡]/giu;

/** How many marks a language needs over Portuguese before it wins. */
const LEAD = 1;

/**
 * The language of the newest text that shows one, newest first; `pt` when none does.
 * @param texts what the customer wrote, newest first: "ok" says nothing, the message before it may.
 */
export function detectLanguage(texts: readonly string[]): Language {
  for (const text of texts) {
    const language = languageOf(text);
    if (language) return language;
  }
  return "pt";
}

function languageOf(text: string): Language | undefined {
  const found =
    fold(text)
      .replace(/['’]/g, "")
      .match(/\p{L}+/gu) ?? [];
  const score = (language: Language) => found.filter((word) => MARKS[language].has(word)).length;
  const pt = score("pt") + count(text, PORTUGUESE_LETTERS) * 2;
  const es = score("es") + count(text, SPANISH_LETTERS) * 2;
  const en = score("en");
  if (pt + es + en === 0) return undefined;
  if (en >= pt + LEAD && en >= es + LEAD) return "en";
  if (es >= pt + LEAD && es >= en) return "es";
  return "pt";
}

function set(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}

function count(text: string, pattern: RegExp): number {
  return text.normalize("NFC").match(pattern)?.length ?? 0;
}
