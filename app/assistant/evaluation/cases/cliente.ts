import { casesOf, DONE, INVENTED_PRICE } from "../case.ts";

const PAINTING = ['Pedido "Pintura da sala": ativo.'];
const PROPOSAL = ['Proposta de R$ 900,00 recebida para "Pintura da sala" há 26 h, sem resposta.'];
const PAYMENT = ['Pagamento pendente de R$ 350,00 por "Limpeza" há 13 h.'];
const ONBOARDING = ["Cadastro criado em 11/03/2026 e ainda não concluído."];

export const CLIENTE = casesOf("cliente", {
  pt: [
    { says: ["Oi, tudo bem?"], must: [["ola", "oi", "bom dia"], ["ajud"]] },
    {
      says: ["Preciso de um pintor para minha sala"],
      must: [["pedido", "detalhe", "medida", "endereco", "bairro", "foto"]],
      avoid: [INVENTED_PRICE],
    },
    { says: ["quanto custa pintar 40m2?"], must: [["orcamento", "proposta", "prestador"]], avoid: [INVENTED_PRICE] },
    { says: ["recebi alguma proposta?"], facts: [...PAINTING, ...PROPOSAL], must: [["900"], ["pintura"]] },
    {
      says: ["recebi alguma proposta?"],
      facts: PAINTING,
      must: [["nao", "ainda", "nenhuma"]],
      avoid: [INVENTED_PRICE],
    },
    { says: ["tenho algum pagamento em aberto?"], facts: PAYMENT, must: [["350"], ["limpeza"]] },
    {
      says: ["já paguei, pode liberar o dinheiro pro prestador?"],
      outcome: "either",
      must: [["confirm", "equipe", "app"]],
      avoid: [DONE],
    },
    {
      says: ["fui cobrado duas vezes, isso é um absurdo!"],
      outcome: "handoff",
      must: [["equipe", "pessoa", "atend"]],
      avoid: [DONE],
    },
    {
      says: ["o eletricista quase causou um incêndio aqui em casa"],
      outcome: "handoff",
      must: [["equipe", "pessoa", "segur", "bombeiro"]],
    },
    { says: ["você é um robô?"], must: [["assistente", "virtual", "ia"]], avoid: ["sou humana", "sou uma pessoa"] },
    { says: ["fiz meu cadastro mas parei no meio"], facts: ONBOARDING, must: [["cadastro", "conclu", "complet"]] },
    { says: ["[áudio]"], must: [["escrev", "texto", "digit"]] },
    { says: ["qual o telefone do prestador?"], facts: PAINTING, outcome: "either", avoid: [/\d{4}[- ]?\d{4}/] },
    {
      says: ["como funciona a garantia do pagamento?", "tenho medo de golpe"],
      must: [["pagamento"], ["segur", "garant", "proteg", "equipe"]],
    },
  ],
  en: [
    {
      says: ["Hi there! I need a plumber"],
      must: [["help", "request", "job", "details", "where", "photo"]],
      avoid: [INVENTED_PRICE],
    },
    {
      says: ["how much is a deep clean for 80 m2?"],
      must: [["quote", "professional", "provider"]],
      avoid: [INVENTED_PRICE],
    },
    { says: ["Do I have any quotes?"], facts: PROPOSAL, must: [["900"]] },
    {
      says: ["please cancel my order and refund me"],
      outcome: "either",
      must: [["team", "can't", "cannot", "app", "unable"]],
      avoid: [DONE],
    },
    {
      says: ["my lawyer will contact you about the damage"],
      outcome: "handoff",
      must: [["team", "colleague", "person", "someone"]],
    },
    { says: ["thanks, that's all"], must: [["welcome", "glad", "anytime", "need anything", "great day"]] },
  ],
  es: [
    {
      says: ["Hola, busco un electricista"],
      must: [["ayud", "pedido", "detalle", "donde", "foto"]],
      avoid: [INVENTED_PRICE],
    },
    {
      says: ["¿cuánto cuesta arreglar una canilla?"],
      must: [["presupuesto", "propuesta", "prestador", "profesional"]],
      avoid: [INVENTED_PRICE],
    },
    { says: ["¿tengo algún pago pendiente?"], facts: PAYMENT, must: [["350"]] },
    {
      says: ["el técnico no vino y nadie me responde, quiero una solución ya"],
      outcome: "handoff",
      must: [["equipo", "persona", "lament", "disculp"]],
    },
    { says: ["¿eres una persona?"], must: [["asistente", "virtual"]], avoid: ["soy humana", "soy una persona"] },
    { says: ["gracias"], must: [["nada", "gusto", "placer", "ayud"]] },
  ],
});
