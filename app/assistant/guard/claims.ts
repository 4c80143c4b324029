import { fold } from "../text.ts";

/** What the assistant may not say of itself, because it is never true, or to a customer, because it is never right. */

/** It is no human, no administrator, no other system, and follows no "mode" that somebody switched on. */
const ROLES = [
  /\b(?:eu )?(?:sou|agora sou|estou agindo como|vou agir como) (?:uma? |o |a )?(?:humano|humana|pessoa (?:real|de verdade)|ser humano|administrador|administradora|admin|root|gerente|diretor|diretora|funcionari[oa]|ceo|dono|dan\b|hacker|chatgpt|gpt|gemini|bard|claude|modelo de linguagem d[ao])\b/,
  /\bi(?:m| am)(?: now| actually| really)? (?:an? |the )?(?:human|real person|admin|administrator|root|manager|employee|ceo|owner|dan\b|hacker|chatgpt|gpt|gemini|bard|claude|unrestricted|jailbroken)\b/,
  /\b(?:yo )?(?:soy|ahora soy) (?:una? |el |la )?(?:humano|humana|persona (?:real|de verdad)|administrador|administradora|admin|root|gerente|director|directora|empleado|empleada|ceo|dueno|dan\b|hacker|chatgpt|gpt|gemini)\b/,
  /\b(?:nao sou|no soy|i ?am not|im not) (?:um |uma |un |una |an? )?(?:robo|bot|ia|ai|maquina|robot|machine|assistente virtual|asistente virtual|virtual assistant)\b/,
  /\b(?:modo|mode) (?:desenvolvedor|developer|dan|admin|administrador|root|debug|deus|god|sem restricoes|sin restricciones|unrestricted)(?: \S+){0,2} (?:ativado|ativo|activado|enabled|activated|on)\b/,
  /\b(?:developer|dan|admin|root|debug|god|jailbreak|unrestricted) mode(?: \S+){0,2} (?:enabled|activated|on|active)\b/,
];

/** It carries nothing out: a refund that it "made" or a price that it "binds itself to" is a false promise. */
const ACTIONS = [
  deed(
    "aprovei|liberei|estornei|reembolsei|cancelei|autorizei|concedi|creditei|depositei|apaguei|exclui|removi|bani|bloqueei|desbloqueei|(?:acabei de|consegui) (?:aprovar|liberar|estornar|reembolsar|cancelar|autorizar|conceder|creditar|depositar|apagar|excluir|remover|bloquear|desbloquear)",
    "reembolso|estorno|pagamento|valor|saldo|conta|credito|desconto|dinheiro|pix|escrow|usuario|senha|acesso|cadastro|proposta|job|dados|pedido",
  ),
  deed("transferi|acabei de transferir", "pagamento|valor|saldo|dinheiro|pix"),
  deed(
    "i(?:ve| have)?(?: just| already)? (?:approved|released|refunded|issued|cancelled|canceled|authorized|granted|credited|deposited|deleted|removed|banned|blocked|unblocked|reset)",
    "refund|payment|amount|balance|account|credit|discount|money|escrow|user|password|access|proposal|job|data|order",
  ),
  deed("i(?:ve| have)?(?: just| already)? transferred", "payment|amount|balance|money|funds|refund"),
  deed(
    "aprobe|libere|reembolse|cancele|autorice|concedi|acredite|deposite|elimine|borre|bloquee|desbloquee|acabo de (?:aprobar|liberar|reembolsar|cancelar|autorizar|acreditar|depositar|eliminar|borrar|bloquear)",
    "reembolso|pago|monto|saldo|cuenta|credito|descuento|dinero|usuario|contrasena|acceso|propuesta|trabajo|datos|pedido",
  ),
  /\b(?:legally binding|juridicamente vinculante|oferta vinculante|no takesies backsies)\b/,
];

/** A deed in the first person, and what it was done to at most four words later. */
function deed(verbs: string, objects: string): RegExp {
  return new RegExp(`\\b(?:${verbs})(?: \\S+){0,4} (?:${objects})s?\\b`);
}

/** Insults and hate that no customer may hear from us. Short on purpose: only words with no innocent reading. */
const ABUSE =
  /\b(?:filh[oa] da puta|vai se foder|va se foder|vai tomar no cu|foda se|caralho|porra|arrombad[oa]|otari[oa]|imbecil|idiotas?|fuck(?:ing|er)?|motherfucker|bitch|asshole|moron|retard|hij[oa] de puta|vete a la mierda|gilipollas|pendej[oa]|cabron|you are (?:so )?stupid|eres (?:muy )?estupid[oa]|kill yourself|se mate|matate)\b/;

/** Whether `text` claims to be somebody else or to have done something. */
export function claimsFalsely(text: string): boolean {
  const folded = fold(text).replace(/['’]/g, "");
  return [...ROLES, ...ACTIONS].some((pattern) => pattern.test(folded));
}

export function isAbusive(text: string): boolean {
  return ABUSE.test(fold(text));
}
