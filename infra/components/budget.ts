import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { StackConfig } from "../config.ts";
import { childOptions, type Place } from "../place.ts";

export interface BudgetArgs extends Place {
  /** Who pays: `012345-6789AB-CDEF01`. */
  readonly billingAccount: string;
  /** The limit, in whole dollars a month, is for an account that is billed in dollars. */
  readonly settings: Pick<StackConfig, "environment" | "monthlyBudgetUsd">;
  /**
   * Monitoring's notification channels of type e-mail, at most five; a budget takes no others.
   * https://cloud.google.com/billing/docs/how-to/budgets-notification-recipients
   * @default the billing account's administrators alone
   */
  readonly channels?: pulumi.Input<string>[];
}

type Threshold = gcp.types.input.billing.BudgetThresholdRule;

/** Half is for information, nine tenths leaves time to act; a forecast tells weeks before the money is spent. */
export const THRESHOLDS: readonly Threshold[] = [
  { thresholdPercent: 0.5, spendBasis: "CURRENT_SPEND" },
  { thresholdPercent: 0.9, spendBasis: "CURRENT_SPEND" },
  { thresholdPercent: 1, spendBasis: "CURRENT_SPEND" },
  { thresholdPercent: 1, spendBasis: "FORECASTED_SPEND" },
];

/** Tells when this project's bill nears its limit. It warns and stops nothing; policies/monthly-budget.ts stops. */
export class Budget extends pulumi.ComponentResource {
  constructor(name: string, args: BudgetArgs, opts?: pulumi.ComponentResourceOptions) {
    const { environment, monthlyBudgetUsd } = args.settings;
    super("servio:billing:Budget", name, { monthlyBudgetUsd }, opts);
    const { number } = gcp.organizations.getProjectOutput({ projectId: args.project });
    new gcp.billing.Budget(
      name,
      {
        billingAccount: args.billingAccount,
        displayName: `servio-omnichannel ${environment}`,
        amount: { specifiedAmount: { currencyCode: "USD", units: String(monthlyBudgetUsd) } },
        budgetFilter: {
          // One project holds one environment. By number, which is what Google answers with: an id would differ on every refresh.
          projects: [pulumi.interpolate`projects/${number}`],
          calendarPeriod: "MONTH",
          // What is free or discounted is not spent.
          creditTypesTreatment: "INCLUDE_ALL_CREDITS",
        },
        thresholdRules: [...THRESHOLDS],
        ...(args.channels?.length ? { allUpdatesRule: { monitoringNotificationChannels: args.channels } } : {}),
      },
      childOptions(this, args),
    );
    this.registerOutputs({});
  }
}
