import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { Figures, Metrics } from "../../../app/metrics/response.ts";
import { CHANNEL_NAMES, ChannelMark } from "../../design/channel-mark.tsx";
import { useAgents } from "../data/inbox.ts";
import { useTimeStyle } from "../format/use-style.ts";
import { useTaskWords } from "../tasks/task-words.ts";
import { type DurationOrNone, span } from "./figures.ts";
import { OutcomeChart } from "./outcome-chart.tsx";
import { useOutcomeWords } from "./outcome-words.ts";
import { ResponseChart } from "./response-chart.tsx";

/** How fast customers were answered: by channel, and who answered. */
export function ResponseTable({ metrics }: { readonly metrics: Metrics }) {
  const { t } = useLingui();
  const rows = metrics.channels.filter(({ volume }) => volume.inbound + volume.bot + volume.person > 0);
  return (
    <Panel title={t`Tempos de resposta`} note={t`Metade levou até o primeiro tempo; nove em dez, até o segundo.`}>
      <ResponseChart metrics={metrics} />
      <Table
        columns={[t`Canal`, t`Quem`, t`Primeira resposta`, t`Resposta`, t`Resolução`]}
        words={2}
        rows={rows.flatMap(({ channel, ...figures }) =>
          (["bot", "person"] as const).map((who) => ({
            key: `${channel} ${who}`,
            cells: [
              <span key="channel" className="flex items-center gap-1.5">
                <ChannelMark channel={channel} decorative />
                {CHANNEL_NAMES[channel]}
              </span>,
              who === "bot" ? t`Assistente` : t`Pessoas`,
              ...times(figures[who]),
            ],
          })),
        )}
      />
    </Panel>
  );
}

export function AgentsTable({ metrics }: { readonly metrics: Metrics }) {
  const { t } = useLingui();
  const names = new Map(useAgents().map(({ id, name }) => [id, name]));
  return (
    <Panel title={t`Pessoas`}>
      <Table
        columns={[t`Pessoa`, t`Mensagens`, t`Fechadas`, t`Primeira resposta`, t`Resposta`, t`Resolução`]}
        words={1}
        rows={metrics.agents.map((row) => ({
          key: row.agent,
          cells: [names.get(row.agent) ?? row.agent, row.messages, row.closed, ...times(row)],
        }))}
      />
    </Panel>
  );
}

export function AutomationsTable({ metrics }: { readonly metrics: Metrics }) {
  const { t } = useLingui();
  const { title } = useTaskWords();
  return (
    <Panel title={t`Automações`}>
      <OutcomeChart metrics={metrics} />
      <Table
        columns={[t`Gatilho`, t`Enviadas`, t`Para uma pessoa`, t`Não enviadas`, t`Com falha`, t`Motivos`]}
        words={1}
        remark
        rows={metrics.automations.map((row) => ({
          key: row.trigger,
          cells: [title(row.trigger), row.sent, row.tasks, row.skipped, row.failed, reasonsOf(row.reasons)],
        }))}
      />
    </Panel>
  );
}

export function AssistantTable({ metrics }: { readonly metrics: Metrics }) {
  const { t } = useLingui();
  const { calls, latency, outcomes } = metrics.assistant;
  const words = useOutcomeWords();
  return (
    <Panel title={t`Assistente`}>
      <Table
        columns={[t`Resultado`, t`Vezes`]}
        words={1}
        rows={[
          { key: "calls", cells: [t`Perguntas ao modelo`, calls] },
          { key: "latency", cells: [t`Tempo do modelo`, <Times key="latency" of={latency} />] },
          ...Object.entries(outcomes).map(([outcome, times]) => ({ key: outcome, cells: [words(outcome), times] })),
        ]}
      />
    </Panel>
  );
}

function times(of: Figures["bot"]): ReactNode[] {
  return [
    <Times key="first" of={of.firstResponse} />,
    <Times key="reply" of={of.reply} />,
    <Times key="resolution" of={of.resolution} />,
  ];
}

/** The middle and the slow end, and of how many; a dash where there was none. */
function Times({ of }: { readonly of: DurationOrNone }) {
  const { t } = useLingui();
  const { locale } = useTimeStyle();
  if (of === null) return <span className="text-muted">—</span>;
  const [half, most] = [span(of.p50Ms, locale), span(of.p90Ms, locale)];
  return (
    <span className="whitespace-nowrap" title={t`p50 ${half}, p90 ${most}, de ${of.count}`}>
      {half} <span className="text-muted">/ {most}</span>
    </span>
  );
}

function reasonsOf(reasons: Readonly<Record<string, number>>): string {
  const words = Object.entries(reasons).sort(([, one], [, other]) => other - one);
  return words.length === 0 ? "—" : words.map(([reason, count]) => `${reason} ${count}`).join(", ");
}

interface PanelProps {
  readonly title: string;
  readonly note?: string;
  readonly children: ReactNode;
}

function Panel({ title, note, children }: PanelProps) {
  return (
    <section aria-label={title} className="rounded-bubble border border-line bg-surface p-4">
      <h3 className="text-body font-semibold">{title}</h3>
      {note !== undefined && <p className="text-small text-muted">{note}</p>}
      {children}
    </section>
  );
}

interface TableProps {
  readonly columns: readonly string[];
  /** So many columns hold words, from the left; the others numbers. */
  readonly words: number;
  /** The last column holds words too. @default false */
  readonly remark?: boolean;
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
}

function Table({ columns, words, remark = false, rows }: TableProps) {
  const isWords = (index: number) => index < words || (remark && index === columns.length - 1);
  const side = (index: number) => (isWords(index) ? "text-left" : "text-right");
  if (rows.length === 0) {
    return (
      <p className="mt-2 text-muted">
        <Trans>Nada neste período.</Trans>
      </p>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls, and must be reachable by keyboard (axe: scrollable-region-focusable)
    <div tabIndex={0} className="focus-inset mt-2 overflow-x-auto">
      <table className="w-full border-collapse">
        <thead className="text-small text-muted">
          <tr>
            {columns.map((column, index) => (
              <th key={column} className={`px-2 py-1 font-normal whitespace-nowrap first:pl-0 ${side(index)}`}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="tabular">
          {rows.map(({ key, cells }) => (
            <tr key={key} className="border-t border-line">
              {columns.map((column, index) => (
                <td key={column} className={`px-2 py-1.5 first:pl-0 ${side(index)}`}>
                  {cells[index]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
