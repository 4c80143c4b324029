import { Trans, useLingui } from "@lingui/react/macro";
import { Download } from "lucide-react";
import { useState } from "react";
import type { Metrics, MetricsRange } from "../../../app/metrics/response.ts";
import { Button } from "../../design/button.tsx";
import { Notice } from "../../design/notice.tsx";
import { saveAs } from "../data/save-as.ts";
import { clockTime } from "../format/time.ts";
import { useTimeStyle } from "../format/use-style.ts";
import { useApiPorts } from "../session/use-api-ports.ts";
import { Page } from "../shell/page.tsx";
import { botShare, isEmpty, outbound, span } from "./figures.ts";
import { loadCsv, RANGES } from "./load.ts";
import { AgentsTable, AssistantTable, AutomationsTable, ResponseTable } from "./tables.tsx";
import { useMetrics } from "./use-metrics.ts";
import { VolumeChart } from "./volume-chart.tsx";

/** How fast customers are answered, by whom, and how much there is to do. */
export default function MetricsPage() {
  const { t } = useLingui();
  const ports = useApiPorts();
  const [range, setRange] = useState<MetricsRange>("24h");
  const { value, failed, retry } = useMetrics(ports, range);
  const [exportFailed, setExportFailed] = useState(false);
  const save = () =>
    loadCsv(ports, range).then(
      (csv) => {
        setExportFailed(false);
        saveAs(csv, `servio-${range}.csv`);
      },
      () => setExportFailed(true),
    );
  const actions = (
    <>
      <RangeChoice range={range} onChoose={setRange} />
      <Button onClick={save}>
        <Download aria-hidden className="size-4" />
        <span className="max-pane:sr-only">CSV</span>
      </Button>
    </>
  );
  return (
    <Page title={t`Métricas`} actions={actions}>
      {(failed || exportFailed) && (
        <Notice tone="bad" urgent className="mt-4">
          {failed ? (
            <Trans>As métricas não puderam ser lidas. As mensagens continuam chegando.</Trans>
          ) : (
            <Trans>O arquivo não pôde ser feito. Nada se perdeu.</Trans>
          )}
          <Button className="mt-2" onClick={failed ? retry : save}>
            <Trans>Tentar de novo</Trans>
          </Button>
        </Notice>
      )}
      {value !== undefined && <Report metrics={value} />}
    </Page>
  );
}

function Report({ metrics }: { readonly metrics: Metrics }) {
  const { t } = useLingui();
  const style = useTimeStyle();
  const counted = metrics.countedTo === null ? undefined : clockTime(Date.parse(metrics.countedTo), style);
  return (
    <>
      <p role="status" className="mt-1 text-body text-muted">
        {counted === undefined ? t`Ainda não há nada contado.` : t`Contado até ${counted}.`}
      </p>
      {isEmpty(metrics) ? (
        <p className="mt-6 rounded-bubble border border-line bg-surface p-6 text-center text-muted">
          <Trans>Nenhuma mensagem neste período. Os números aparecem até cinco minutos depois da primeira.</Trans>
        </p>
      ) : (
        <div className="mt-5 grid grid-cols-[minmax(0,1fr)] gap-4">
          <Tiles metrics={metrics} />
          <VolumeChart metrics={metrics} />
          <ResponseTable metrics={metrics} />
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4 wide:grid-cols-2">
            <AgentsTable metrics={metrics} />
            <AssistantTable metrics={metrics} />
          </div>
          <AutomationsTable metrics={metrics} />
        </div>
      )}
    </>
  );
}

function Tiles({ metrics }: { readonly metrics: Metrics }) {
  const { t } = useLingui();
  const { locale } = useTimeStyle();
  const { volume, bot, person } = metrics.total;
  const number = new Intl.NumberFormat(locale);
  const share = botShare(volume);
  const percent = new Intl.NumberFormat(locale, { style: "percent" });
  const half = (of: typeof bot.reply) => (of === null ? "—" : span(of.p50Ms, locale));
  const tiles = [
    [t`Recebidas`, number.format(volume.inbound)],
    [t`Enviadas`, number.format(outbound(volume))],
    [t`Respondidas pelo assistente`, share === undefined ? "—" : percent.format(share)],
    [t`Resposta do assistente, metade até`, half(bot.reply)],
    [t`Resposta de uma pessoa, metade até`, half(person.reply)],
    [t`Não enviadas`, number.format(volume.failed)],
  ] as const;
  return (
    <dl className="grid grid-cols-2 gap-3 pane:grid-cols-3 wide:grid-cols-6">
      {tiles.map(([label, value]) => (
        <div key={label} className="flex flex-col justify-between rounded-bubble border border-line bg-surface p-3">
          <dt className="text-small text-muted">{label}</dt>
          <dd className="tabular mt-1 text-page font-semibold">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface RangeChoiceProps {
  readonly range: MetricsRange;
  readonly onChoose: (range: MetricsRange) => void;
}

function RangeChoice({ range, onChoose }: RangeChoiceProps) {
  const { t } = useLingui();
  const names = { "24h": t`24 horas`, "7d": t`7 dias`, "30d": t`30 dias` };
  return (
    <fieldset className="flex overflow-hidden rounded-base border border-edge">
      <legend className="sr-only">
        <Trans>Período</Trans>
      </legend>
      {RANGES.map((each) => (
        <label
          key={each}
          className="cursor-pointer px-3 py-1.5 text-list max-pane:px-2 has-checked:bg-chosen has-checked:font-medium has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent not-has-checked:hover:bg-hover"
        >
          <input
            type="radio"
            name="range"
            className="sr-only"
            checked={each === range}
            onChange={() => onChoose(each)}
          />
          {names[each]}
        </label>
      ))}
    </fieldset>
  );
}
