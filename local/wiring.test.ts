import { expect, test } from "vitest";
import type { Artifacts } from "../infra/build/index.ts";
import { program } from "../infra/program.ts";
import { exampleConfig, type Recording, runProgram } from "../infra/testing.ts";
import { deploy } from "./engine/embedded.ts";
import { createProvider, HANDLERS, type LocalProvider } from "./provider.ts";
import { fakeCloud, tarGz, zip } from "./testing.ts";
import { decode, isAsset } from "./wire.ts";

/** The program on the local provider, held against the program on a record that returns what the cloud would. */

const EVERYTHING = {
  environment: "prod",
  dataProtection: "guarded",
  customDomain: "omni.example.com",
  billingAccount: "012345-6789AB-CDEF01",
};

const recorded = { plain: await runProgram(), everything: await runProgram({ settings: EVERYTHING }) };

test.each(Object.entries(recorded))("each type of the stack has a local handler (%s)", (_, { resources }) => {
  const types = [...new Set(resources.map(({ type }) => type))];
  expect(types.filter((type) => HANDLERS[type] === undefined)).toEqual([]);
});

interface Local {
  /** By type and name, decoded. */
  readonly inputs: ReadonlyMap<string, unknown>;
  readonly outputs: unknown;
}

/** @param without an output that the provider forgets to return: `type#output`. */
async function runLocally(settings: Readonly<Record<string, string>>, without?: string): Promise<Local> {
  const inputs = new Map<string, unknown>();
  const real = createProvider(await fakeCloud());
  const provider: LocalProvider = {
    ...real,
    async check(resource) {
      inputs.set(`${resource.type} ${resource.name}`, (await decode(resource.inputs)).values);
      return real.check(resource);
    },
    async create(resource) {
      const { id, outputs } = await real.create(resource);
      const kept = Object.entries(outputs).filter(([name]) => `${resource.type}#${name}` !== without);
      return { id, outputs: Object.fromEntries(kept) };
    },
  };
  const artifacts: Artifacts = {
    api: { path: await tarGz({ "index.js": "" }), sha256: "a".repeat(64), fileName: "api-aaaaaaaaaaaaaaaa.tar.gz" },
    webhook: { path: zip({ "index.js": "" }), sha256: "b".repeat(64), fileName: "webhook-bbbbbbbbbbbbbbbb.zip" },
  };
  const run = () => program({ config: exampleConfig(settings), artifacts });
  const { outputs } = await deploy({ project: "servio-omnichannel", stack: "test", provider, program: run });
  return { inputs, outputs };
}

/** Where a value is whole in the record and is missing, or made of something missing, on the local provider. */
function gaps(whole: unknown, local: unknown, path: string): string[] {
  if (typeof local === "string" && /\bundefined\b/.test(local)) return [path];
  if (local === undefined || local === null) return whole === undefined || whole === null ? [] : [path];
  if (isAsset(local) || typeof whole !== "object" || whole === null || "secret" in whole) return [];
  const children = Object.entries(whole);
  return children.flatMap(([key, child]) => gaps(child, (local as Record<string, unknown>)[key], `${path}.${key}`));
}

function allGaps(whole: Recording, local: Local): string[] {
  return [
    ...whole.resources.flatMap(({ type, name, inputs }) =>
      gaps(inputs, local.inputs.get(`${type} ${name}`), `${type} ${name}`),
    ),
    ...gaps(whole.outputs, local.outputs, "outputs"),
  ];
}

test.each([
  ["plain", {}],
  ["everything", EVERYTHING],
] as const)("every output that the program reads is returned locally (%s)", async (shape, settings) => {
  expect(allGaps(recorded[shape], await runLocally(settings))).toEqual([]);
});

// Not the service's address: without it the program itself fails, since its uptime check takes the address apart.
test.each([
  "gcp:secretmanager/secretVersion:SecretVersion#version",
  "gcp:serviceaccount/account:Account#email",
  "gcp:serviceaccount/account:Account#name",
  "gcp:cloudfunctionsv2/function:Function#url",
  "gcp:storage/bucketObject:BucketObject#generation",
  "gcp:projects/apiKey:ApiKey#keyString",
])("a provider that forgot %s would be noticed", async (output) => {
  // Some handlers refuse what has become of it; where none does, the comparison tells.
  const refused = (error: unknown) => [String(error)];
  const found = await runLocally({}, output).then((local) => allGaps(recorded.plain, local), refused);
  expect(found).not.toEqual([]);
});
