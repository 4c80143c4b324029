import * as pulumi from "@pulumi/pulumi";
import type * as z from "zod";
import { SECRET_NAMES, type SecretName } from "../app/environment.ts";
import { ALERT_SECRET_KEYS, type AlertSecretName, type AlertSecrets } from "./config/alert-secrets.ts";
import { type Key, NAMESPACE } from "./config/key.ts";
import { KEYS } from "./config/keys.ts";
import { SECRET_KEYS } from "./config/secret-keys.ts";
import { isLoopback } from "./config/values.ts";

export { NAMESPACE } from "./config/key.ts";

type Settings = { readonly [Name in keyof typeof KEYS]: z.output<(typeof KEYS)[Name]["schema"]> };

/** What a stack is told. Each setting is documented, with its default, in `config/keys.ts`. */
export interface StackConfig extends Settings {
  /** Marked secret: encrypted in state, hidden in previews. */
  readonly secrets: Readonly<Record<SecretName, pulumi.Output<string>>>;
  /** The same, for Cloud Monitoring; those that are set. */
  readonly alertSecrets: AlertSecrets;
}

/** One thing that is wrong with the configuration, and how to mend it. */
export interface ConfigProblem {
  readonly key: string;
  /** What was found; of a secret, only its length. */
  readonly seen: string;
  readonly expected: string;
  /** The command that mends it. */
  readonly fix: string;
}

/** Every problem of a stack's configuration at once. Pulumi prints a RunError without a stack trace. */
export class ConfigError extends pulumi.RunError {
  readonly code = "config_invalid";
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
    super(`The configuration of this stack has ${count}:\n${problems.map(describe).join("\n")}`);
    this.name = "ConfigError";
    this.problems = problems;
  }
}

function describe(problem: ConfigProblem): string {
  return [
    `\n  ${problem.key}`,
    `    seen:     ${problem.seen}`,
    `    expected: ${problem.expected}`,
    `    fix:      ${problem.fix}`,
  ].join("\n");
}

export interface ReadOptions {
  /** All keys that are set: lets a misspelt one be reported. @default not checked */
  readonly keys?: readonly string[];
  /** The keys that are stored encrypted: lets a secret in plain text be reported. @default not checked */
  readonly encrypted?: readonly string[];
}

/**
 * Validates a stack's configuration.
 * @param source gives the text of a full key, such as `gcp:project` or `servio-omnichannel:environment`.
 * @throws {ConfigError} naming everything that is wrong.
 */
export function readConfig(source: (key: string) => string | undefined, options: ReadOptions = {}): StackConfig {
  const problems: ConfigProblem[] = [];
  const settings: Record<string, unknown> = {};
  for (const [name, key] of Object.entries<Key<unknown>>(KEYS)) {
    const text = source(key.key) ?? key.fallback;
    const parsed = key.schema.safeParse(text);
    if (parsed.success) settings[name] = Object.freeze(parsed.data);
    else problems.push(problem(key, text === undefined ? "nothing" : JSON.stringify(text)));
  }
  const readSecret = (key: Key<string>): pulumi.Output<string> | undefined => {
    const parsed = key.schema.safeParse(source(key.key) ?? key.fallback);
    if (!parsed.success) problems.push(problem(key, seenSecret(source(key.key)), "--secret "));
    else if (isPlain(key, source, options)) problems.push(problem(key, "plain text", "--secret "));
    else return pulumi.secret(parsed.data);
    return undefined;
  };
  const secrets: Partial<Record<SecretName, pulumi.Output<string>>> = {};
  for (const name of SECRET_NAMES) {
    const value = readSecret(SECRET_KEYS[name]);
    if (value) secrets[name] = value;
  }
  const alertSecrets: { [Name in AlertSecretName]?: pulumi.Output<string> } = {};
  for (const [name, key] of Object.entries(ALERT_SECRET_KEYS)) {
    if (source(key.key) === undefined) continue;
    const value = readSecret(key);
    if (value) alertSecrets[name as AlertSecretName] = value;
  }
  problems.push(...unknownKeys(options.keys ?? []));
  const config = {
    ...settings,
    secrets: Object.freeze(secrets),
    alertSecrets: Object.freeze(alertSecrets),
  } as StackConfig;
  if (problems.length === 0) problems.push(...contradictions(config));
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(config);
}

/** Reads the configuration of the stack that the Pulumi CLI is running. @throws {ConfigError} */
export function readStackConfig(): StackConfig {
  const encrypted = process.env.PULUMI_CONFIG_SECRET_KEYS;
  return readConfig((key) => pulumi.runtime.getConfig(key), {
    keys: Object.keys(pulumi.runtime.allConfig()),
    ...(encrypted === undefined ? {} : { encrypted: JSON.parse(encrypted) as string[] }),
  });
}

function problem(key: Key<unknown>, seen: string, flag = ""): ConfigProblem {
  // Without a value on the line the command asks for it, which keeps a secret out of the shell's history.
  const fix = `pulumi config set ${flag}${key.key} ${key.example}`.trimEnd();
  return { key: key.key, seen, expected: key.expected, fix };
}

/** A secret that was set and is not encrypted; one that was left out has nothing to hide. */
function isPlain(key: Key<string>, source: (key: string) => string | undefined, options: ReadOptions): boolean {
  return source(key.key) !== undefined && options.encrypted?.includes(key.key) === false;
}

function seenSecret(text: string | undefined): string {
  if (text === undefined) return "nothing";
  const values = text.split(",").length;
  const spaces = /\s/.test(text) ? "with spaces" : "without spaces";
  return `a text of ${text.length} characters, ${spaces}, ${values === 1 ? "one value" : `${values} values`}`;
}

/** A misspelt key would otherwise be ignored, and its default taken, without a word. */
function unknownKeys(keys: readonly string[]): ConfigProblem[] {
  const known = [
    ...Object.values<Key<unknown>>(KEYS),
    ...Object.values(SECRET_KEYS),
    ...Object.values(ALERT_SECRET_KEYS),
  ].map((key) => key.key);
  return keys
    .filter((key) => key.startsWith(`${NAMESPACE}:`) && !known.includes(key))
    .map((key) => ({
      key,
      seen: "a key that nothing reads",
      expected: `one of ${known.map((name) => name.replace(`${NAMESPACE}:`, "")).join(", ")}`,
      fix: `pulumi config rm ${key}`,
    }));
}

/** Settings that are each right and cannot be right together. */
function contradictions(config: StackConfig): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const atMost = (low: keyof Settings, high: keyof Settings): void => {
    if (Number(config[low]) <= Number(config[high])) return;
    const seen = `${config[low]}, with ${KEYS[high].key} ${config[high]}`;
    problems.push({
      ...problem(KEYS[low], seen),
      expected: `at most ${KEYS[high].key}`,
      fix: `pulumi config set ${KEYS[low].key} ${config[high]}`,
    });
  };
  atMost("apiMinInstances", "apiMaxInstances");
  atMost("webhookMinInstances", "webhookMaxInstances");
  atMost("queueMinBackoffSeconds", "queueMaxBackoffSeconds");
  problems.push(...wayOfAlerts(config));
  // Google reserves the prefix `demo-` for projects that do not exist: such a stack must reach nobody.
  if (!config.project.startsWith("demo-")) return problems;
  for (const name of ["graphBaseUrl", "geminiBaseUrl", "sendGridBaseUrl", "oidcCertsUrl"] as const) {
    if (isLoopback(config[name])) continue;
    const expected = `a URL on 127.0.0.1, since ${config.project} is a local project`;
    problems.push({ ...problem(KEYS[name], config[name]), expected, fix: "npm start" });
  }
  return problems;
}

/** An alert that reaches nobody is none. On this machine the terminal shows them. */
function wayOfAlerts(config: StackConfig): ConfigProblem[] {
  const { alertEmails, alertSlackChannel, alertPubSub, alertSecrets: secrets } = config;
  if (alertSlackChannel !== undefined && !secrets.slackToken) {
    return [
      problem(
        ALERT_SECRET_KEYS.slackToken,
        `nothing, with ${KEYS.alertSlackChannel.key} ${alertSlackChannel}`,
        "--secret ",
      ),
    ];
  }
  if (alertSlackChannel === undefined && secrets.slackToken) {
    return [problem(KEYS.alertSlackChannel, `nothing, with ${ALERT_SECRET_KEYS.slackToken.key} set`)];
  }
  const ways = alertEmails.length > 0 || alertPubSub || Object.keys(secrets).length > 0;
  if (ways || config.project.startsWith("demo-")) return [];
  const expected =
    "somebody who receives alerts: this, alertSlackChannel, alertPagerDutyKey, alertWebhookUrl or alertPubSub";
  return [{ ...problem(KEYS.alertEmails, "no way for alerts"), expected }];
}
