import { useLingui } from "@lingui/react/macro";
import { clsx } from "clsx";
import { type ChannelState, dayStrip, type StateChange } from "./health.ts";
import { useStateWords } from "./trouble.ts";

/** Height and colour both tell, so that the strip can be read without colours. */
const BARS: Readonly<Record<ChannelState, string>> = {
  online: "h-2 bg-good",
  degraded: "h-4 bg-wait",
  offline: "h-6 bg-bad",
  unknown: "h-1 bg-edge",
};

/** The last 24 hours, half an hour a bar. */
export function Strip({ history, now }: { readonly history: readonly StateChange[]; readonly now: number }) {
  const { t } = useLingui();
  const words = useStateWords();
  const strip = dayStrip(history, now);
  const hours = (state: ChannelState) => strip.filter((slot) => slot === state).length / 2;
  const spoken = (["online", "degraded", "offline", "unknown"] as const)
    .filter((state) => hours(state) > 0)
    .map((state) => `${words[state]}: ${hours(state)} h`)
    .join(", ");
  return (
    <div className="mt-3">
      <div role="img" aria-label={t`Últimas 24 horas. ${spoken}`} className="flex h-6 items-end gap-px">
        {strip.map((state, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a slot is its place in the day
          <span key={index} className={clsx("min-w-0 flex-1 rounded-[1px]", BARS[state])} />
        ))}
      </div>
      <div className="flex justify-between pt-1 text-mini text-muted">
        <span>{t`24 h atrás`}</span>
        <span>{t`agora`}</span>
      </div>
    </div>
  );
}
