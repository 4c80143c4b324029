import { join } from "node:path";
import type { LocalCloud } from "../context.ts";
import { HOST } from "../ports.ts";
import { bareEnvironment } from "./environment.ts";
import { secretIdOf } from "./secret-store.ts";

/** A variable of a container or function: a value, or a secret's version. */
export type Variable =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly secret: string; readonly version: string };

/** The whole environment of a deployed service: what the program declares, and what the platform adds. */
export function workloadEnvironment(
  cloud: LocalCloud,
  variables: readonly Variable[],
  platform: Readonly<Record<string, string>>,
): Record<string, string> {
  const declared = variables.map((variable) => [
    variable.name,
    "value" in variable ? variable.value : cloud.secrets.read(secretIdOf(variable.secret), variable.version),
  ]);
  return {
    ...bareEnvironment(cloud.paths),
    GOOGLE_CLOUD_PROJECT: cloud.project,
    FIRESTORE_EMULATOR_HOST: cloud.links.firestore.host,
    PUBSUB_EMULATOR_HOST: cloud.links.pubsub.host,
    FIREBASE_AUTH_EMULATOR_HOST: cloud.authHost,
    STORAGE_EMULATOR_HOST: `http://${HOST}:${cloud.ports.platform}`,
    // Google's libraries would otherwise look for a metadata server on the network.
    METADATA_SERVER_DETECTION: "none",
    NODE_OPTIONS: `--require=${JSON.stringify(join(import.meta.dirname, "loopback.cjs"))}`,
    ...Object.fromEntries(declared),
    ...platform,
  };
}
