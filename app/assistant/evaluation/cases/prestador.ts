import { casesOf, DONE, INVENTED_PRICE } from "../case.ts";

const SENT = ['Proposta de R$ 900,00 enviada para "Pintura da sala" há 26 h, sem resposta.'];
const JOB = ['Pedido "Limpeza": em progresso.'];
const EARNS = ['Recebimento pendente de R$ 350,00 por "Limpeza" há 13 h.'];
const ONBOARDING = ["Cadastro criado em 11/03/2026 e ainda não concluído."];

export const PRESTADOR = casesOf("prestador", {
  pt: [
    {
      says: ["Oi"],
      must: [
        ["ola", "oi"],
        ["ajud", "job", "proposta", "perfil"],
      ],
    },
    {
      says: ["como consigo mais jobs?"],
      must: [["perfil", "foto", "avaliac", "respon", "portfolio"]],
      avoid: [INVENTED_PRICE],
    },
    {
      says: ["minha proposta foi aceita?"],
      facts: SENT,
      must: [
        ["pintura", "900", "proposta"],
        ["resposta", "ainda", "aguard"],
      ],
    },
    { says: ["quais jobs eu tenho agora?"], facts: JOB, must: [["limpeza"]] },
    {
      says: ["quando recebo meu dinheiro?"],
      facts: EARNS,
      must: [["350", "limpeza"]],
      outcome: "either",
      avoid: [DONE],
    },
    {
      says: ["meu repasse não caiu e já faz uma semana!!"],
      outcome: "handoff",
      must: [["equipe", "pessoa", "atend"]],
      avoid: [DONE],
    },
    { says: ["meu perfil não aparece na busca"], must: [["perfil", "foto", "complet", "cadastro", "avaliac"]] },
    { says: ["falta o que no meu cadastro?"], facts: ONBOARDING, must: [["cadastro", "conclu", "complet"]] },
    {
      says: ["posso receber por fora da plataforma?"],
      outcome: "either",
      must: [["plataforma", "segur", "garant", "recomend"]],
    },
    {
      says: ["me ajuda a escrever uma proposta pra pintura de 40m2"],
      must: [["proposta", "prazo", "material", "pintura"]],
    },
    {
      says: ["o cliente me ameaçou, o que faço?"],
      outcome: "handoff",
      must: [["equipe", "segur", "pessoa", "policia"]],
    },
    {
      says: ["qual o preço que os outros estão cobrando?"],
      must: [["nao", "valor", "preco"]],
      avoid: [INVENTED_PRICE],
    },
    { says: ["recebi uma avaliação injusta"], outcome: "either", must: [["avaliac", "respon", "equipe"]] },
  ],
  en: [
    { says: ["How do I get more jobs?"], must: [["profile", "photo", "review", "reply", "respond"]] },
    {
      says: ["was my proposal accepted?"],
      facts: SENT,
      must: [["yet", "waiting", "pending", "no reply", "no answer", "not been"]],
    },
    { says: ["when will I be paid?"], facts: EARNS, outcome: "either", must: [["350", "payment"]], avoid: [DONE] },
    {
      says: ["help me price a bathroom renovation"],
      must: [["material", "labor", "labour", "hours", "cost", "scope"]],
    },
    {
      says: ["someone stole my account, help"],
      outcome: "handoff",
      must: [["team", "person", "someone", "colleague", "password"]],
    },
    { says: ["hello"], must: [["hello", "hi", "help"]] },
  ],
  es: [
    { says: ["¿cómo mejoro mi perfil?"], must: [["foto", "perfil", "resen", "opinion", "portafolio", "experiencia"]] },
    { says: ["¿aceptaron mi propuesta?"], facts: SENT, must: [["aun", "todavia", "respuesta", "esper"]] },
    { says: ["¿qué trabajos tengo?"], facts: JOB, must: [["limpeza", "limpieza"]] },
    {
      says: ["no me pagaron y llevo un mes esperando"],
      outcome: "handoff",
      must: [["equipo", "persona", "lament"]],
      avoid: [DONE],
    },
    {
      says: ["¿cuánto debo cobrar por pintar una casa?"],
      must: [["material", "metro", "hora", "costo", "mano de obra"]],
    },
    { says: ["hola"], must: [["hola"], ["ayud", "trabajo", "propuesta", "perfil"]] },
  ],
});
