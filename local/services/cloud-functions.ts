import { join } from "node:path";
import * as z from "zod";
import { common, defineHandler, LABEL_OUTPUTS, labelOutputs, labels } from "../handler.ts";
import { digest } from "../names.ts";
import { unpack } from "./archive.ts";
import { runs } from "./liveness.ts";
import { type Variable, workloadEnvironment } from "./workload.ts";

const DEADLINE_MS = 60_000;
/** In the cloud the buildpack installs the framework that the function's package.json names; here it is the repository's. */
const FRAMEWORK_MAIN = "node_modules/@google-cloud/functions-framework/build/src/main.js";

export const cloudFunction = defineHandler({
  autoName: "name",
  inputs: z.looseObject({
    ...common,
    labels,
    name: z.string().regex(/^[a-z]([-a-z\d]{0,61}[a-z\d])?$/, "must be up to 63 of a-z, 0-9 and -"),
    location: z.string(),
    deletionPolicy: z.string().default("DELETE"),
    buildConfig: z.looseObject({
      runtime: z.string().regex(/^nodejs\d+$/, "must be a Node.js runtime: others do not run locally"),
      entryPoint: z.string(),
      source: z.looseObject({ storageSource: z.looseObject({ bucket: z.string(), object: z.string() }) }),
    }),
    serviceConfig: z
      .looseObject({
        environmentVariables: z.record(z.string(), z.string()).default({}),
        secretEnvironmentVariables: z
          .array(z.looseObject({ key: z.string(), secret: z.string(), version: z.string() }))
          .default([]),
      })
      .prefault({}),
    eventTrigger: z.never("is not supported: locally only HTTP functions run").optional(),
  }),
  computed: [...LABEL_OUTPUTS, "environment", "project", "state", "updateTime", "url"],
  async create({ inputs }, cloud) {
    const { buildConfig, serviceConfig } = inputs;
    cloud.notes.add(
      "Cloud Run and Functions",
      "one process each: scaling, CPU, memory, concurrency, request timeouts, liveness probes and ingress are recorded only",
    );
    const { bucket, object } = buildConfig.source.storageSource;
    const folder = await unpack(cloud.objects.get(bucket, object), join(cloud.paths.run, inputs.name));
    const { port, url } = cloud.services.of("function", inputs.name);
    const project = inputs.project ?? cloud.project;
    const id = `projects/${project}/locations/${inputs.location}/functions/${inputs.name}`;
    const variables: Variable[] = [
      ...Object.entries(serviceConfig.environmentVariables).map(([name, value]) => ({ name, value })),
      ...serviceConfig.secretEnvironmentVariables.map(({ key, secret, version }) => ({ name: key, secret, version })),
    ];
    cloud.watcher.follow(inputs.name);
    await cloud.supervisor.start({
      name: inputs.name,
      command: process.execPath,
      args: [
        join(cloud.paths.root, FRAMEWORK_MAIN),
        `--target=${buildConfig.entryPoint}`,
        `--source=${folder}`,
        `--port=${port}`,
      ],
      cwd: folder,
      env: workloadEnvironment(cloud, variables, {
        PORT: String(port),
        K_SERVICE: inputs.name,
        K_REVISION: `${inputs.name}-00001-${digest(JSON.stringify(inputs)).slice(0, 3)}`,
        FUNCTION_TARGET: buildConfig.entryPoint,
        FUNCTION_SIGNATURE_TYPE: "http",
      }),
      port,
      deadlineMs: DEADLINE_MS,
    });
    return {
      id,
      outputs: {
        ...labelOutputs(inputs.labels),
        environment: "GEN_2",
        project,
        serviceConfig: {
          ...serviceConfig,
          uri: url,
          gcfUri: url,
          service: `projects/${project}/locations/${inputs.location}/services/${inputs.name}`,
        },
        state: "ACTIVE",
        updateTime: cloud.now().toISOString(),
        url,
      },
    };
  },
  read: async ({ inputs }, cloud) => ((await runs(cloud.supervisor, String(inputs.name))) ? inputs : undefined),
  async delete(_id, outputs, cloud) {
    await cloud.supervisor.stop(String(outputs.name));
  },
});
