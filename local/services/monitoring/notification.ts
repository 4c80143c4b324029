import type { Change } from "./policy.ts";

/**
 * What a webhook gets, version 1.2 of its form.
 * https://cloud.google.com/monitoring/support/notification-options#webhooks
 */
export interface NotificationBody {
  readonly version: "1.2";
  readonly incident: {
    readonly incident_id: string;
    readonly scoping_project_id: string;
    readonly state: "open" | "closed";
    /** Unix seconds. */
    readonly started_at: number;
    readonly ended_at: number | null;
    readonly severity: string;
    readonly policy_name: string;
    readonly condition_name: string;
    readonly policy_user_labels: Readonly<Record<string, string>>;
    readonly metric: { readonly type: string; readonly labels: Readonly<Record<string, string>> };
    readonly observed_value: string;
    readonly threshold_value: string;
    readonly summary: string;
    readonly documentation: {
      readonly content: string;
      readonly mime_type: "text/markdown";
      readonly subject: string;
      readonly links: readonly { readonly displayName?: string | undefined; readonly url: string }[];
    };
  };
}

export function notificationBody({ state, incident }: Change, project: string): NotificationBody {
  const { documentation } = incident;
  return {
    version: "1.2",
    incident: {
      incident_id: incident.id,
      scoping_project_id: project,
      state,
      started_at: Math.floor(incident.startedAt / 1000),
      ended_at: incident.endedAt === undefined ? null : Math.floor(incident.endedAt / 1000),
      severity: incident.severity,
      policy_name: incident.title,
      condition_name: incident.condition,
      policy_user_labels: incident.userLabels,
      metric: { type: incident.metric, labels: incident.labels },
      observed_value: incident.observed === undefined ? "" : String(incident.observed),
      threshold_value: String(incident.threshold),
      summary: summaryOf({ state, incident, channels: [] }),
      documentation: {
        content: documentation?.content ?? "",
        mime_type: "text/markdown",
        subject: documentation?.subject ?? incident.title,
        links: documentation?.links ?? [],
      },
    },
  };
}

/** One line for a person. */
export function summaryOf({ state, incident }: Change): string {
  const labels = Object.entries(incident.labels).map(([name, value]) => `${name}=${value}`);
  const where = labels.length === 0 ? "" : ` (${labels.join(", ")})`;
  if (state === "closed") return `${incident.title}${where}: resolved`;
  const observed = incident.observed === undefined ? "" : `, measured ${round(incident.observed)}`;
  return `${incident.title}${where}: ${incident.condition}${observed}`;
}

function round(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}
