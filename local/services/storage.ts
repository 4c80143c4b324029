import * as z from "zod";
import { LocalError } from "../errors.ts";
import { common, defineHandler, LABEL_OUTPUTS, labelOutputs, labels } from "../handler.ts";
import { HOST } from "../ports.ts";
import { isAsset, type LocalAsset } from "../wire.ts";

export const bucket = defineHandler({
  autoName: "name",
  inputs: z.looseObject({
    ...common,
    labels,
    name: z.string(),
    location: z.string(),
    deletionPolicy: z.string().default("DELETE"),
    publicAccessPrevention: z.string().default("inherited"),
    uniformBucketLevelAccess: z.boolean().default(false),
    storageClass: z.string().default("STANDARD"),
    lifecycleRules: z.array(z.unknown()).optional(),
  }),
  computed: [
    ...LABEL_OUTPUTS,
    "project",
    "projectNumber",
    "rpo",
    "selfLink",
    "softDeletePolicy",
    "timeCreated",
    "updated",
    "url",
    "versioning",
    "website",
  ],
  create({ inputs }, cloud) {
    if (inputs.lifecycleRules) cloud.notes.add("Storage lifecycle", "objects are never deleted or moved by age");
    cloud.objects.addBucket(inputs.name);
    const now = cloud.now().toISOString();
    return {
      id: inputs.name,
      outputs: {
        ...labelOutputs(inputs.labels),
        project: inputs.project ?? cloud.project,
        projectNumber: Number(cloud.projectNumber),
        location: inputs.location.toUpperCase(),
        rpo: "DEFAULT",
        selfLink: `http://${HOST}:${cloud.ports.platform}/storage/v1/b/${inputs.name}`,
        softDeletePolicy: inputs.softDeletePolicy ?? { effectiveTime: now, retentionDurationSeconds: 604_800 },
        timeCreated: now,
        updated: now,
        url: `gs://${inputs.name}`,
        versioning: inputs.versioning ?? { enabled: false },
        website: inputs.website ?? {},
      },
    };
  },
});

export const bucketObject = defineHandler({
  autoName: "name",
  inputs: z.looseObject({
    name: z.string(),
    bucket: z.string(),
    content: z.string().optional(),
    contentType: z.string().default("application/octet-stream"),
    storageClass: z.string().default("STANDARD"),
    deletionPolicy: z.string().default("DELETE"),
    source: z.custom<LocalAsset>(isAsset, "must be a FileAsset, a FileArchive or a StringAsset").optional(),
  }),
  replaces: ["bucket", "content", "source", "contentType", "storageClass"],
  computed: [
    "content",
    "crc32c",
    "generation",
    "kmsKeyName",
    "md5hash",
    "md5hexhash",
    "mediaLink",
    "outputName",
    "selfLink",
  ],
  async create({ name, inputs }, cloud) {
    const source = inputs.source ?? inputs.content;
    if (source === undefined)
      throw new LocalError("source_missing", `Object ${name} has no content.`, "Set source or content.");
    const stored = await cloud.objects.put(inputs.bucket, inputs.name, source, { contentType: inputs.contentType });
    const link = `http://${HOST}:${cloud.ports.platform}/storage/v1/b/${inputs.bucket}/o/${encodeURIComponent(inputs.name)}`;
    return {
      id: `${inputs.bucket}-${inputs.name}`,
      outputs: {
        content: inputs.content ?? "",
        crc32c: stored.crc32c,
        generation: stored.generation,
        kmsKeyName: "",
        md5hash: stored.md5.toString("base64"),
        md5hexhash: stored.md5.toString("hex"),
        mediaLink: `${link}?alt=media&generation=${stored.generation}`,
        outputName: inputs.name,
        selfLink: link,
      },
    };
  },
  read: ({ inputs }, cloud) => (cloud.objects.exists(String(inputs.bucket), String(inputs.name)) ? inputs : undefined),
  delete(_id, outputs, cloud) {
    cloud.objects.delete(String(outputs.bucket), String(outputs.name));
  },
});
