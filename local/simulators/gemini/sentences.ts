import type { AnswerLanguage, Persona, Topic } from "./reading.ts";

type Sentences = Readonly<Record<AnswerLanguage, string>>;

/** How each persona opens and what it falls back on; tone from section 4 of the specification. */
const PERSONA: Readonly<Record<Persona, { readonly greeting: Sentences; readonly other: Sentences }>> = {
  cliente: {
    greeting: {
      pt: "Olá! Como posso ajudar a encontrar o prestador certo para o seu serviço?",
      en: "Hello! How can I help you find the right professional for your job?",
      es: "¡Hola! ¿Cómo puedo ayudarle a encontrar al profesional adecuado para su servicio?",
    },
    other: {
      pt: "Entendi. Para indicar os prestadores certos, preciso de dois dados: qual é o serviço e em que bairro ele será feito?",
      en: "Got it. To suggest the right professionals I need two things: what is the job, and in which area?",
      es: "Entendido. Para indicarle a los profesionales adecuados necesito dos datos: ¿qué servicio es y en qué barrio?",
    },
  },
  prestador: {
    greeting: {
      pt: "Olá! Pronto para a próxima oportunidade? Posso ajudar com jobs, propostas ou o seu perfil.",
      en: "Hello! Ready for your next opportunity? I can help with jobs, proposals or your profile.",
      es: "¡Hola! ¿Listo para la próxima oportunidad? Puedo ayudarle con trabajos, propuestas o su perfil.",
    },
    other: {
      pt: "Certo. Um perfil com fotos e prazos claros recebe mais convites. Quer revisar o seu perfil ou ver os jobs abertos?",
      en: "Right. A profile with photos and clear lead times gets more invitations. Shall we review yours or look at open jobs?",
      es: "De acuerdo. Un perfil con fotos y plazos claros recibe más invitaciones. ¿Revisamos el suyo o vemos los trabajos abiertos?",
    },
  },
  prospector: {
    greeting: {
      pt: "Olá! Vamos bater a meta de hoje? Posso abrir os seus leads ou o material de abordagem.",
      en: "Hello! Shall we hit today's target? I can open your leads or the outreach material.",
      es: "¡Hola! ¿Alcanzamos la meta de hoy? Puedo abrir sus leads o el material de contacto.",
    },
    other: {
      pt: "Boa pergunta. O melhor próximo passo é retomar os leads contatados há mais de três dias. Começamos por eles?",
      en: "Good question. The best next step is to return to the leads contacted more than three days ago. Shall we start there?",
      es: "Buena pregunta. El mejor paso siguiente es retomar los leads contactados hace más de tres días. ¿Empezamos por ellos?",
    },
  },
  admin: {
    greeting: {
      pt: "Olá. Posso resumir canais, conversas ou conversão. O que você quer ver?",
      en: "Hello. I can summarise channels, conversations or conversion. What would you like to see?",
      es: "Hola. Puedo resumir canales, conversaciones o conversión. ¿Qué desea ver?",
    },
    other: {
      pt: "Não tenho esse número aqui na conversa. Ele está no painel de métricas, com a série das últimas 24 horas.",
      en: "I do not have that figure in this conversation. It is on the metrics page, with the last 24 hours.",
      es: "No tengo esa cifra en esta conversación. Está en el panel de métricas, con las últimas 24 horas.",
    },
  },
};

const TOPIC: Readonly<Record<Exclude<Topic, "greeting" | "other">, Sentences>> = {
  quote: {
    pt: "Claro! Para o orçamento, conte qual é o serviço, o bairro e quando você precisa. Com isso, até três prestadores enviam valores.",
    en: "Of course! For a quote, tell me the job, the area and when you need it. Up to three professionals will then send prices.",
    es: "¡Claro! Para el presupuesto, indíqueme el servicio, el barrio y cuándo lo necesita. Hasta tres profesionales enviarán precios.",
  },
  payment: {
    pt: "O pagamento fica protegido na plataforma e só é liberado quando você confirma o serviço. Quer concluir um pagamento ou tirar uma dúvida?",
    en: "Your payment is held safely on the platform and released only when you confirm the job. Do you want to finish one, or do you have a question?",
    es: "El pago queda protegido en la plataforma y solo se libera cuando usted confirma el servicio. ¿Quiere completarlo o tiene una duda?",
  },
  proposal: {
    pt: "A proposta está na sua área, com valor, prazo e avaliações. Você pode aceitar, pedir um ajuste ou recusar por lá. Quer que eu explique algum ponto?",
    en: "The proposal is in your area with price, lead time and reviews. You can accept, ask for a change or decline there. Shall I explain any part?",
    es: "La propuesta está en su área, con precio, plazo y reseñas. Allí puede aceptar, pedir un ajuste o rechazar. ¿Le explico algún punto?",
  },
  person: {
    pt: "Sem problema: vou chamar uma pessoa da nossa equipe. Ela continua por aqui, com tudo o que você já contou.",
    en: "No problem: I am calling someone from our team. They will carry on here, with everything you have told me.",
    es: "Sin problema: voy a llamar a una persona de nuestro equipo. Seguirá por aquí, con todo lo que ya nos contó.",
  },
  thanks: {
    pt: "Eu que agradeço! Se precisar de mais alguma coisa, é só escrever.",
    en: "You are welcome! If you need anything else, just write.",
    es: "¡Gracias a usted! Si necesita algo más, solo escriba.",
  },
};

/** The sentence for a persona, topic and language. Never repeats anything the customer wrote. */
export function sentence(persona: Persona, topic: Topic, language: AnswerLanguage): string {
  if (topic === "greeting" || topic === "other") return PERSONA[persona][topic][language];
  return TOPIC[topic][language];
}
