import { Trans, useLingui } from "@lingui/react/macro";
import { clsx } from "clsx";
import type { Metrics } from "../../../app/metrics/response.ts";
import type { TimeStyle } from "../format/time.ts";
import { useTimeStyle } from "../format/use-style.ts";
import { type Bar, barsOf, scaleTop } from "./figures.ts";

/** Who wrote: the marks differ in place as well as in colour (inbound has a bar of its own). */
const PARTS = ["bot", "person", "automation"] as const;
const LOOKS = { inbound: "bg-info", bot: "bg-accent", person: "bg-good", automation: "bg-wait" } as const;

/** Messages by hour or day: what came in beside what went out, with the same numbers as a table. */
export function VolumeChart({ metrics }: { readonly metrics: Metrics }) {
  const { t } = useLingui();
  const style = { ...useTimeStyle(), timeZone: metrics.timeZone };
  const bars = barsOf(metrics.series);
  const top = scaleTop(bars);
  const names = { inbound: t`Recebidas`, bot: t`Assistente`, person: t`Pessoas`, automation: t`Automações` };
  const when = (at: number) => slotTime(at, metrics.slot, style);
  return (
    <figure className="rounded-bubble border border-line bg-surface p-4">
      <figcaption className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h3 className="text-body font-semibold">
          {metrics.slot === "hour" ? <Trans>Mensagens por hora</Trans> : <Trans>Mensagens por dia</Trans>}
        </h3>
        <ul className="flex flex-wrap gap-x-3 text-small text-muted">
          {(["inbound", ...PARTS] as const).map((part) => (
            <li key={part} className="flex items-center gap-1">
              <span aria-hidden className={clsx("size-2.5 rounded-xs", LOOKS[part])} />
              {names[part]}
            </li>
          ))}
        </ul>
      </figcaption>
      <div aria-hidden className="mt-3 flex h-44 gap-2">
        <div className="tabular flex flex-col justify-between text-right text-mini text-muted">
          <span>{top}</span>
          <span>0</span>
        </div>
        <div className="flex min-w-0 flex-1 items-end gap-px border-b border-line">
          {bars.map((bar) => (
            <Slot key={bar.at} bar={bar} top={top} title={`${when(bar.at)} · ${summary(bar, names)}`} />
          ))}
        </div>
      </div>
      <div aria-hidden className="tabular mt-1 flex justify-between pl-8 text-mini text-muted">
        {axis(bars).map((at) => (
          <span key={at}>{when(at)}</span>
        ))}
      </div>
      <details className="mt-2">
        <summary className="cursor-pointer text-small text-muted">
          <Trans>Ver os números</Trans>
        </summary>
        <div className="mt-2 max-h-64 overflow-auto" tabIndex={-1}>
          <table className="w-full text-left">
            <thead className="sticky top-0 bg-surface text-small text-muted">
              <tr>
                <th className="py-1 font-normal">{metrics.slot === "hour" ? t`Hora` : t`Dia`}</th>
                {(["inbound", ...PARTS] as const).map((part) => (
                  <th key={part} className="py-1 text-right font-normal">
                    {names[part]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="tabular">
              {bars.map((bar) => (
                <tr key={bar.at} className="border-t border-line">
                  <th className="py-1 font-normal">{when(bar.at)}</th>
                  {(["inbound", ...PARTS] as const).map((part) => (
                    <td key={part} className="py-1 text-right">
                      {bar[part]}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

function Slot({ bar, top, title }: { readonly bar: Bar; readonly top: number; readonly title: string }) {
  const height = (count: number) => ({ height: `${(count / top) * 100}%` });
  return (
    <div title={title} className="flex h-full min-w-0 flex-1 items-end gap-px hover:bg-hover">
      <div className={clsx("min-w-0 flex-1 rounded-t-xs", LOOKS.inbound)} style={height(bar.inbound)} />
      <div className="flex h-full min-w-0 flex-1 flex-col justify-end">
        {PARTS.map((part) => (
          <div key={part} className={LOOKS[part]} style={height(bar[part])} />
        ))}
      </div>
    </div>
  );
}

function summary(bar: Bar, names: Readonly<Record<"inbound" | (typeof PARTS)[number], string>>): string {
  return (["inbound", ...PARTS] as const).map((part) => `${names[part]} ${bar[part]}`).join(", ");
}

function slotTime(at: number, slot: Metrics["slot"], style: TimeStyle): string {
  const options: Intl.DateTimeFormatOptions =
    slot === "day" ? { day: "2-digit", month: "2-digit" } : { weekday: "short", hour: "2-digit", minute: "2-digit" };
  const zone = style.timeZone === undefined ? {} : { timeZone: style.timeZone };
  return new Intl.DateTimeFormat(style.locale, { ...options, ...zone }).format(at);
}

/** First, middle and last. */
function axis(bars: readonly Bar[]): number[] {
  const at = [bars[0], bars[Math.floor(bars.length / 2)], bars.at(-1)].flatMap((bar) => (bar ? [bar.at] : []));
  return [...new Set(at)];
}
