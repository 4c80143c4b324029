import { describe, expect, test } from "vitest";
import { asksForPerson } from "./handoff.ts";

const ASKS = [
  "atendente",
  "Atendente por favor",
  "ATENDENTE!!!",
  "humano",
  "human",
  "Human please",
  "agent",
  "Agente",
  "um atendente, por favor",
  "quero falar com um atendente",
  "Quero falar com atendente",
  "quero falar com uma pessoa",
  "quero falar com alguém",
  "posso falar com uma pessoa de verdade?",
  "preciso falar com o gerente agora",
  "Tem como falar com um ser humano?",
  "me passa para um atendente",
  "me transfere pra um humano",
  "Chama um atendente aí",
  "gostaria de conversar com alguém da equipe",
  "quero atendimento humano",
  "quero um agente",
  "quero falar com o suporte",
  "falar atendente",
  "quero ser atendido por um humano",
  "quero falar com um dos seus atendentes",
  "não quero robô, quero falar com um atendente",
  "não consigo falar com um atendente",
  "Oi. Não entendi nada. Falar com atendente",
  "falar com\u200B atendente",
  "I want to talk to a human",
  "can I speak to a real person?",
  "Let me talk to someone",
  "get me a human",
  "connect me to an agent",
  "I need to speak with a representative",
  "I don't want a bot, I want to talk to a person",
  "transfer me to customer service",
  "I can't talk to an agent?",
  "quiero hablar con una persona",
  "quiero hablar con un agente",
  "necesito hablar con alguien",
  "pásame con un asesor",
  "¿Puedo hablar con un humano?",
  "comunícame con un operador",
];

const DOES_NOT = [
  "",
  "oi",
  "Preciso de ajuda",
  "você é humano?",
  "are you human?",
  "¿eres humano?",
  "agente pode marcar amanhã?",
  "quando agente se fala?",
  "quero saber se agente pode remarcar",
  "não quero falar com atendente",
  "não precisa chamar um atendente",
  "Não quero falar com um humano, pode ser com você mesmo",
  "dá pra resolver sem falar com atendente?",
  "I don't want to talk to a human",
  "no need to call an agent",
  "can we solve this without talking to an agent?",
  "no quiero hablar con un agente",
  "no hace falta llamar a una persona",
  "preciso de uma pessoa para pintar a sala",
  "I need someone to fix my sink",
  "necesito una persona para limpiar la casa",
  "quero contratar um atendente para minha loja",
  "preciso de um gerente para o meu restaurante",
  "o atendente da loja não veio",
  "the agent who came yesterday was great",
  "quero falar sobre o meu pedido",
  "queria falar com o prestador do meu pedido",
  "quero falar sobre a minha equipe",
  "queria falar com vocês sobre uma parceria",
  "can you talk about your team?",
  "meu pagamento não caiu",
  "a humanidade agradece",
  "atendentes são gentis na minha opinião",
];

describe("a wish for a person", () => {
  test.each(ASKS)("is heard: %s", (text) => {
    expect(asksForPerson([text])).toBe(true);
  });

  test.each(DOES_NOT)("is not heard in: %s", (text) => {
    expect(asksForPerson([text])).toBe(false);
  });

  test("is heard in any message of a burst", () => {
    expect(asksForPerson(["oi", "falar com atendente", "obrigado"])).toBe(true);
  });

  test.each(["quero falar com ", "a ", "um ", "a-", "nao ", "the an ", "1 ", "por favor "])(
    "hostile repetition of %j takes no time to speak of",
    (part) => {
      const before = performance.now();
      asksForPerson([part.repeat(3000)]);
      expect(performance.now() - before).toBeLessThan(1000);
    },
  );
});
