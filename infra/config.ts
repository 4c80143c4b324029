import * as pulumi from "@pulumi/pulumi";
import { SECRET_NAMES, type SecretName } from "../app/environment.ts";
import { ALERT_SECRET_KEYS, type AlertSecretName, type AlertSecrets } from "./config/alert-secrets.ts";
import { contradictions } from "./config/contradictions.ts";
import { type Key, NAMESPACE } from "./config/key.ts";
import { KEYS } from "./config/keys.ts";
import { ConfigError, type ConfigProblem, problemOf } from "./config/problem.ts";
import { SECRET_KEYS } from "./config/secret-keys.ts";
import type { Settings } from "./config/settings.ts";

export { NAMESPACE } from "./config/key.ts";
export { ConfigError, type ConfigProblem } from "./config/problem.ts";

/** What a stack is told. Each setting is documented, with its default, in `config/keys/`. */
export interface StackConfig extends Settings {
  /** Marked secret: encrypted in state, hidden in previews. */
  readonly secrets: Readonly<Record<SecretName, pulumi.Output<string>>>;
  /** The same, for Cloud Monitoring; those that are set. */
  readonly alertSecrets: AlertSecrets;
}

/** The text of a full key, such as `gcp:project` or `servio-omnichannel:environment`. */
export type Source = (key: string) => string | undefined;

export interface ReadOptions {
  /** All keys that are set: lets a misspelt one be reported. @default not checked */
  readonly keys?: readonly string[];
  /** The keys that are stored encrypted: lets a secret in plain text be reported. @default not checked */
  readonly encrypted?: readonly string[];
}

/**
 * Validates a stack's configuration.
 * @throws {ConfigError} naming everything that is wrong.
 */
export function readConfig(source: Source, options: ReadOptions = {}): StackConfig {
  const problems: ConfigProblem[] = [];
  const settings: Record<string, unknown> = {};
  for (const [name, key] of Object.entries<Key<unknown>>(KEYS)) {
    const text = source(key.key) ?? key.fallback;
    const parsed = key.schema.safeParse(text);
    if (parsed.success) settings[name] = Object.freeze(parsed.data);
    else problems.push(problemOf(key, text === undefined ? "nothing" : JSON.stringify(text)));
  }
  const secrets = readSecrets(Object.fromEntries(SECRET_NAMES.map((name) => [name, SECRET_KEYS[name]])));
  const set = Object.entries(ALERT_SECRET_KEYS).filter(([, { key }]) => source(key) !== undefined);
  const alertSecrets = readSecrets(Object.fromEntries(set));
  const names = Object.keys(alertSecrets) as AlertSecretName[];
  problems.push(
    ...unknownKeys(options.keys ?? []),
    ...contradictions({
      settings: settings as Partial<Settings>,
      alertSecrets: names.length === set.length ? new Set(names) : undefined,
    }),
  );
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze({ ...settings, secrets, alertSecrets } as StackConfig);

  function readSecrets(keys: Readonly<Record<string, Key<string>>>): Readonly<Record<string, pulumi.Output<string>>> {
    const values: Record<string, pulumi.Output<string>> = {};
    for (const [name, key] of Object.entries(keys)) {
      const text = source(key.key);
      const parsed = key.schema.safeParse(text ?? key.fallback);
      // One that was left out has nothing to hide.
      const plain = text !== undefined && options.encrypted?.includes(key.key) === false;
      if (!parsed.success) problems.push(problemOf(key, seenSecret(text), "--secret "));
      else if (plain) problems.push(problemOf(key, "plain text", "--secret "));
      else values[name] = pulumi.secret(parsed.data);
    }
    return Object.freeze(values);
  }
}

/** Reads the configuration of the stack that the Pulumi CLI is running. @throws {ConfigError} */
export function readStackConfig(): StackConfig {
  const encrypted = process.env.PULUMI_CONFIG_SECRET_KEYS;
  return readConfig((key) => pulumi.runtime.getConfig(key), {
    keys: Object.keys(pulumi.runtime.allConfig()),
    ...(encrypted === undefined ? {} : { encrypted: JSON.parse(encrypted) as string[] }),
  });
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
