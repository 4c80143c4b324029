import { expect, test } from "vitest";
import { runProgram } from "../testing.ts";

const BUDGET = "gcp:billing/budget:Budget";

test("without a billing account there is no budget, and its API stays off", async () => {
  const run = await runProgram();
  expect(run.of(BUDGET)).toEqual([]);
  const services = run.of("gcp:projects/service:Service").map(({ inputs }) => inputs.service);
  expect(services).not.toContain("billingbudgets.googleapis.com");
});

test("with one the project's bill is watched, as spent and as forecast", async () => {
  const run = await runProgram({ settings: { billingAccount: "012345-6789AB-CDEF01", monthlyBudgetUsd: "80" } });
  expect(run.one(BUDGET, "budget").inputs).toEqual({
    billingAccount: "012345-6789AB-CDEF01",
    displayName: "servio-omnichannel test",
    amount: { specifiedAmount: { currencyCode: "USD", units: "80" } },
    budgetFilter: {
      projects: ["projects/123456789012"],
      calendarPeriod: "MONTH",
      creditTypesTreatment: "INCLUDE_ALL_CREDITS",
    },
    thresholdRules: [
      { thresholdPercent: 0.5, spendBasis: "CURRENT_SPEND" },
      { thresholdPercent: 0.9, spendBasis: "CURRENT_SPEND" },
      { thresholdPercent: 1, spendBasis: "CURRENT_SPEND" },
      { thresholdPercent: 1, spendBasis: "FORECASTED_SPEND" },
    ],
    allUpdatesRule: {
      monitoringNotificationChannels: ["projects/example-project/notificationChannels/notify-email-1"],
    },
  });
});

test("a limit that is not said is the default", async () => {
  const run = await runProgram({ settings: { billingAccount: "012345-6789AB-CDEF01" } });
  expect(run.one(BUDGET, "budget").inputs.amount).toEqual({ specifiedAmount: { currencyCode: "USD", units: "100" } });
});

test.each(["012345", "012345-6789ab-CDEF01", "billingAccounts/012345-6789AB-CDEF01"])(
  "%s is no billing account",
  async (billingAccount) => {
    await expect(runProgram({ settings: { billingAccount } })).rejects.toThrow("servio-omnichannel:billingAccount");
  },
);
