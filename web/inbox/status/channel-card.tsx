import { useLingui } from "@lingui/react/macro";
import { clsx } from "clsx";
import { CircleCheck, CircleDashed, OctagonX, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { CHANNEL_NAMES, ChannelMark } from "../../design/channel-mark.tsx";
import { rowTime } from "../format/time.ts";
import { useTimeStyle } from "../format/use-style.ts";
import type { AccountState, ChannelHealth, ChannelState, Quality } from "./health.ts";
import { Incidents } from "./incidents.tsx";
import { Runbook } from "./runbook.tsx";
import { Strip } from "./strip.tsx";
import { useStateWords, useTrouble } from "./trouble.ts";

const LOOKS: Readonly<Record<ChannelState, { Icon: typeof CircleCheck; look: string }>> = {
  online: { Icon: CircleCheck, look: "bg-good-ground text-good" },
  degraded: { Icon: TriangleAlert, look: "bg-wait-ground text-wait" },
  offline: { Icon: OctagonX, look: "bg-bad-ground text-bad" },
  unknown: { Icon: CircleDashed, look: "bg-hover text-muted" },
};

/** One channel: how it is, what is wrong and what happens next, its day, and its figures. */
export function ChannelCard({ health, now }: { readonly health: ChannelHealth; readonly now: number }) {
  const { t, i18n } = useLingui();
  const style = useTimeStyle();
  const states = useStateWords();
  const trouble = useTrouble()(health, now);
  const { Icon, look } = LOOKS[health.state];
  const when = (at: number | undefined) => (at === undefined ? t`ainda não` : rowTime(at, now, style));
  const rate = health.errorRate === undefined ? t`sem envios` : percent(health.errorRate, i18n.locale);
  const webhook = health.webhookOk === undefined ? t`não verificado` : health.webhookOk ? t`ligado` : t`desligado`;
  return (
    <article
      aria-label={CHANNEL_NAMES[health.channel]}
      className={clsx(
        "h-full rounded-bubble border bg-surface p-4",
        health.state === "offline" ? "border-bad" : "border-line",
      )}
    >
      <header className="flex items-center gap-2">
        <ChannelMark channel={health.channel} decorative className="size-5" />
        <h3 className="flex-1 text-body font-semibold">{CHANNEL_NAMES[health.channel]}</h3>
        <span className={clsx("flex items-center gap-1 rounded-full px-2 py-0.5 text-small font-medium", look)}>
          <Icon aria-hidden className="size-3.5" />
          {states[health.state]}
        </span>
      </header>
      <p className="mt-2 text-list text-ink">{trouble}</p>
      {(health.state === "offline" || health.state === "degraded") && (
        <Runbook name="channel-offline" className="mt-1" />
      )}
      <Strip history={health.history} now={now} />
      <Incidents history={health.history} now={now} />
      <dl className="mt-3 grid grid-cols-2 gap-x-4 gap-y-2">
        <Fact label={t`Taxa de erro`}>{rate}</Fact>
        {health.channel !== "webchat" && <Fact label={t`Webhook`}>{webhook}</Fact>}
        <Fact label={t`Última mensagem recebida`}>{when(health.lastInboundAt)}</Fact>
        <Fact label={t`Última mensagem enviada`}>{when(health.lastOutboundAt)}</Fact>
        <AccountFacts account={health.account} />
        <Fact label={t`Verificado`}>{when(health.checkedAt)}</Fact>
      </dl>
      {health.notices.length > 0 && (
        <section className="mt-3 border-t border-line pt-2">
          <h4 className="text-small text-muted">{t`Avisos da Meta`}</h4>
          <ul>
            {health.notices.map((notice) => (
              <li key={`${notice.field} ${notice.at}`} className="flex gap-2 py-0.5 text-small">
                <span className="min-w-0 flex-1 break-words">
                  {notice.field} · {notice.detail}
                </span>
                <span className="tabular shrink-0 text-muted">{when(notice.at)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </article>
  );
}

/** What Meta says of the account, where it says anything. */
function AccountFacts({ account = {} }: { readonly account?: AccountState | undefined }) {
  const { t, i18n } = useLingui();
  const qualities: Readonly<Record<Quality, string>> = { GREEN: t`alta`, YELLOW: t`média`, RED: t`baixa` };
  const { name, tokenExpiresAt: expires, quality, limitTier } = account;
  const day = new Intl.DateTimeFormat(i18n.locale, { dateStyle: "medium" });
  return (
    <>
      {name !== undefined && <Fact label={t`Conta`}>{name}</Fact>}
      {expires !== undefined && <Fact label={t`Token vence`}>{expires === null ? t`nunca` : day.format(expires)}</Fact>}
      {quality !== undefined && <Fact label={t`Qualidade do número`}>{qualities[quality]}</Fact>}
      {limitTier !== undefined && <Fact label={t`Novos contatos por dia`}>{limitTier}</Fact>}
    </>
  );
}

function percent(share: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(share);
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt className="text-small text-muted">{label}</dt>
      <dd className="tabular">{children}</dd>
    </div>
  );
}
