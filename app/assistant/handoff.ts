import { fold } from "./text.ts";

/**
 * Whether a customer plainly asks for a person. This rule stands before the model, so that nobody has to argue with a bot
 * to leave it and a dead model still hands over. It decides only clear cases; the model judges the rest.
 */

/** Says "a person of yours" by itself. */
const STRONG =
  "atendentes?|humanos?|humana|humans?|agents?|representative|representantes?|operador|operadora|operator|supervisor|supervisora|gerente|manager|asesor|asesora|ejecutivo|live chat|suporte humano|atendimento humano|customer service|customer support|servicio al cliente|suporte|soporte";
/** Says it only as the one to talk to: "preciso de uma pessoa para pintar" looks for a provider. */
const WEAK = "pessoas?|alguem|gente de verdade|person|someone|somebody|people|persona|alguien|equipe|team|equipo";
/** Persons by description. */
const REAL =
  "pessoa (?:real|de verdade|fisica)|real (?:person|human)|actual (?:person|human)|persona (?:real|de verdad)";

const TALK =
  "falar|fala|falo|falasse|conversar|contato|talk|speak|chat|connect|hablar|platicar|comunicarme|comunicame|comuniqueme|contactar";
const PASS =
  "chamar|chama|chame|passar|passa|passe|transferir|transfere|transfira|encaminhar|encaminha|encaminhe|call|get me|give me|transfer(?: me)?|put me|pasame|paseme|pasar|transfiere|transfierame|llamar|llama|deme|dame|me de|me da";
const WANT =
  "quero|queria|preciso|gostaria|want|need|would like|id like|quiero|quisiera|necesito|prefiro|prefer|prefiero";

/** Up to four words between the verb and the noun: "me passa logo para um atendente". */
const GAP = " (?:\\S+ ){0,4}?";
/** "um agente" is an agent; in most other places it is how many write "a gente", we. */
const AGENTE = "(?<=\\b(?:um|uma|o|com|un|el|con|algum|algun) )agente";

const REQUEST = new RegExp(
  [
    `\\b(?:${TALK}) (?:\\S+ ){0,2}?(?:com|c|with|to|con) (?:\\S+ ){0,3}?(?:${STRONG}|${AGENTE}|${WEAK}|${REAL})\\b`,
    `\\b(?:(?:${TALK}) (?:um |uma )?|atendid[oa] por (?:\\S+ )?)(?:${STRONG}|${REAL})\\b`,
    `\\b(?:${PASS}|${WANT})${GAP}(?:${STRONG}|${AGENTE}|${REAL})\\b(?! (?:para|pra|for|que|who|to)\\b)`,
    `\\b(?:${PASS})${GAP}(?:${WEAK})\\b`,
  ].join("|"),
);
/** The whole message, apart from courtesies: "atendente por favor", "human!!". */
const BARE = new RegExp(
  `^(?:(?:oi|ola|hi|hello|hola|um|uma|o|a|an|the|un|una|please|por favor|pfv|pf|agora|now|ahora|ja)\\s+)*(?:${STRONG}|${REAL}|agente|pessoa|person|persona)(?:\\s+(?:please|por favor|pfv|pf|agora|now|ahora|ja|real))*$`,
);
/** A wish not to, before the verb. "Não consigo falar" is no such wish: that customer wants it badly. */
const REFUSAL =
  /\b(?:nao|nunca|jamais)\s+(?:\S+\s+)?(?:quero|queria|preciso|precisa|gostaria|precisamos|chame|chama|passe|passa|transfira|transfere|encaminhe)\b|\bsem\s+(?:precisar\s+)?(?:falar|chamar|passar)\b|\b(?:dont|do not|didnt|did not|no)\s+(?:\S+\s+)?(?:want|need|transfer|call|connect)\b|\b(?:without|instead of|rather than)\s+(?:talking|speaking)\b|\bno\s+(?:\S+\s+)?(?:quiero|quisiera|necesito|hace falta|llames|pases)\b|\bem vez de falar\b/;
/** A provider or a hire is meant, not our team. */
const OTHER_PERSON = /\b(?:contratar|contrato|hire|hiring|vaga|curso|emprego|empleo|job as)\b/;

/** @param texts the customer's unanswered messages; earlier ones have been dealt with. */
export function asksForPerson(texts: readonly string[]): boolean {
  return texts.some((text) => clauses(text).some(isRequest));
}

function isRequest(clause: string): boolean {
  if (BARE.test(clause)) return true;
  return REQUEST.test(clause) && !REFUSAL.test(clause) && !OTHER_PERSON.test(clause);
}

/** A refusal counts only for its own clause: "não quero robô, quero falar com um atendente". */
function clauses(text: string): string[] {
  return fold(text)
    .replace(/['’]/g, "")
    .split(/[.!?;:,\n¡¿]+|\b(?:mas|but|pero|porem|entao|so)\b/)
    .map((clause) => clause.replace(/[^\p{L}\p{N}]+/gu, " ").trim())
    .filter((clause) => clause !== "");
}
