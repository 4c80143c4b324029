/** What the server says about where this page runs: `GET /config.json`. Public values only. */
export interface InboxConfig {
  readonly projectId: string;
  readonly apiKey: string;
  readonly authDomain: string;
  readonly environment: string;
  /** `127.0.0.1:4403` in a local stack. */
  readonly firestoreEmulatorHost?: string;
  readonly authEmulatorHost?: string;
  /** Where the files of docs/runbooks can be read. */
  readonly runbooksUrl?: string;
  /** The page that plays the customer, in a local stack. */
  readonly phoneUrl?: string;
}

/** The server's answer is not a configuration. */
export class ConfigError extends Error {
  readonly code = "config_invalid";
}

/** @throws {ConfigError} naming the first field that is missing. */
export function readConfig(body: unknown): InboxConfig {
  const fields = new Map(typeof body === "object" && body !== null ? Object.entries(body) : []);
  const required = (name: string) => {
    const value: unknown = fields.get(name);
    if (typeof value === "string" && value !== "") return value;
    throw new ConfigError(`/config.json has no "${name}": deploy the API service again, its environment sets it.`);
  };
  const optional = <Name extends "firestoreEmulatorHost" | "authEmulatorHost" | "phoneUrl" | "runbooksUrl">(
    name: Name,
  ) => {
    const value: unknown = fields.get(name);
    return typeof value === "string" && value !== "" ? ({ [name]: value } as Record<Name, string>) : {};
  };
  return {
    projectId: required("projectId"),
    apiKey: required("apiKey"),
    authDomain: required("authDomain"),
    environment: required("environment"),
    ...optional("firestoreEmulatorHost"),
    ...optional("authEmulatorHost"),
    ...optional("phoneUrl"),
    ...optional("runbooksUrl"),
  };
}

/** @throws {ConfigError} when the server does not answer with a configuration. */
export async function loadConfig(fetcher: typeof fetch): Promise<InboxConfig> {
  const response = await fetcher("/config.json", { headers: { accept: "application/json" } });
  if (!response.ok) throw new ConfigError(`/config.json answered ${response.status}: is the API service running?`);
  return readConfig(await response.json());
}
