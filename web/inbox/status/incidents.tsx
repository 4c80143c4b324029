import { useLingui } from "@lingui/react/macro";
import { clockTime, rowTime } from "../format/time.ts";
import { useTimeStyle } from "../format/use-style.ts";
import { incidents, type StateChange } from "./health.ts";
import { useStateWords } from "./trouble.ts";

/** So many are named; the strip shows that there were more. */
const NAMED = 4;

/** What went wrong in the last day, when, and by which check. */
export function Incidents({ history, now }: { readonly history: readonly StateChange[]; readonly now: number }) {
  const { t } = useLingui();
  const style = useTimeStyle();
  const words = useStateWords();
  const found = incidents(history, now);
  if (found.length === 0) return null;
  const when = (at: number) => {
    const [day, clock] = [rowTime(at, now, style), clockTime(at, style)];
    return day === clock ? clock : `${day} ${clock}`;
  };
  return (
    <ul aria-label={t`Incidentes das últimas 24 horas`} className="mt-2 text-small">
      {found.slice(0, NAMED).map(({ from, until, state, reason }) => (
        <li key={from} className="flex flex-wrap gap-x-2 py-0.5">
          <span className="tabular text-muted">
            {until === undefined ? t`desde ${when(from)}` : `${when(from)} – ${when(until)}`}
          </span>
          <span className={state === "offline" ? "text-bad" : "text-wait"}>{words[state]}</span>
          {reason !== undefined && <code className="break-all text-muted">{reason}</code>}
        </li>
      ))}
      {found.length > NAMED && <li className="py-0.5 text-muted">{t`e mais ${found.length - NAMED}`}</li>}
    </ul>
  );
}
