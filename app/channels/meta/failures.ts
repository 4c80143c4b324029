import type { MetaChannelName, SendFailure } from "../channel.ts";

/**
 * What can be done about an error that Graph answers, by its `code` (and `error_subcode`), never by title or HTTP status.
 * Sources: https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes and
 * https://developers.facebook.com/docs/messenger-platform/error-codes
 */

const DAY_MS = 24 * 3_600_000;

type Table = Readonly<Record<string, SendFailure>>;

const WHATSAPP: Table = table({
  retry: [1, 2, 4, 80007, 130429, 131000, 131016, 131056, 131057, 133004],
  channel: [0, 190, 3, 10, 368, 131005, 131031, 131042, 131045, 133010],
  unreachable: [131026],
  window: [131047, 470],
  cooldown: [131048, 131049],
  optout: [131050],
  message: [
    33, 100, 130472, 130497, 131008, 131009, 131021, 131037, 131051, 131052, 131053, 131062, 132000, 132001, 132005,
    132007, 132012, 132015, 132016, 135000,
  ],
});

const MESSAGING: Table = table({
  retry: [1, 2, 4, 17, 32, 613, 1200, 80001, 80002, 80006],
  // 2018300 and 100/2534037: another app owns the thread, which is for a person to settle.
  // 230 (no consent to read the profile) says nothing about the channel.
  message: [100, 230, 2018300, "100/2534037", "613/2018338", 1609005],
  window: ["10/2018278", "10/2534022"],
  unreachable: [551, "551/1545041", "10/2018108", "100/2018001", "100/2534014", "200/1545041"],
  channel: [10, 190, 200, 368, "10/1893063"],
});

/** How long Meta asks to leave a customer, or a pair of numbers, alone. */
const WAITS_MS: Readonly<Record<string, number>> = { "131049": DAY_MS, "131048": DAY_MS, "131056": 6_000 };

/** "Possibly a temporary issue", of which nobody knows: it is tried again once, on every channel. */
const ONCE = 1;

/** The class of a Graph error, and how long to wait where the code itself says so. */
export function classify(
  channel: MetaChannelName,
  httpStatus: number,
  code: number,
  subcode?: number,
): { failure: SendFailure; once?: true; retryAfterMs?: number } {
  const known = channel === "whatsapp" ? WHATSAPP : MESSAGING;
  const failure =
    (subcode === undefined ? undefined : known[`${code}/${subcode}`]) ??
    known[String(code)] ??
    (code >= 200 && code <= 299 ? "channel" : byStatus(httpStatus));
  const wait = channel === "whatsapp" ? WAITS_MS[String(code)] : undefined;
  return { failure, ...(code === ONCE && { once: true }), ...(wait !== undefined && { retryAfterMs: wait }) };
}

/** Only where the answer carries no code that is known. */
export function byStatus(httpStatus: number): SendFailure {
  if (httpStatus === 429 || httpStatus === 500 || httpStatus === 503) return "retry";
  // A gateway that gave up waiting does not know whether the message went out.
  if (httpStatus >= 500) return "unknown";
  if (httpStatus === 401 || httpStatus === 403) return "channel";
  return "message";
}

/** What an operator should read, for the codes worth a plain word; the others keep Graph's own message. */
const ADVICE: Readonly<Record<string, string>> = {
  "131047": "A janela de 24 horas fechou. Envie um modelo aprovado ou espere o cliente escrever.",
  "131048": "O número está limitado por suspeita de spam. Não tente de novo hoje; veja a qualidade do número na Meta.",
  "131049": "A Meta decidiu não entregar esta mensagem. Não tente de novo nas próximas 24 horas.",
  "131050": "O cliente pediu para não receber mensagens de marketing.",
  "131026": "Não foi possível entregar: o número pode não ter WhatsApp ou não aceitar mensagens.",
  "131051": "Este tipo de mensagem não é suportado pelo WhatsApp.",
  "131060": "Esta mensagem não está disponível aqui. Abra o aplicativo do WhatsApp para vê-la.",
  "131056": "Mensagens demais para este cliente em pouco tempo. O envio será repetido.",
  "131062": "Modelos de autenticação não podem ser enviados a quem esconde o número.",
  "130429": "O limite de envios do número foi atingido. O envio será repetido.",
  "131031": "A conta do WhatsApp está bloqueada pela Meta. Um administrador precisa resolver isso.",
  "131042": "Há um problema de pagamento na conta do WhatsApp. Um administrador precisa resolver isso.",
  "190": "O acesso à Meta expirou. Um administrador precisa conectar o canal de novo.",
  "10/2018278": "A janela de 24 horas fechou. Só uma pessoa pode responder agora.",
  "10/2534022": "A janela de 24 horas fechou. Só uma pessoa pode responder agora.",
  "551": "Esta pessoa não está disponível para receber mensagens.",
  "2018300": "Outro aplicativo está cuidando desta conversa.",
  "100/2534037": "Outro aplicativo está cuidando desta conversa.",
};

/** Plain words in Portuguese for an error code, if there are any. */
export function adviceFor(code: number, subcode?: number): string | undefined {
  return (subcode === undefined ? undefined : ADVICE[`${code}/${subcode}`]) ?? ADVICE[String(code)];
}

function table(groups: Partial<Record<SendFailure, readonly (number | string)[]>>): Table {
  const entries = Object.entries(groups) as [SendFailure, readonly (number | string)[]][];
  return Object.fromEntries(entries.flatMap(([failure, codes]) => codes.map((code) => [String(code), failure])));
}
