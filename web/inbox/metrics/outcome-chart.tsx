import { useLingui } from "@lingui/react/macro";
import { clsx } from "clsx";
import type { Metrics } from "../../../app/metrics/response.ts";
import { useTaskWords } from "../tasks/task-words.ts";

const PARTS = ["sent", "tasks", "skipped", "failed"] as const;
const LOOKS = { sent: "bg-accent", tasks: "bg-info", skipped: "bg-edge", failed: "bg-bad" } as const;

/** What became of the automations: a bar for each trigger, as long as it was busy. The table is behind it. */
export function OutcomeChart({ metrics }: { readonly metrics: Metrics }) {
  const { t } = useLingui();
  const { title } = useTaskWords();
  const names = { sent: t`Enviadas`, tasks: t`Para uma pessoa`, skipped: t`Não enviadas`, failed: t`Com falha` };
  const rows = metrics.automations
    .map((row) => ({ ...row, all: PARTS.reduce((sum, part) => sum + row[part], 0) }))
    .filter(({ all }) => all > 0);
  const most = Math.max(0, ...rows.map(({ all }) => all));
  if (most === 0) return null;
  return (
    <div aria-hidden className="mt-2">
      <ul className="flex flex-wrap gap-x-3 text-small text-muted">
        {PARTS.map((part) => (
          <li key={part} className="flex items-center gap-1">
            <span className={clsx("size-2.5 rounded-xs", LOOKS[part])} />
            {names[part]}
          </li>
        ))}
      </ul>
      <div className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 gap-y-1.5">
        {rows.map(({ trigger, all, ...row }) => (
          <div key={trigger} className="contents">
            <span className="max-w-56 truncate text-small max-pane:max-w-36">{title(trigger)}</span>
            <span
              title={`${title(trigger)}: ${PARTS.map((part) => `${names[part]} ${row[part]}`).join(", ")}`}
              className="flex h-4 hover:bg-hover"
            >
              {PARTS.map((part) => (
                <span key={part} className={LOOKS[part]} style={{ width: `${(row[part] / most) * 100}%` }} />
              ))}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
