import type { Advanced } from "./advance.ts";
import { type ChannelHealth, type Notice, SUBJECT_NAMES, type Subject } from "./model.ts";

/** What the administrators read: what, since when, why, and what happens next. */
export function describeNotice(
  subject: Subject,
  health: Pick<ChannelHealth, "reason">,
  news: Advanced["notices"][number],
): Pick<Notice, "text" | "detail"> {
  const name = SUBJECT_NAMES[subject];
  const why = health.reason?.advice ?? "";
  switch (news.kind) {
    case "offline":
      return { text: `${name} está offline`, detail: `${why} A verificação se repete a cada 5 minutos.`.trim() };
    case "recovered":
      return { text: `${name} voltou`, detail: `Ficou offline por ${duration(news.lastedMs ?? 0)}.` };
    case "flapping":
      return {
        text: `${name} está instável`,
        detail: `Caiu três vezes em seis horas. ${why} O próximo aviso vem quando ficar uma hora sem cair.`,
      };
    case "stable":
      return { text: `${name} está estável de novo`, detail: `Sem quedas há ${duration(news.lastedMs ?? 0)}.` };
  }
}

/** `2 h 5 min`. @param ms milliseconds */
export function duration(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? "" : ` ${rest} min`}`;
}
