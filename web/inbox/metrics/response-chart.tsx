import { Trans, useLingui } from "@lingui/react/macro";
import { clsx } from "clsx";
import type { Metrics } from "../../../app/metrics/response.ts";
import { CHANNEL_NAMES, ChannelMark } from "../../design/channel-mark.tsx";
import { useTimeStyle } from "../format/use-style.ts";
import { logShare, span, ticksUnder } from "./figures.ts";

/** The assistant and people differ in the word beside the bar as well as in colour. */
const LOOKS = { bot: "bg-accent", person: "bg-good" } as const;

/** However fast all were, the scale holds the second that one knows. */
const SHORTEST_SCALE_MS = 10_000;

/** How long an answer took: a bar for each channel and who answered, full to the middle, pale to the slow end. The table is behind it. */
export function ResponseChart({ metrics }: { readonly metrics: Metrics }) {
  const { t } = useLingui();
  const { locale } = useTimeStyle();
  const names = { bot: t`Assistente`, person: t`Pessoas` };
  const bars = metrics.channels.flatMap(({ channel, ...figures }) =>
    (["bot", "person"] as const).flatMap((who) => {
      const { reply } = figures[who];
      return reply === null ? [] : [{ channel, who, ...reply }];
    }),
  );
  if (bars.length === 0) return null;
  const top = Math.max(SHORTEST_SCALE_MS, ...bars.map(({ p90Ms }) => p90Ms));
  const width = (ms: number) => ({ width: `${logShare(ms, top) * 100}%` });
  return (
    <div aria-hidden className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 gap-y-1.5">
      {bars.map(({ channel, who, p50Ms, p90Ms }) => (
        <div key={`${channel} ${who}`} className="contents">
          <span className="flex items-center gap-1.5 text-small">
            <ChannelMark channel={channel} decorative />
            <span className="max-pane:hidden">{CHANNEL_NAMES[channel]}</span>
            <span className="text-muted">{names[who]}</span>
          </span>
          <span
            title={`${CHANNEL_NAMES[channel]}, ${names[who]}: ${span(p50Ms, locale)} / ${span(p90Ms, locale)}`}
            className="relative h-4 rounded-xs hover:bg-hover"
          >
            <span
              className={clsx("absolute inset-y-0 left-0 rounded-xs opacity-35", LOOKS[who])}
              style={width(p90Ms)}
            />
            <span className={clsx("absolute inset-y-0 left-0 rounded-xs", LOOKS[who])} style={width(p50Ms)} />
          </span>
        </div>
      ))}
      <span className="text-mini text-muted">
        <Trans>Resposta</Trans>
      </span>
      <span className="relative h-4 border-t border-line text-mini text-muted">
        {ticksUnder(top).map((ms) => (
          <span
            key={ms}
            className="tabular absolute top-0 -translate-x-1/2"
            style={{ left: `${logShare(ms, top) * 100}%` }}
          >
            {span(ms, locale)}
          </span>
        ))}
      </span>
    </div>
  );
}
