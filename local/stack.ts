import { join } from "node:path";
import type { Artifacts } from "../infra/build/index.ts";
import type { StackOutputs as ProgramOutputs } from "../infra/outputs.ts";
import { LocalError } from "./errors.ts";
import { readStackFile } from "./local-config.ts";

/** The project's name in Pulumi.yaml, which is also the namespace of its configuration. */
export const PULUMI_PROJECT = "servio-omnichannel";
export const STACK_NAME = "local";

/** What depends on the ports of this run, or on who runs it. */
export interface Endpoints {
  readonly project: string;
  readonly graphBaseUrl: string;
  readonly geminiBaseUrl: string;
  readonly oidcCertsUrl: string;
  /** @default those of the stack's file, on the default ports */
  readonly services?: {
    readonly sendGridBaseUrl: string;
    readonly slackWebhookUrl: string;
    readonly publicUrl: string;
    readonly webchatAllowedOrigins: string;
    readonly alertWebhookUrl: string;
  };
}

/** The accounts and secrets that the simulated Meta must share with the stack. */
export interface SharedWithMeta {
  readonly accounts: { readonly whatsapp: string; readonly facebook: string; readonly instagram: string };
  readonly secrets: {
    readonly META_APP_SECRET: string;
    readonly OMNI_WEBHOOK_SECRET: string;
    readonly OMNI_AUTOMATION_SECRET: string;
  };
  /** What the example's website signs its users' identity with. */
  readonly identitySecret: string;
}

/** The product's own stack, ready to be run. */
export interface LoadedStack {
  readonly shared: SharedWithMeta;
  readonly program: () => ProgramOutputs;
}

/** Imports the program; apart, since it takes a while and can begin before anything else is known. */
export async function importProgram() {
  const [{ program }, { readConfig }] = await Promise.all([
    import("../infra/program.ts"),
    import("../infra/config.ts"),
  ]);
  return { program, readConfig };
}

/**
 * Reads the configuration of stack `local` and binds it to the program. What needs the engine (secrets are outputs)
 * happens only when the program runs.
 * @throws {LocalError} `config_unreadable` or `config_missing`
 */
export function loadStack(
  root: string,
  endpoints: Endpoints,
  artifacts: Artifacts,
  imported: Awaited<ReturnType<typeof importProgram>>,
): LoadedStack {
  const key = (name: string) => `${PULUMI_PROJECT}:${name}`;
  const source = readStackFile(join(root, "Pulumi.local.yaml"), {
    "gcp:project": endpoints.project,
    [key("graphBaseUrl")]: endpoints.graphBaseUrl,
    [key("geminiBaseUrl")]: endpoints.geminiBaseUrl,
    [key("oidcCertsUrl")]: endpoints.oidcCertsUrl,
    ...Object.fromEntries(Object.entries(endpoints.services ?? {}).map(([name, url]) => [key(name), url])),
  });
  const required = (name: string): string => {
    const text = source.get(key(name));
    if (text) return text;
    throw new LocalError(
      "config_missing",
      `Pulumi.local.yaml does not set ${key(name)}.`,
      "Get it back with: git checkout Pulumi.local.yaml",
    );
  };
  return {
    shared: {
      accounts: {
        whatsapp: required("whatsappPhoneId"),
        facebook: required("metaPageId"),
        instagram: required("instagramAccountId"),
      },
      secrets: {
        META_APP_SECRET: newest(required("metaAppSecret")),
        OMNI_WEBHOOK_SECRET: newest(required("omniWebhookSecret")),
        OMNI_AUTOMATION_SECRET: newest(required("omniAutomationSecret")),
      },
      identitySecret: newest(required("webchatIdentitySecret")),
    },
    program: () => imported.program({ config: imported.readConfig(source.get, { keys: source.keys }), artifacts }),
  };
}

/** While a secret rotates there are two, newest first. */
function newest(values: string): string {
  return values.split(",")[0]?.trim() ?? values;
}
