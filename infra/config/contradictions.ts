import { ALERT_SECRET_KEYS, type AlertSecretName } from "./alert-secrets.ts";
import { KEYS } from "./keys.ts";
import { type ConfigProblem, problemOf } from "./problem.ts";
import type { Settings } from "./settings.ts";
import { isLoopback } from "./values.ts";

/** What was read so far. What was wrong by itself is absent: it is reported already, and says nothing about the rest. */
export interface Sound {
  readonly settings: Partial<Settings>;
  /** The secrets of alerts that are set; undefined when one of them is wrong. */
  readonly alertSecrets: ReadonlySet<AlertSecretName> | undefined;
}

/** Settings that are each right and cannot be right together, as far as the ones that are right tell. */
export function contradictions(sound: Sound): ConfigProblem[] {
  return [
    ...atMost(sound, "apiMinInstances", "apiMaxInstances"),
    ...atMost(sound, "webhookMinInstances", "webhookMaxInstances"),
    ...atMost(sound, "queueMinBackoffSeconds", "queueMaxBackoffSeconds"),
    ...wayOfAlerts(sound),
    ...realServices(sound),
  ];
}

function atMost({ settings }: Sound, low: keyof Settings, high: keyof Settings): ConfigProblem[] {
  const [least, most] = [settings[low], settings[high]];
  if (least === undefined || most === undefined || Number(least) <= Number(most)) return [];
  return [
    {
      ...problemOf(KEYS[low], `${least}, with ${KEYS[high].key} ${most}`),
      expected: `at most ${KEYS[high].key}`,
      fix: `pulumi config set ${KEYS[low].key} ${most}`,
    },
  ];
}

/** An alert that reaches nobody is none. On this machine the terminal shows them. */
function wayOfAlerts({ settings, alertSecrets }: Sound): ConfigProblem[] {
  const { project, alertEmails, alertSlackChannel, alertPubSub } = settings;
  if (alertSecrets === undefined || !Object.hasOwn(settings, "alertSlackChannel")) return [];
  if (alertSlackChannel !== undefined && !alertSecrets.has("slackToken")) {
    const seen = `nothing, with ${KEYS.alertSlackChannel.key} ${alertSlackChannel}`;
    return [problemOf(ALERT_SECRET_KEYS.slackToken, seen, "--secret ")];
  }
  if (alertSlackChannel === undefined && alertSecrets.has("slackToken"))
    return [problemOf(KEYS.alertSlackChannel, `nothing, with ${ALERT_SECRET_KEYS.slackToken.key} set`)];
  if (project === undefined || alertEmails === undefined || alertPubSub === undefined) return [];
  if (alertEmails.length > 0 || alertPubSub || alertSecrets.size > 0 || isLocal(project)) return [];
  const expected =
    "somebody who receives alerts: this, alertSlackChannel, alertPagerDutyKey, alertWebhookUrl or alertPubSub";
  return [{ ...problemOf(KEYS.alertEmails, "no way for alerts"), expected }];
}

/** Google reserves the prefix `demo-` for projects that do not exist: such a stack must reach nobody. */
const isLocal = (project: string): boolean => project.startsWith("demo-");

function realServices({ settings }: Sound): ConfigProblem[] {
  const { project } = settings;
  if (project === undefined || !isLocal(project)) return [];
  return (["graphBaseUrl", "geminiBaseUrl", "sendGridBaseUrl", "oidcCertsUrl"] as const).flatMap((name) => {
    const url = settings[name];
    if (url === undefined || isLoopback(url)) return [];
    const expected = `a URL on 127.0.0.1, since ${project} is a local project`;
    return [{ ...problemOf(KEYS[name], url), expected, fix: "npm start" }];
  });
}
