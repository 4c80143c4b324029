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
  /\b(?:eu )?(?:(?:ja )?(?:aprovei|liberei|estornei|reembolsei|cancelei|transferi|autorizei|concedi|creditei|depositei|alterei|apaguei|exclui|removi|bani|bloqueei|desbloqueei|promovi))(?: \S+){0,4} (?:reembolso|estorno|pagamento|valor|saldo|conta|credito|desconto|dinheiro|pix|escrow|usuario|senha|acesso|cadastro|proposta|job|dados|pedido)s?\b/,
  /\b(?:acabei de|consegui) (?:aprovar|liberar|estornar|reembolsar|cancelar|transferir|autorizar|conceder|creditar|depositar|alterar|apagar|excluir|remover|bloquear|desbloquear)\b/,
  /\bi(?:ve| have)?(?: just| already)? (?:approved|released|refunded|issued|cancelled|canceled|transferred|authorized|granted|credited|deposited|deleted|removed|banned|blocked|unblocked|changed|reset)(?: \S+){0,4} (?:refund|payment|amount|balance|account|credit|discount|money|escrow|user|password|access|proposal|job|data|order)s?\b/,
  /\b(?:ya )?(?:aprobe|libere|reembolse|cancele|transferi|autorice|concedi|acredite|deposite|elimine|borre|bloquee|desbloquee)(?: \S+){0,4} (?:reembolso|pago|monto|saldo|cuenta|credito|descuento|dinero|usuario|contrasena|acceso|propuesta|trabajo|datos|pedido)s?\b/,
  /\b(?:legally binding|juridicamente vinculante|oferta vinculante|no takesies backsies)\b/,
];

/** Insults and hate that no customer may hear from us. Short on purpose: only words with no innocent reading. */
const ABUSE =
  /\b(?:filh[oa] da puta|vai se foder|va se foder|vai tomar no cu|foda se|caralho|porra|arrombad[oa]|otari[oa]|imbecil|idiotas?|retardad[oa]|fuck(?:ing|er)?|motherfucker|bitch|asshole|moron|retard|hij[oa] de puta|vete a la mierda|gilipollas|pendej[oa]|cabron|estupid[oa]s?|stupid|kill yourself|se mate|matate)\b/;

/** Whether `text` claims to be somebody else or to have done something. */
export function claimsFalsely(text: string): boolean {
  const folded = fold(text).replace(/['’]/g, "");
  return [...ROLES, ...ACTIONS].some((pattern) => pattern.test(folded));
}

export function isAbusive(text: string): boolean {
  return ABUSE.test(fold(text));
}
