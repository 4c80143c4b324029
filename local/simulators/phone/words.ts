/** Every word on the page, Portuguese first. */

const pt = {
  title: "Telefones",
  subtitle: "Você é o cliente",
  inbox: "Abrir a inbox",
  language: "Idioma",
  theme: "Tema",
  themeAuto: "do sistema",
  themeLight: "claro",
  themeDark: "escuro",
  customers: "Clientes",
  newCustomer: "Novo cliente",
  noMessage: "Ainda sem mensagens",
  unread: "não lidas",
  business: "Servio.AI",
  chatWith: "Conversa de {name} no {channel}",
  back: "Voltar aos clientes",
  typing: "digitando…",
  online: "conversa de teste",
  write: "Mensagem",
  send: "Enviar",
  emptyTitle: "Escreva como se fosse o cliente",
  emptyText:
    "A mensagem sai assinada como a Meta assinaria, chega ao webhook do ambiente local e a resposta aparece aqui.",
  pickTitle: "Escolha um cliente",
  pickText: "Cada cliente é um telefone. Escolha um na lista ou crie outro.",
  try1: "Olá, preciso de um orçamento",
  try2: "Meu pagamento ainda está pendente",
  try3: "Quero falar com um atendente",
  you: "Você",
  edited: "editada",
  deletedText: "Mensagem apagada",
  sSending: "enviando",
  sSent: "enviada",
  sDelivered: "entregue",
  sRead: "lida",
  sFailed: "não entregue",
  webhookRefused: "O webhook respondeu {status}. A Meta tenta de novo.",
  today: "Hoje",
  backstage: "Bastidores",
  thisChat: "Esta conversa",
  idLabel: "Identificador",
  windowLabel: "Janela de 24 h",
  windowOpen: "aberta até {time}",
  windowClosed: "fechada",
  faults: "Provocar falhas",
  faultGraph: "{channel} fora do ar",
  faultSlowModel: "Gemini lento (6 s)",
  faultQuota: "Gemini sem cota",
  faultDown: "Gemini fora do ar",
  faultHijacked: "Gemini obedece ao cliente",
  faultsOff: "Encerrar todas",
  log: "O que aconteceu",
  logEmpty: "Nada ainda. Envie uma mensagem e acompanhe o caminho dela.",
  cancel: "Cancelar",
  create: "Criar cliente",
  name: "Nome",
  number: "Número do WhatsApp, com DDI e DDD",
  userId: "Identificador do usuário",
  channel: "Canal",
  offline: "Sem contato com os simuladores. Inicie o ambiente local de novo; a página volta sozinha.",
  notConnected: "O ambiente ainda está subindo: nenhum webhook assinado até agora.",
  unsubscribed: "A Meta não está avisando o aplicativo sobre este canal.",
  newBelow: "Nova mensagem",
  close: "Fechar",
};
export type Word = keyof typeof pt;

const en: Record<Word, string> = {
  title: "Phones",
  subtitle: "You are the customer",
  inbox: "Open the inbox",
  language: "Language",
  theme: "Theme",
  themeAuto: "system",
  themeLight: "light",
  themeDark: "dark",
  customers: "Customers",
  newCustomer: "New customer",
  noMessage: "No messages yet",
  unread: "unread",
  business: "Servio.AI",
  chatWith: "{name}'s conversation on {channel}",
  back: "Back to customers",
  typing: "typing…",
  online: "test conversation",
  write: "Message",
  send: "Send",
  emptyTitle: "Write as if you were the customer",
  emptyText:
    "Your message leaves signed as Meta would sign it, reaches the local stack's webhook, and the answer appears here.",
  pickTitle: "Choose a customer",
  pickText: "Each customer is a phone. Choose one from the list or make another.",
  try1: "Hello, I need a quote",
  try2: "My payment is still pending",
  try3: "I want to speak to a human",
  you: "You",
  edited: "edited",
  deletedText: "Message deleted",
  sSending: "sending",
  sSent: "sent",
  sDelivered: "delivered",
  sRead: "read",
  sFailed: "not delivered",
  webhookRefused: "The webhook answered {status}. Meta tries again.",
  today: "Today",
  backstage: "Behind the scenes",
  thisChat: "This conversation",
  idLabel: "Identifier",
  windowLabel: "24-hour window",
  windowOpen: "open until {time}",
  windowClosed: "closed",
  faults: "Cause a fault",
  faultGraph: "{channel} down",
  faultSlowModel: "Gemini slow (6 s)",
  faultQuota: "Gemini out of quota",
  faultDown: "Gemini down",
  faultHijacked: "Gemini obeys the customer",
  faultsOff: "End all",
  log: "What happened",
  logEmpty: "Nothing yet. Send a message and follow its way.",
  cancel: "Cancel",
  create: "Make customer",
  name: "Name",
  number: "WhatsApp number with country code",
  userId: "User id",
  channel: "Channel",
  offline: "No contact with the simulators. Start the local stack again; the page comes back by itself.",
  notConnected: "The stack is still starting: no webhook is subscribed yet.",
  unsubscribed: "Meta is not telling the app about this channel.",
  newBelow: "New message",
  close: "Close",
};

const es: Record<Word, string> = {
  title: "Teléfonos",
  subtitle: "Usted es el cliente",
  inbox: "Abrir la bandeja",
  language: "Idioma",
  theme: "Tema",
  themeAuto: "del sistema",
  themeLight: "claro",
  themeDark: "oscuro",
  customers: "Clientes",
  newCustomer: "Nuevo cliente",
  noMessage: "Aún sin mensajes",
  unread: "sin leer",
  business: "Servio.AI",
  chatWith: "Conversación de {name} en {channel}",
  back: "Volver a los clientes",
  typing: "escribiendo…",
  online: "conversación de prueba",
  write: "Mensaje",
  send: "Enviar",
  emptyTitle: "Escriba como si fuera el cliente",
  emptyText:
    "El mensaje sale firmado como lo firmaría Meta, llega al webhook del entorno local y la respuesta aparece aquí.",
  pickTitle: "Elija un cliente",
  pickText: "Cada cliente es un teléfono. Elija uno de la lista o cree otro.",
  try1: "Hola, necesito un presupuesto",
  try2: "Mi pago sigue pendiente",
  try3: "Quiero hablar con una persona",
  you: "Usted",
  edited: "editado",
  deletedText: "Mensaje eliminado",
  sSending: "enviando",
  sSent: "enviado",
  sDelivered: "entregado",
  sRead: "leído",
  sFailed: "no entregado",
  webhookRefused: "El webhook respondió {status}. Meta lo intenta de nuevo.",
  today: "Hoy",
  backstage: "Entre bastidores",
  thisChat: "Esta conversación",
  idLabel: "Identificador",
  windowLabel: "Ventana de 24 h",
  windowOpen: "abierta hasta las {time}",
  windowClosed: "cerrada",
  faults: "Provocar fallos",
  faultGraph: "{channel} caído",
  faultSlowModel: "Gemini lento (6 s)",
  faultQuota: "Gemini sin cuota",
  faultDown: "Gemini caído",
  faultHijacked: "Gemini obedece al cliente",
  faultsOff: "Terminar todos",
  log: "Qué pasó",
  logEmpty: "Nada aún. Envíe un mensaje y siga su camino.",
  cancel: "Cancelar",
  create: "Crear cliente",
  name: "Nombre",
  number: "Número de WhatsApp con código de país",
  userId: "Identificador del usuario",
  channel: "Canal",
  offline: "Sin contacto con los simuladores. Inicie de nuevo el entorno local; la página vuelve sola.",
  notConnected: "El entorno aún está arrancando: ningún webhook suscrito todavía.",
  unsubscribed: "Meta no está avisando a la aplicación sobre este canal.",
  newBelow: "Mensaje nuevo",
  close: "Cerrar",
};

export const LANGUAGES = { pt: "pt-BR", en: "en-GB", es: "es" } as const;
export type Language = keyof typeof LANGUAGES;
const WORDS: Readonly<Record<Language, Record<Word, string>>> = { pt, en, es };

export const CHANNEL_NAMES = { whatsapp: "WhatsApp", facebook: "Messenger", instagram: "Instagram" } as const;

let current: Language = "pt";

export function setLanguage(language: Language): void {
  current = language;
  document.documentElement.lang = LANGUAGES[language];
}

export function language(): Language {
  return current;
}

/** The word in the chosen language, with `{name}` filled in. */
export function t(word: Word, values: Readonly<Record<string, string>> = {}): string {
  return WORDS[current][word].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** 14:05 */
export function clock(at: number): string {
  return new Intl.DateTimeFormat(LANGUAGES[current], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
    at,
  );
}

/** "Hoje", or the day in words. */
export function day(at: number): string {
  if (new Date(at).toDateString() === new Date().toDateString()) return t("today");
  return new Intl.DateTimeFormat(LANGUAGES[current], { weekday: "long", day: "numeric", month: "long" }).format(at);
}
