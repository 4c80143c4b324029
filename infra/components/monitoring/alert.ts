import { readFileSync } from "node:fs";
import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { childOptions, type Place } from "../../place.ts";
import type { Condition } from "./condition.ts";
import { type Times, wholeTimes } from "./times.ts";

/** Somebody must know, and what then. */
export interface Alert {
  /** The resource's name. */
  readonly name: string;
  /** What a person reads first, in the language of the specification. */
  readonly title: string;
  /** `CRITICAL`: now. `ERROR`: today. `WARNING`: look at it. */
  readonly severity: "CRITICAL" | "ERROR" | "WARNING";
  /** File under docs/runbooks. It travels with the alert: whoever is woken need not look for it. */
  readonly runbook: string;
  /** `OR`: an incident for each series of each condition. `AND`: one, while all conditions hold. @default "OR" */
  readonly combiner?: "OR" | "AND";
  /** At most six. */
  readonly conditions: readonly Condition[];
  /** Within which times it is to be expected, Google's own two or three minutes apart. */
  readonly within: Times;
  /** An incident without data ends by itself after so long. @default 1800, the least that Google takes */
  readonly autoCloseSeconds?: number;
}

export interface AlertContext {
  readonly place: Place;
  /** Of notification channels. */
  readonly channels: readonly pulumi.Input<string>[];
  /** Where the files of docs/runbooks can be read. */
  readonly runbooksUrl: string | undefined;
}

const LEAST_AUTO_CLOSE_SECONDS = 1800;
/** Google's limit for the documentation of a policy: 8 KiB. */
export const MOST_DOCUMENTATION_BYTES = 8192;

/** Declares the policy. */
export function declareAlert(
  alert: Alert,
  { place, channels, runbooksUrl }: AlertContext,
  opts: { readonly parent: pulumi.Resource; readonly after: readonly pulumi.Resource[] },
): gcp.monitoring.AlertPolicy {
  const options = childOptions(opts.parent, place);
  return new gcp.monitoring.AlertPolicy(
    alert.name,
    {
      project: place.project,
      displayName: alert.title,
      severity: alert.severity,
      combiner: alert.combiner ?? "OR",
      conditions: [...alert.conditions],
      notificationChannels: [...channels],
      userLabels: place.labels,
      alertStrategy: {
        autoClose: `${alert.autoCloseSeconds ?? LEAST_AUTO_CLOSE_SECONDS}s`,
        notificationPrompts: ["OPENED", "CLOSED"],
      },
      documentation: {
        subject: alert.title,
        mimeType: "text/markdown",
        content: documentationOf(alert),
        ...(runbooksUrl !== undefined && {
          links: [{ displayName: "Runbook", url: `${runbooksUrl}/${alert.runbook}.md` }],
        }),
      },
    },
    { ...options, dependsOn: [...options.dependsOn, ...opts.after] },
  );
}

/** The runbook itself, and within which times the alert is to be expected. */
export function documentationOf(alert: Alert): string {
  const runbook = readFileSync(new URL(`../../../docs/runbooks/${alert.runbook}.md`, import.meta.url), "utf8");
  const { opens, closes } = wholeTimes(alert.within);
  return [
    `Runbook: docs/runbooks/${alert.runbook}.md`,
    `Opens within ${minutes(opens)} of the fault and closes within ${minutes(closes)} of the recovery, beside the two or three minutes that Google takes to count.`,
    runbook.trim(),
  ].join("\n\n");
}

function minutes(seconds: number): string {
  const rounded = Math.ceil(seconds / 60);
  return rounded === 1 ? "1 minute" : `${rounded} minutes`;
}
