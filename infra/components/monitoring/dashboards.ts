import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { QUEUE_SUBSCRIPTIONS } from "../../../app/metrics/queue-depths.ts";
import { childOptions, type Place } from "../../place.ts";
import { requests } from "./api.ts";
import { answerLatency, answers } from "./assistant.ts";
import { outcomes, runs } from "./automations.ts";
import { type Dashboard, dashboardJson, gauge, note, percentiles, rate, series } from "./dashboard.ts";
import { notSent, overdue, received, sent, wait } from "./messages.ts";
import { deliveries, deliveryLatency } from "./webhook.ts";

const QUEUE_AGE =
  'metric.type="pubsub.googleapis.com/subscription/oldest_unacked_message_age" AND resource.type="pubsub_subscription"';
const DEAD_LETTERS = `metric.type="pubsub.googleapis.com/subscription/num_undelivered_messages" AND resource.type="pubsub_subscription" AND resource.labels.subscription_id="${QUEUE_SUBSCRIPTIONS.deadLetters}"`;
const INGESTED = 'metric.type="logging.googleapis.com/billing/bytes_ingested" AND resource.type="global"';
const run = (metric: string): string =>
  `metric.type="run.googleapis.com/container/${metric}" AND resource.type="cloud_run_revision"`;
const firestore = (metric: string): string =>
  `metric.type="firestore.googleapis.com/document/${metric}" AND resource.type="firestore_instance"`;

export type DashboardName = "overview" | "channels" | "assistant" | "automations" | "cost";

/** Specification 8.1, on five pages. */
export const DASHBOARDS: Readonly<Record<DashboardName, Dashboard>> = {
  overview: {
    title: "Servio: visão geral",
    widgets: [
      rate("Mensagens recebidas por hora, por canal", received, ["channel"], 3600),
      rate("Mensagens enviadas por hora, por autor", sent, ["author"], 3600),
      percentiles("Espera do cliente até a resposta (ms)", wait),
      rate("Clientes sem resposta há mais de 2 minutos", overdue, ["channel"], 60),
      rate("Entregas do webhook, pelo que foi respondido", deliveries, ["delivery"], 60),
      percentiles("Latência das rotas (ms)", requests),
      series("Fila: idade da mensagem mais antiga (s)", QUEUE_AGE, "ALIGN_MAX", "REDUCE_MAX", [
        "resource.label.subscription_id",
      ]),
      series("Dead letters guardadas", DEAD_LETTERS, "ALIGN_MAX", "REDUCE_SUM", []),
    ],
  },
  channels: {
    title: "Servio: canais",
    widgets: [
      gauge("Canal funciona (1) ou está offline (0)"),
      rate("Entregas recusadas (503), por canal", deliveries, ["channel", "status"], 300, 'metric.labels.status="503"'),
      rate("Assinaturas inválidas, por canal", deliveries, ["channel"], 300, 'metric.labels.delivery="rejected"'),
      rate(
        "Erros 4xx e 5xx, por canal e status",
        deliveries,
        ["channel", "status"],
        300,
        'metric.labels.status!="200"',
      ),
      percentiles("Latência do webhook (ms)", deliveryLatency),
      rate("Envios que falharam, por canal e motivo", notSent, ["channel", "failure"], 300),
      rate("Mensagens recebidas por hora, por canal", received, ["channel"], 3600),
      rate("Mensagens enviadas por hora, por canal", sent, ["channel"], 3600),
    ],
  },
  assistant: {
    title: "Servio: assistente",
    widgets: [
      percentiles("Tempo de resposta da IA (ms)", answerLatency),
      rate("Respostas da IA, por resultado", answers, ["outcome"], 300),
      percentiles("Espera do cliente até a resposta (ms)", wait),
      rate("Clientes sem resposta há mais de 2 minutos", overdue, ["channel"], 60),
    ],
  },
  automations: {
    title: "Servio: automações",
    widgets: [
      rate("Execuções por hora, por trigger", runs, ["trigger"], 3600),
      rate("Resultados por hora, por trigger", outcomes, ["trigger", "outcome"], 3600),
      rate(
        "Mensagens de automação enviadas por hora, por canal",
        sent,
        ["channel"],
        3600,
        'metric.labels.author="automation"',
      ),
    ],
  },
  cost: {
    title: "Servio: o que custa",
    widgets: [
      note("`npm run cost` estima o mês e compara com a fatura (docs/cost.md). Aqui está o que faz a conta crescer."),
      series("Cloud Run: tempo cobrado (s/s)", run("billable_instance_time"), "ALIGN_RATE", "REDUCE_SUM", [
        "resource.label.service_name",
      ]),
      series("Cloud Run: instâncias", run("instance_count"), "ALIGN_MAX", "REDUCE_SUM", [
        "resource.label.service_name",
      ]),
      series("Firestore: leituras por segundo", firestore("read_count"), "ALIGN_RATE", "REDUCE_SUM", []),
      series("Firestore: escritas por segundo", firestore("write_count"), "ALIGN_RATE", "REDUCE_SUM", []),
      series("Logs guardados (bytes/s)", INGESTED, "ALIGN_RATE", "REDUCE_SUM", []),
      rate("Respostas da IA por hora", answers, [], 3600),
      rate("Mensagens do WhatsApp enviadas por hora", sent, ["author"], 3600, 'metric.labels.channel="whatsapp"'),
    ],
  },
};

/** Declares every page. */
export function declareDashboards(
  place: Place,
  parent: pulumi.Resource,
  after: readonly pulumi.Resource[],
): Readonly<Record<DashboardName, pulumi.Output<string>>> {
  const options = childOptions(parent, place);
  const declare = (name: DashboardName): pulumi.Output<string> => {
    const { id } = new gcp.monitoring.Dashboard(
      name,
      { project: place.project, dashboardJson: dashboardJson(DASHBOARDS[name]) },
      { ...options, dependsOn: [...options.dependsOn, ...after] },
    );
    // `projects/{number}/dashboards/{id}`
    const page = id.apply((path) => path.split("/").at(-1));
    return pulumi.interpolate`https://console.cloud.google.com/monitoring/dashboards/builder/${page}?project=${place.project}`;
  };
  return {
    overview: declare("overview"),
    channels: declare("channels"),
    assistant: declare("assistant"),
    automations: declare("automations"),
    cost: declare("cost"),
  };
}
