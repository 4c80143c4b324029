import * as z from "zod";
import { milliseconds } from "../durations.ts";
import { LocalError } from "../errors.ts";
import { common, defineHandler } from "../handler.ts";

const httpTarget = z.looseObject({
  uri: z.url(),
  httpMethod: z.enum(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]).default("POST"),
  headers: z.record(z.string(), z.string()).default({}),
  /** Base64, as the API wants it. */
  body: z.string().optional(),
  oidcToken: z.looseObject({ serviceAccountEmail: z.string(), audience: z.string().optional() }).optional(),
});

export const job = defineHandler({
  autoName: "name",
  inputs: z.looseObject({
    ...common,
    name: z.string(),
    region: z.string().optional(),
    schedule: z.string(),
    timeZone: z.string().default("Etc/UTC"),
    paused: z.boolean().default(false),
    attemptDeadline: z.string().default("180s"),
    retryConfig: z
      .looseObject({
        retryCount: z.number().int().min(0).max(5).optional(),
        minBackoffDuration: z.string().optional(),
        maxBackoffDuration: z.string().optional(),
      })
      .optional(),
    httpTarget: httpTarget.optional(),
    deletionPolicy: z.string().default("DELETE"),
  }),
  computed: ["project", "region", "state"],
  create({ name, inputs }, cloud) {
    const target = inputs.httpTarget;
    if (!target)
      throw new LocalError("target_unsupported", `Job ${name} has no httpTarget.`, "Locally only HTTP targets run.");
    const project = inputs.project ?? cloud.project;
    const region = inputs.region ?? cloud.region;
    const id = `projects/${project}/locations/${region}/jobs/${inputs.name}`;
    const retry = inputs.retryConfig;
    cloud.jobs.put({
      name: inputs.name,
      id,
      schedule: inputs.schedule,
      timeZone: inputs.timeZone,
      paused: inputs.paused,
      uri: target.uri,
      method: target.httpMethod,
      headers: target.headers,
      ...(target.body !== undefined && { body: Buffer.from(target.body, "base64") }),
      ...(target.oidcToken && {
        oidc: {
          email: target.oidcToken.serviceAccountEmail,
          audience: target.oidcToken.audience ?? target.uri,
        },
      }),
      attemptDeadlineMs: milliseconds(inputs.attemptDeadline),
      retries: retry?.retryCount ?? 0,
      minBackoffMs: milliseconds(retry?.minBackoffDuration ?? "5s"),
      maxBackoffMs: milliseconds(retry?.maxBackoffDuration ?? "3600s"),
    });
    return { id, outputs: { project, region, state: inputs.paused ? "PAUSED" : "ENABLED" } };
  },
  delete(_id, outputs, cloud) {
    cloud.jobs.delete(String(outputs.name));
  },
});
