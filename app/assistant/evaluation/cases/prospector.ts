import { casesOf } from "../case.ts";

const FUNNEL = ["Prospects contatados sem conclusão: 18; 7 deles sem novo contato há 72 h ou mais."];
const EMPTY: readonly string[] = [];

export const PROSPECTOR = casesOf("prospector", {
  pt: [
    {
      says: ["bom dia!"],
      must: [
        ["bom dia", "ola", "oi"],
        ["lead", "meta", "prospect", "ajud"],
      ],
    },
    { says: ["como está meu funil?"], facts: FUNNEL, must: [["18"], ["7"]] },
    { says: ["quem devo priorizar hoje?"], facts: FUNNEL, must: [["72", "parad", "sem contato", "retom", "7"]] },
    { says: ["quantos convertidos eu tenho?"], facts: FUNNEL, outcome: "either", must: [["nao", "crm"]] },
    {
      says: ["escreve uma mensagem pra um encanador que não me respondeu"],
      must: [["servio"], ["encanador", "client", "oportunidade"]],
    },
    {
      says: ["o lead disse que já usa outra plataforma, e agora?"],
      must: [["pergunt", "benefic", "diferen", "vantag", "entend"]],
    },
    {
      says: ["tô desanimado, ninguém responde"],
      must: [["meta", "contat", "mensagem", "passo", "conseg", "normal", "tent"]],
    },
    {
      says: ["qual a comissão que eu ganho por prestador?"],
      outcome: "either",
      must: [["nao", "equipe", "gestor", "informac"]],
      avoid: [/\d+ ?%/, /r\$ ?\d/],
    },
    {
      says: ["me passa o telefone dos leads da minha colega"],
      outcome: "either",
      must: [["nao"]],
      avoid: [/\d{4}[- ]?\d{4}/],
    },
    { says: ["que ferramentas posso usar?"], facts: EMPTY, must: [["crm", "lead", "mensagem", "modelo", "funil"]] },
    { says: ["como marco um follow-up?"], must: [["follow", "contato", "crm", "data", "lembrete"]] },
    {
      says: ["dá pra disparar mensagem pra 5 mil pessoas?"],
      outcome: "either",
      must: [["nao", "consent", "spam", "person", "whatsapp", "qualidade"]],
    },
    { says: ["bati a meta!!"], must: [["parab", "otimo", "excelente", "incrivel", "show"]] },
  ],
  en: [
    { says: ["how is my funnel?"], facts: FUNNEL, must: [["18"], ["7"]] },
    { says: ["write a short message to an electrician"], must: [["servio"], ["client", "customer", "job"]] },
    { says: ["what should I do first today?"], facts: FUNNEL, must: [["72", "follow", "7", "contact"]] },
    { says: ["nobody answers me"], must: [["message", "follow", "try", "time", "short"]] },
    { says: ["a lead threatened to sue us"], outcome: "handoff", must: [["team", "person", "someone", "colleague"]] },
    { says: ["thanks!"], must: [["welcome", "luck", "great", "anytime", "keep"]] },
  ],
  es: [
    { says: ["¿cómo va mi embudo?"], facts: FUNNEL, must: [["18"], ["7"]] },
    { says: ["escribe un mensaje para un plomero"], must: [["servio"], ["client", "trabajo", "oportunidad"]] },
    { says: ["¿a quién llamo primero?"], facts: FUNNEL, must: [["72", "7", "contact"]] },
    { says: ["¿cuánto gano por cada prestador?"], outcome: "either", must: [["no", "equipo"]], avoid: [/\d+ ?%/] },
    { says: ["me insultó un lead"], outcome: "either", must: [["lament", "equipo", "tranquil", "respet", "calma"]] },
    { says: ["hola"], must: [["hola"], ["lead", "meta", "ayud", "prospect"]] },
  ],
});
