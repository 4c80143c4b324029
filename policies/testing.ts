import {
  type PolicyConfigSchema,
  type PolicyResource,
  type PolicyResourceOptions,
  type ResourceValidationArgs,
  type ResourceValidationPolicy,
  type StackValidationArgs,
  type StackValidationPolicy,
  unknownCheckingProxy,
} from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";

/** For tests: a resource as a policy sees it. */
export interface Sample {
  readonly type: string;
  /** @default "sample" */
  readonly name?: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly options?: Partial<PolicyResourceOptions>;
}

/** Settings of the policy that differ from its schema's defaults. */
export type Settings = Readonly<Record<string, unknown>>;

/** Stands for a prop that a preview does not know: reading it throws, as in the real thing. */
export const UNKNOWN = pulumi.runtime.unknownValue;

/** What a policy says against resources. @throws UnknownValueError when it reads what a preview does not know. */
export async function violations(
  policy: ResourceValidationPolicy | StackValidationPolicy,
  resources: readonly Sample[],
  settings: Settings = {},
): Promise<string[]> {
  const found: string[] = [];
  const reportViolation = (message: string): void => void found.push(message);
  const config = { ...defaultsOf(policy.configSchema), ...settings };
  if ("validateStack" in policy) {
    await policy.validateStack(stackArgs(resources, config), reportViolation);
    return found;
  }
  for (const resource of resources) {
    for (const validate of [policy.validateResource ?? []].flat()) {
      await validate(resourceArgs(resource, config), reportViolation);
    }
  }
  return found;
}

/** What a program declares, as a policy sees it at a preview: what only a cloud will tell is unknown. */
export async function previewed(program: () => void): Promise<Sample[]> {
  const samples: Sample[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, custom }) => {
        if (custom) samples.push({ type, name, props: withUnknowns(inputs) as Sample["props"] });
        return { id: undefined, state: inputs };
      },
      call: ({ inputs }) => inputs,
    },
    "example",
    "test",
    true,
  );
  program();
  await pulumi.runtime.disconnect();
  return samples;
}

/** Unknown values as the engine marks them for a policy, in place of the mark of mocks. */
export function withUnknowns(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withUnknowns);
  if (typeof value !== "object" || value === null) return value;
  if ("__pulumiUnknown" in value) return UNKNOWN;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withUnknowns(child)]));
}

function defaultsOf(schema: PolicyConfigSchema | undefined): Record<string, unknown> {
  const properties = Object.entries(schema?.properties ?? {});
  return Object.fromEntries(properties.map(([name, property]) => [name, property.default]));
}

const OPTIONS: PolicyResourceOptions = {
  protect: false,
  ignoreChanges: [],
  aliases: [],
  customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
  additionalSecretOutputs: [],
};

function resourceArgs(sample: Sample, config: Settings): ResourceValidationArgs {
  const name = sample.name ?? "sample";
  return {
    type: sample.type,
    name,
    urn: `urn:pulumi:test::servio-omnichannel::${sample.type}::${name}`,
    props: unknownCheckingProxy(sample.props),
    opts: { ...OPTIONS, ...sample.options },
    stackTags: new Map(),
    isType: isNeverAsked,
    asType: isNeverAsked,
    getConfig: <T extends object>() => config as T,
    notApplicable: isNeverAsked,
  };
}

function stackArgs(samples: readonly Sample[], config: Settings): StackValidationArgs {
  const resources = samples.map((sample): PolicyResource => {
    const { type, name, urn, props, opts } = resourceArgs(sample, config);
    const links = { dependencies: [], propertyDependencies: {} };
    return { type, name, urn, props, opts, ...links, isType: isNeverAsked, asType: isNeverAsked };
  });
  return {
    resources,
    stackTags: new Map(),
    getConfig: <T extends object>() => config as T,
    notApplicable: isNeverAsked,
  };
}

/** Policies tell types by token. A test double that answered these would hide a policy that asks by class. */
function isNeverAsked(): never {
  throw new Error("policies of this pack compare type tokens");
}
