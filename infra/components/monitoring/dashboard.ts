import { CHANNEL_UP_METRIC } from "../../../app/health/gauge.ts";
import { type LogMetric, metricType } from "./metric.ts";

/**
 * A page of charts, as Cloud Monitoring takes it: https://cloud.google.com/monitoring/api/ref_v3/rest/v1/projects.dashboards
 * Pure: what is shown, not how it is declared.
 */
export interface Dashboard {
  readonly title: string;
  readonly widgets: readonly Widget[];
}

export type Widget = { readonly title: string } & (
  | { readonly xyChart: { readonly dataSets: readonly DataSet[]; readonly yAxis?: { readonly scale: "LINEAR" } } }
  | { readonly text: { readonly content: string; readonly format: "MARKDOWN" } }
);

interface DataSet {
  readonly plotType: "LINE" | "STACKED_BAR" | "STACKED_AREA";
  readonly legendTemplate?: string;
  readonly timeSeriesQuery: { readonly timeSeriesFilter: { readonly filter: string; readonly aggregation: object } };
}

type Reducer = "REDUCE_SUM" | "REDUCE_MAX" | "REDUCE_PERCENTILE_50" | "REDUCE_PERCENTILE_95" | "REDUCE_PERCENTILE_99";

const OF_SERVICES = 'resource.type="cloud_run_revision"';

/** How many in each period, one bar a label. */
export function rate(title: string, metric: LogMetric, by: readonly string[], seconds: number, where?: string): Widget {
  const filter = [`metric.type="${metricType(metric)}"`, OF_SERVICES, ...(where === undefined ? [] : [where])];
  const groups = by.map((label) => `metric.label.${label}`);
  return chart(title, [dataSet("STACKED_BAR", filter.join(" AND "), seconds, "ALIGN_DELTA", "REDUCE_SUM", groups)]);
}

/** p50, p95 and p99 of a distribution. */
export function percentiles(title: string, metric: LogMetric): Widget {
  const filter = `metric.type="${metricType(metric)}" AND ${OF_SERVICES}`;
  return chart(
    title,
    (["50", "95", "99"] as const).map((share) => ({
      ...dataSet("LINE", filter, 300, "ALIGN_DELTA", `REDUCE_PERCENTILE_${share}`, []),
      legendTemplate: `p${share}`,
    })),
  );
}

/** Which channel works. */
export function gauge(title: string): Widget {
  const filter = `metric.type="${CHANNEL_UP_METRIC}" AND resource.type="generic_task"`;
  return chart(title, [dataSet("LINE", filter, 600, "ALIGN_NEXT_OLDER", "REDUCE_MAX", ["metric.label.channel"])]);
}

/** One of Google's own metrics. */
export function series(
  title: string,
  filter: string,
  aligner: "ALIGN_MAX" | "ALIGN_RATE",
  reducer: Reducer,
  by: readonly string[],
): Widget {
  return chart(title, [dataSet("LINE", filter, 60, aligner, reducer, by)]);
}

/** Words between the charts. */
export function note(content: string): Widget {
  return { title: "Sobre esta página", text: { content, format: "MARKDOWN" } };
}

function chart(title: string, dataSets: readonly DataSet[]): Widget {
  return { title, xyChart: { dataSets, yAxis: { scale: "LINEAR" } } };
}

function dataSet(
  plotType: DataSet["plotType"],
  filter: string,
  seconds: number,
  perSeriesAligner: string,
  crossSeriesReducer: Reducer,
  groupByFields: readonly string[],
): DataSet {
  const aggregation = {
    alignmentPeriod: `${seconds}s`,
    perSeriesAligner,
    crossSeriesReducer,
    ...(groupByFields.length > 0 && { groupByFields }),
  };
  return { plotType, timeSeriesQuery: { timeSeriesFilter: { filter, aggregation } } };
}

/** The grid's own width; two charts stand side by side. */
const COLUMNS = 48;
const WIDTH = COLUMNS / 2;
const HEIGHT = 16;

/** The page as the API takes it, always with the same bytes. */
export function dashboardJson({ title, widgets }: Dashboard): string {
  const tiles = widgets.map((widget, index) => ({
    xPos: (index % 2) * WIDTH,
    yPos: Math.floor(index / 2) * HEIGHT,
    width: WIDTH,
    height: HEIGHT,
    widget,
  }));
  return JSON.stringify({ displayName: title, mosaicLayout: { columns: COLUMNS, tiles } });
}
