import { join } from "node:path";
import * as z from "zod";
import { guarded, LocalError } from "../errors.ts";
import { common, defineHandler, LABEL_OUTPUTS, labelOutputs, labels } from "../handler.ts";
import { digest } from "../names.ts";
import { unpack } from "./archive.ts";
import { runs } from "./liveness.ts";
import { type Variable, workloadEnvironment } from "./workload.ts";

/** Cloud Run's own default probe tries a TCP connection for 240 s; a laptop's patience is shorter. */
const DEFAULT_DEADLINE_MS = 60_000;

const variable = z.looseObject({
  name: z.string(),
  value: z.string().optional(),
  valueSource: z
    .looseObject({
      secretKeyRef: z.looseObject({ secret: z.string(), version: z.string().default("latest") }).optional(),
    })
    .optional(),
});
const probe = z.looseObject({
  initialDelaySeconds: z.number().default(0),
  periodSeconds: z.number().default(10),
  failureThreshold: z.number().default(3),
  httpGet: z.looseObject({ path: z.string().default("/") }).optional(),
});
const container = z.looseObject({
  commands: z.array(z.string()).min(1, "must name the program to run, for example node"),
  args: z.array(z.string()).default([]),
  envs: z.array(variable).default([]),
  startupProbe: probe.optional(),
  sourceCode: z.looseObject({
    cloudStorageSource: z.looseObject({ bucket: z.string(), object: z.string() }),
  }),
});

export const service = defineHandler({
  autoName: "name",
  inputs: z.looseObject({
    ...common,
    labels,
    annotations: z.record(z.string(), z.string()).optional(),
    name: z.string().regex(/^[a-z]([-a-z\d]{0,47}[a-z\d])?$/, "must be up to 49 of a-z, 0-9 and -"),
    location: z.string(),
    ingress: z.string().default("INGRESS_TRAFFIC_ALL"),
    launchStage: z.string().default("GA"),
    scaling: z.looseObject({}).optional(),
    traffics: z.array(z.unknown()).optional(),
    deletionPolicy: z.string().default("DELETE"),
    deletionProtection: z.boolean().default(true),
    template: z.looseObject({
      containers: z.array(container).length(1, "must be one container: sidecars do not run locally"),
    }),
  }),
  computed: [
    ...LABEL_OUTPUTS,
    "conditions",
    "createTime",
    "creator",
    "deleteTime",
    "effectiveAnnotations",
    "etag",
    "expireTime",
    "generation",
    "lastModifier",
    "latestCreatedRevision",
    "latestReadyRevision",
    "observedGeneration",
    "project",
    "reconciling",
    "scaling",
    "terminalConditions",
    "trafficStatuses",
    "traffics",
    "uid",
    "updateTime",
    "uri",
    "urls",
  ],
  async create({ inputs }, cloud) {
    const [only] = inputs.template.containers;
    if (!only) throw new LocalError("container_missing", `Service ${inputs.name} has no container.`, "Declare one.");
    cloud.notes.add(
      "Cloud Run and Functions",
      "one process each: scaling, CPU, memory, concurrency, request timeouts, liveness probes and ingress are recorded only",
    );
    const { cloudStorageSource } = only.sourceCode;
    const object = cloud.objects.get(cloudStorageSource.bucket, cloudStorageSource.object);
    const folder = await unpack(object, join(cloud.paths.run, inputs.name));
    const { port, url } = cloud.services.of("run", inputs.name);
    const id = `projects/${inputs.project ?? cloud.project}/locations/${inputs.location}/services/${inputs.name}`;
    const revision = `${inputs.name}-00001-${digest(JSON.stringify(inputs.template)).slice(0, 3)}`;
    const path = only.startupProbe?.httpGet?.path;
    cloud.watcher.follow(inputs.name);
    await cloud.supervisor.start({
      name: inputs.name,
      command: programOf(only.commands),
      args: [...only.commands.slice(1), ...only.args],
      cwd: folder,
      env: workloadEnvironment(cloud, variablesOf(inputs.name, only.envs), {
        PORT: String(port),
        K_SERVICE: inputs.name,
        K_REVISION: revision,
        K_CONFIGURATION: inputs.name,
      }),
      port,
      ...(path !== undefined && { readyPath: path }),
      deadlineMs: deadlineOf(only.startupProbe),
    });
    const now = cloud.now().toISOString();
    const ready = { type: "Ready", state: "CONDITION_SUCCEEDED", lastTransitionTime: now };
    const traffic = { type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", percent: 100 };
    return {
      id,
      outputs: {
        ...labelOutputs(inputs.labels),
        effectiveAnnotations: inputs.annotations ?? {},
        conditions: [ready],
        createTime: now,
        creator: "local",
        deleteTime: "",
        etag: digest(id, revision).slice(0, 12),
        expireTime: "",
        generation: "1",
        lastModifier: "local",
        latestCreatedRevision: `${id}/revisions/${revision}`,
        latestReadyRevision: `${id}/revisions/${revision}`,
        observedGeneration: "1",
        project: inputs.project ?? cloud.project,
        reconciling: false,
        scaling: inputs.scaling ?? {},
        terminalConditions: [ready],
        trafficStatuses: [{ ...traffic, uri: url, revision, tag: "" }],
        traffics: inputs.traffics ?? [traffic],
        uid: digest(id).slice(0, 32),
        updateTime: now,
        uri: url,
        urls: [url],
      },
    };
  },
  read: async ({ inputs }, cloud) => ((await runs(cloud.supervisor, String(inputs.name))) ? inputs : undefined),
  async delete(id, outputs, cloud) {
    if (outputs.deletionProtection === true) throw guarded(`Service ${id}`, "deletionProtection: false");
    await cloud.supervisor.stop(String(outputs.name));
  },
});

/** `node` is the one that runs this, whatever else lies on the path. */
function programOf(commands: readonly string[]): string {
  const [program = "node"] = commands;
  return program === "node" ? process.execPath : program;
}

function deadlineOf(startup: z.output<typeof probe> | undefined): number {
  if (!startup) return DEFAULT_DEADLINE_MS;
  const declared = (startup.initialDelaySeconds + startup.periodSeconds * startup.failureThreshold) * 1000;
  return Math.max(declared, DEFAULT_DEADLINE_MS);
}

function variablesOf(serviceName: string, envs: readonly z.output<typeof variable>[]): Variable[] {
  return envs.map(({ name, value, valueSource }) => {
    const reference = valueSource?.secretKeyRef;
    if (reference) return { name, secret: reference.secret, version: reference.version };
    if (value !== undefined) return { name, value };
    throw new LocalError(
      "variable_empty",
      `Variable ${name} of service ${serviceName} has neither value nor secretKeyRef.`,
      "An output that no handler returns arrives as undefined: see where the value comes from.",
    );
  });
}
