import { expect, test } from "vitest";
import { own, problems } from "./testing.ts";

test("a minimum above its maximum is refused", () => {
  expect(problems({ [own("apiMinInstances")]: "3", [own("apiMaxInstances")]: "2" })).toEqual([
    {
      key: own("apiMinInstances"),
      seen: "3, with servio-omnichannel:apiMaxInstances 2",
      expected: "at most servio-omnichannel:apiMaxInstances",
      fix: "pulumi config set servio-omnichannel:apiMinInstances 2",
    },
  ]);
});

test("what cannot be right together is reported with what is wrong by itself", () => {
  const changes = {
    "gcp:region": "Oregon",
    [own("apiMinInstances")]: "3",
    [own("apiMaxInstances")]: "2",
    [own("alertSlackChannel")]: "#incidents",
    [own("whatsappToken")]: undefined,
    [own("apiMaxInstance")]: "3",
  };
  expect(problems(changes).map((problem) => problem.key)).toEqual([
    "gcp:region",
    own("whatsappToken"),
    own("apiMaxInstance"),
    own("apiMinInstances"),
    own("alertSlackToken"),
  ]);
});

test.each([
  ["apiMaxInstances", { apiMinInstances: "20", apiMaxInstances: "many" }],
  ["alertSlackToken", { alertSlackChannel: "#incidents", alertSlackToken: " with a space" }],
  ["alertSlackChannel", { alertSlackChannel: "incidents", alertSlackToken: "example" }],
  ["alertEmails", { alertEmails: "nobody" }],
])("a wrong %s is no contradiction as well", (name, settings) => {
  const changes = Object.fromEntries(Object.entries(settings).map(([key, value]) => [own(key), value]));
  expect(problems(changes).map((problem) => problem.key)).toEqual([own(name)]);
});

test("a local project may not be pointed at the real services", () => {
  expect(problems({ "gcp:project": "demo-servio" }).map((problem) => problem.key)).toEqual([
    own("graphBaseUrl"),
    own("geminiBaseUrl"),
    own("sendGridBaseUrl"),
    own("oidcCertsUrl"),
  ]);
});

test("outside this machine alerts must reach somebody, whichever way", () => {
  const [found, ...more] = problems({ [own("alertEmails")]: undefined });
  expect(more).toEqual([]);
  expect(found).toMatchObject({
    key: own("alertEmails"),
    fix: `pulumi config set ${own("alertEmails")} sre@example.com`,
  });
  for (const way of [
    { alertPagerDutyKey: "example" },
    { alertWebhookUrl: "https://example.com/alerts" },
    { alertPubSub: "true" },
    { alertSlackChannel: "#incidents", alertSlackToken: "example" },
  ]) {
    const changes = Object.fromEntries(Object.entries(way).map(([name, value]) => [own(name), value]));
    expect(problems({ [own("alertEmails")]: undefined, ...changes })).toEqual([]);
  }
});

test("Slack needs its channel and its token", () => {
  expect(problems({ [own("alertSlackChannel")]: "#incidents" })).toMatchObject([{ key: own("alertSlackToken") }]);
  expect(problems({ [own("alertSlackToken")]: "example" })).toMatchObject([{ key: own("alertSlackChannel") }]);
});
