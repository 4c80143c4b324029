import { expect, test } from "vitest";
import { alertsLeadOn } from "./alerts-lead-on.ts";
import { type Sample, UNKNOWN, violations } from "./testing.ts";
import { ALERT_POLICY } from "./types.ts";

function alert(changes: Record<string, unknown> = {}): Sample {
  const props = {
    notificationChannels: [UNKNOWN],
    documentation: { content: "Runbook: https://example.com/runbooks/webhook-failures" },
    ...changes,
  };
  return { type: ALERT_POLICY, name: "webhook-failures", props };
}

test("an alert with a channel and a runbook passes, even while the channel is unknown", async () => {
  expect(await violations(alertsLeadOn, [alert()])).toEqual([]);
});

test("a link is a runbook, too", async () => {
  const documentation = { links: [{ url: "https://example.com/runbook" }] };
  expect(await violations(alertsLeadOn, [alert({ documentation })])).toEqual([]);
});

test.each([undefined, []])("channels of %j reach nobody", async (notificationChannels) => {
  const [found, ...more] = await violations(alertsLeadOn, [alert({ notificationChannels })]);
  expect(more).toEqual([]);
  expect(found).toContain("wanted: a notification channel");
});

test.each([undefined, { content: "Look at it" }])("documentation of %j leads nowhere", async (documentation) => {
  const [found, ...more] = await violations(alertsLeadOn, [alert({ documentation })]);
  expect(more).toEqual([]);
  expect(found).toContain("wanted: documentation that names the runbook");
});

test("how a runbook is named is a setting", async () => {
  const documentation = { content: "Guia: https://example.com/guia" };
  expect(await violations(alertsLeadOn, [alert({ documentation })], { runbook: "^Guia:" })).toEqual([]);
});
