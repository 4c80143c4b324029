import { useLingui } from "@lingui/react/macro";
import { clsx } from "clsx";
import type { ReactNode } from "react";
import type { Metrics } from "../../../app/metrics/response.ts";
import { duration } from "../format/time.ts";
import { useTimeStyle } from "../format/use-style.ts";
import { span } from "../metrics/figures.ts";
import { Runbook, type RunbookName } from "./runbook.tsx";

/** From then on somebody is called: `infra/components/monitoring/messages.ts`. */
const OVERDUE_MS = 120_000;

interface Figure {
  readonly label: string;
  readonly value: ReactNode;
  readonly note?: string | undefined;
  /** What to do about it, when somebody has to. Only then is it red. */
  readonly runbook?: RunbookName | undefined;
}

/** What waits right now, how deep the queues are, and how fast the model answers. */
export function Present({ metrics, now }: { readonly metrics: Metrics; readonly now: number }) {
  const { t } = useLingui();
  const style = useTimeStyle();
  const { waiting, waitingSince, needsPerson, unsent, tasks, queues } = metrics.now;
  const { latency } = metrics.assistant;
  const number = new Intl.NumberFormat(style.locale);
  const waitedMs = waitingSince === null ? 0 : now - Date.parse(waitingSince);
  const longest = duration(waitedMs, style);
  const count = (of: number | null | undefined) => (of == null ? "—" : number.format(of));
  const untold = t`só na nuvem`;
  const dead = queues?.deadLetters ?? 0;
  const figures: readonly Figure[] = [
    {
      label: t`Esperam o assistente`,
      value: number.format(waiting),
      note: waitingSince === null ? undefined : t`a mais antiga há ${longest}`,
      runbook: waitedMs > OVERDUE_MS ? "no-answer" : undefined,
    },
    { label: t`Esperam uma pessoa`, value: number.format(needsPerson) },
    { label: t`Mensagens a caminho`, value: number.format(unsent) },
    { label: t`Tarefas para uma pessoa`, value: number.format(tasks) },
    {
      label: t`Filas: respostas e entrada`,
      value: queues === null ? "—" : `${count(queues.replies)} · ${count(queues.inbound)}`,
      note: queues === null ? untold : undefined,
    },
    {
      label: t`Dead letters`,
      value: count(queues?.deadLetters),
      note: queues === null ? untold : undefined,
      runbook: dead > 0 ? "dead-letters" : undefined,
    },
    {
      label: t`Modelo de IA: p50 / p90`,
      value: latency === null ? "—" : `${span(latency.p50Ms, style.locale)} / ${span(latency.p90Ms, style.locale)}`,
      note: latency === null ? t`sem perguntas em 24 h` : t`de ${latency.count} em 24 h`,
    },
  ];
  return (
    <section aria-label={t`Agora`} className="mt-5">
      <dl className="grid grid-cols-2 gap-3 pane:grid-cols-4">
        {figures.map((figure) => (
          <Tile key={figure.label} {...figure} />
        ))}
      </dl>
    </section>
  );
}

function Tile({ label, value, note, runbook }: Figure) {
  return (
    <div
      className={clsx(
        "rounded-bubble border bg-surface p-3 last:max-pane:col-span-2 pane:last:col-span-2",
        runbook === undefined ? "border-line" : "border-bad",
      )}
    >
      <dt className="text-small text-muted">{label}</dt>
      <dd>
        <span className={clsx("tabular text-title font-semibold", runbook === undefined ? "text-ink" : "text-bad")}>
          {value}
        </span>
        {note !== undefined && <span className="block text-small text-muted">{note}</span>}
        {runbook !== undefined && <Runbook name={runbook} className="mt-1" />}
      </dd>
    </div>
  );
}
