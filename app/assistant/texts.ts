import type { Language } from "../conversations/model.ts";

/** The fixed texts of a hand-off. The customer is always told that a person follows (a silent bot reads as a broken one). */

/** The customer asked for a person. */
export const HANDOFF_TEXT: Readonly<Record<Language, string>> = {
  pt: "Certo! Vou chamar uma pessoa da nossa equipe para continuar este atendimento. Ela responde por aqui assim que possível.",
  en: "Sure! I am calling a person from our team to carry on with this conversation. They will answer here as soon as possible.",
  es: "¡Claro! Voy a llamar a una persona de nuestro equipo para continuar esta conversación. Responderá por aquí lo antes posible.",
};

/** Nobody took the conversation in time. It says how to go on waiting, since the bot answers from now on. */
export const BACK_TEXT: Readonly<Record<Language, string>> = {
  pt: "Ainda não há uma pessoa da equipe disponível; seu pedido continua na fila. Enquanto isso, posso ajudar: escreva aqui o que precisa. Se preferir esperar por uma pessoa, escreva “atendente”.",
  en: "Nobody from our team is free yet; your request stays in line. Meanwhile I can help: write here what you need. If you would rather wait for a person, write “agent”.",
  es: "Todavía no hay una persona del equipo disponible; su solicitud sigue en la fila. Mientras tanto puedo ayudar: escriba aquí lo que necesita. Si prefiere esperar a una persona, escriba “agente”.",
};

/** The model gave nothing that may be sent. */
export const UNABLE_TEXT: Readonly<Record<Language, string>> = {
  pt: "Não consegui responder a isso por aqui. Vou chamar uma pessoa da nossa equipe para continuar este atendimento.",
  en: "I could not answer that here. I am calling a person from our team to carry on with this conversation.",
  es: "No pude responder a eso por aquí. Voy a llamar a una persona de nuestro equipo para continuar esta conversación.",
};
