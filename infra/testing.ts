import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Artifacts } from "./build/index.ts";
import { NAMESPACE, readConfig, type StackConfig } from "./config.ts";
import { readStackFile } from "./cost/stack-file.ts";
import type { StackOutputs } from "./outputs.ts";
import { program } from "./program.ts";

/** For tests and estimates: runs the program against a record of what it declares, instead of a cloud. */

/** A complete stack's settings, by full key. Every value is an example that opens nothing. */
export const EXAMPLE_SETTINGS: Readonly<Record<string, string>> = {
  "gcp:project": "example-project",
  "gcp:region": "us-west1",
  ...namespaced({
    environment: "test",
    dataProtection: "throwaway",
    whatsappPhoneId: "100000000000001",
    metaPageId: "100000000000002",
    instagramAccountId: "100000000000003",
    metaAppSecret: "example-meta-app-secret",
    omniWebhookSecret: "example-omni-webhook-secret",
    omniAutomationSecret: "example-omni-automation-secret",
    whatsappToken: "example-whatsapp-token",
    metaAccessToken: "example-meta-access-token",
    geminiApiKey: "example-gemini-api-key",
    alertEmails: "sre@example.com",
  }),
};

export const EXAMPLE_ARTIFACTS: Artifacts = {
  api: artifact("api", "a".repeat(64), "tar.gz"),
  webhook: artifact("webhook", "b".repeat(64), "zip"),
};

function artifact(name: string, sha256: string, extension: string): Artifacts["api"] {
  const fileName = `${name}-${sha256.slice(0, 16)}.${extension}`;
  return { path: join(tmpdir(), fileName), sha256, fileName };
}

function namespaced(settings: Readonly<Record<string, string>>): Record<string, string> {
  const full = (name: string): string => (name.includes(":") ? name : `${NAMESPACE}:${name}`);
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [full(name), value]));
}

/** What `Pulumi.<stack>.yaml` says in plain text, by full key. */
export function settingsOf(stack: string): Readonly<Record<string, string>> {
  const file = new URL(`../Pulumi.${stack}.yaml`, import.meta.url);
  return readStackFile(file.pathname, readFileSync(file, "utf8"));
}

/** The example's configuration. @param changes settings that differ, by short name or, of other namespaces, full key. */
export function exampleConfig(changes: Readonly<Record<string, string>> = {}): StackConfig {
  const settings = { ...EXAMPLE_SETTINGS, ...namespaced(changes) };
  return readConfig((key) => settings[key]);
}

/** A resource as the program declared it. Secrets are shown as `{ secret: value }`, assets as `{ asset: path }`. */
export interface Declared {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The id of what is taken over instead of created. */
  readonly imports?: string;
}

export interface Recording {
  /** Without components, sorted by type and name. */
  readonly resources: readonly Declared[];
  readonly components: readonly Declared[];
  /** The outputs of the run; all texts. */
  readonly outputs: { readonly [Name in keyof StackOutputs]: pulumi.Unwrap<StackOutputs[Name]> };
  readonly milliseconds: number;
  /** Every resource of a type. */
  of(type: string): readonly Declared[];
  /** The one resource of a type and name. @throws when there is none. */
  one(type: string, name: string): Declared;
}

export interface RunOptions {
  /** Settings that differ from the example's: by short name, or by full key. */
  readonly settings?: Readonly<Record<string, string>>;
  /** As in a preview: outputs that a cloud would decide are unknown. @default false */
  readonly preview?: boolean;
}

/** Milliseconds after which a run counts as hung: an output that nobody resolves never fails by itself. */
const DEADLINE = 10_000;

/** Runs the whole program once and returns what it declared. */
export async function runProgram(options: RunOptions = {}): Promise<Recording> {
  const preview = options.preview ?? false;
  const declared: Declared[] = [];
  const started = performance.now();
  await pulumi.runtime.setMocks(recorder(declared, preview), NAMESPACE, "test", preview);
  const stack = program({ config: exampleConfig(options.settings), artifacts: EXAMPLE_ARTIFACTS });
  // A preview never resolves unknown outputs: there, only what was declared can be waited for.
  const resolved = preview ? {} : await within(DEADLINE, resolve(stack));
  await within(DEADLINE, pulumi.runtime.disconnect());
  const sorted = declared.toSorted((a, b) => `${a.type} ${a.name}`.localeCompare(`${b.type} ${b.name}`));
  const resources = sorted.filter((resource) => resource.type.startsWith("gcp:"));
  const of = (type: string): Declared[] => resources.filter((resource) => resource.type === type);
  return {
    resources,
    components: sorted.filter((resource) => !resource.type.startsWith("gcp:")),
    outputs: resolved as Recording["outputs"],
    milliseconds: performance.now() - started,
    of,
    one(type, name) {
      const found = of(type).find((resource) => resource.name === name);
      if (found) return found;
      throw new Error(`no ${type} named ${name}; there are: ${of(type).map((resource) => resource.name)}`);
    },
  };
}

function resolve<T>(value: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> {
  return new Promise((done) => {
    pulumi.output(value).apply(done);
  });
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const timer = Promise.withResolvers<never>();
  const handle = setTimeout(() => timer.reject(new Error(`not done after ${milliseconds} ms`)), milliseconds);
  return Promise.race([work, timer.promise]).finally(() => clearTimeout(handle));
}

function recorder(declared: Declared[], preview: boolean): pulumi.runtime.Mocks {
  return {
    async newResource(args) {
      const inputs = (await readable(args.inputs)) as Record<string, unknown>;
      declared.push({ type: args.type, name: args.name, inputs, ...(args.id ? { imports: args.id } : {}) });
      if (preview) return { id: undefined, state: args.inputs };
      const id = cloudId(args.type, args.name, inputs) ?? `${args.name}-id`;
      return { id, state: { ...args.inputs, ...cloudOutputs(args.type, args.name, inputs) } };
    },
    call: (args) => ({ ...args.inputs, number: "123456789012" }),
  };
}

/** The ids that other resources refer to. */
function cloudId(type: string, name: string, inputs: Record<string, unknown>): string | undefined {
  if (type === "gcp:pubsub/topic:Topic") return `projects/${inputs.project}/topics/${inputs.name}`;
  if (type === "gcp:secretmanager/secret:Secret") return `projects/${inputs.project}/secrets/${inputs.secretId}`;
  if (type === "gcp:monitoring/dashboard:Dashboard") return `projects/123456789012/dashboards/${name}-id`;
  return undefined;
}

/** What Google would answer, of the fields that the program reads. */
function cloudOutputs(type: string, name: string, inputs: Record<string, unknown>): Record<string, unknown> {
  switch (type) {
    case "gcp:serviceaccount/account:Account": {
      const email = `${inputs.accountId}@${inputs.project}.iam.gserviceaccount.com`;
      return { email, name: `projects/${inputs.project}/serviceAccounts/${email}` };
    }
    case "gcp:projects/serviceIdentity:ServiceIdentity":
      return {
        member: `serviceAccount:service-123456789012@gcp-sa-${String(inputs.service).split(".")[0]}.iam.gserviceaccount.com`,
      };
    case "gcp:storage/bucketObject:BucketObject":
      return { generation: 1 };
    case "gcp:secretmanager/secretVersion:SecretVersion":
      return { version: "1" };
    case "gcp:projects/apiKey:ApiKey":
      return { keyString: "example-web-key" };
    case "gcp:firebaserules/ruleset:Ruleset":
      return { name: "example-ruleset" };
    case "gcp:cloudrunv2/service:Service":
      return { uri: `https://${inputs.name}-example.a.run.app` };
    case "gcp:monitoring/notificationChannel:NotificationChannel":
      return { name: `projects/${inputs.project}/notificationChannels/${name}` };
    case "gcp:monitoring/slo:Slo":
      return {
        name: `projects/123456789012/services/${inputs.service}/serviceLevelObjectives/${inputs.sloId}`,
      };
    case "gcp:monitoring/uptimeCheckConfig:UptimeCheckConfig":
      return { uptimeCheckId: `example-${name}` };
    case "gcp:compute/globalAddress:GlobalAddress":
      return { address: "203.0.113.10" };
    case "gcp:cloudfunctionsv2/function:Function":
      return { url: `https://${inputs.location}-${inputs.project}.cloudfunctions.net/${inputs.name}` };
    default:
      return { name: inputs.name ?? name };
  }
}

/** The wire's markers for secrets and assets as something a test can compare. */
async function readable(value: unknown): Promise<unknown> {
  if (value instanceof pulumi.asset.FileAsset) return { asset: await value.path };
  if (Array.isArray(value)) return Promise.all(value.map(readable));
  if (typeof value !== "object" || value === null) return value;
  if (pulumi.runtime.isRpcSecret(value)) return { secret: await readable(pulumi.runtime.unwrapRpcSecret(value)) };
  const entries = Object.entries(value).map(async ([key, child]) => [key, await readable(child)] as const);
  return Object.fromEntries(await Promise.all(entries));
}
