import { useLingui } from "@lingui/react/macro";
import { duration, rowTime } from "../format/time.ts";
import { useTimeStyle } from "../format/use-style.ts";
import type { ChannelHealth, ChannelState, NoticeWay } from "./health.ts";
import { useReasonWords } from "./reason-words.ts";

export function useStateWords(): Readonly<Record<ChannelState, string>> {
  const { t } = useLingui();
  return { online: t`Funcionando`, degraded: t`Com falhas`, offline: t`Fora do ar`, unknown: t`Sem verificação` };
}

/** What is wrong, since when, who was told and what happens next, in as many sentences as there is something to say. */
export function useTrouble(): (health: ChannelHealth, now: number) => string {
  const { t } = useLingui();
  const style = useTimeStyle();
  const reasonOf = useReasonWords();
  return (health, now) => {
    const since = health.since === undefined ? undefined : duration(now - health.since, style);
    if (health.state === "unknown") return t`Este canal ainda não foi verificado.`;
    if (health.state === "online") return since === undefined ? t`Tudo certo.` : t`Tudo certo há ${since}.`;
    const reason =
      reasonOf(health) ?? (health.state === "offline" ? t`O canal não responde.` : t`Parte dos envios falha.`);
    const ways: Readonly<Record<NoticeWay, string>> = { slack: t`pelo Slack`, email: t`por e-mail` };
    const list = new Intl.ListFormat(style.locale, { type: "conjunction" });
    const told = health.notified?.length ? list.format(health.notified.map((way) => ways[way])) : undefined;
    return [
      reason,
      since === undefined ? undefined : t`Começou há ${since}.`,
      told === undefined ? undefined : t`Administradores avisados ${told}.`,
      health.nextCheckAt === undefined ? undefined : t`Nova verificação: ${rowTime(health.nextCheckAt, now, style)}.`,
    ]
      .filter((sentence) => sentence !== undefined)
      .join(" ");
  };
}
