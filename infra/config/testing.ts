import { ConfigError, type ConfigProblem, NAMESPACE, readConfig } from "../config.ts";
import { EXAMPLE_SETTINGS } from "../testing.ts";

/** For tests: what is wrong with the example's settings after some changes; `undefined` removes a key. */
export function problems(changes: Record<string, string | undefined>, encrypted?: string[]): readonly ConfigProblem[] {
  const settings: Record<string, string | undefined> = { ...EXAMPLE_SETTINGS, ...changes };
  const keys = Object.keys(settings);
  try {
    readConfig((key) => settings[key], encrypted ? { keys, encrypted } : { keys });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

/** The full key of a setting of this program. */
export const own = (name: string): string => `${NAMESPACE}:${name}`;
