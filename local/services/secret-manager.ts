import * as z from "zod";
import { guarded, LocalError } from "../errors.ts";
import { common, defineHandler, LABEL_OUTPUTS, labelOutputs, labels } from "../handler.ts";
import { secretIdOf } from "./secret-store.ts";

export const secret = defineHandler({
  inputs: z.looseObject({
    ...common,
    labels,
    annotations: z.record(z.string(), z.string()).optional(),
    secretId: z.string().regex(/^[\w-]{1,255}$/, "must be letters, digits, - and _"),
    replication: z.looseObject({}),
    deletionPolicy: z.string().default("DELETE"),
  }),
  named: "secretId",
  replaces: ["replication"],
  computed: [...LABEL_OUTPUTS, "createTime", "effectiveAnnotations", "expireTime", "name", "project"],
  create({ inputs }, cloud) {
    const project = inputs.project ?? cloud.project;
    const name = `projects/${project}/secrets/${inputs.secretId}`;
    return {
      id: name,
      outputs: {
        ...labelOutputs(inputs.labels),
        effectiveAnnotations: inputs.annotations ?? {},
        createTime: cloud.now().toISOString(),
        expireTime: "",
        // The number, not the id, is in the real one's name; locally there is one project and its id serves.
        name,
        project,
      },
    };
  },
  delete(id, outputs, cloud) {
    if (outputs.deletionProtection === true) throw guarded(`Secret ${id}`, "deletionProtection: false");
    cloud.secrets.delete(String(outputs.secretId));
  },
});

export const secretVersion = defineHandler({
  inputs: z.looseObject({
    secret: z.string(),
    secretData: z.string().optional(),
    secretDataWo: z.string().optional(),
    enabled: z.boolean().default(true),
    isSecretDataBase64: z.boolean().default(false),
    deletionPolicy: z.string().default("DELETE"),
  }),
  replaces: ["secret", "secretData", "secretDataWoVersion", "isSecretDataBase64"],
  computed: ["createTime", "destroyTime", "name", "project", "version"],
  create({ name, inputs }, cloud) {
    const data = inputs.secretData ?? inputs.secretDataWo;
    if (data === undefined)
      throw new LocalError("secret_empty", `Secret version ${name} has no value.`, "Set secretData or secretDataWo.");
    const value = inputs.isSecretDataBase64 ? Buffer.from(data, "base64").toString("utf8") : data;
    const { version } = cloud.secrets.put(secretIdOf(inputs.secret), value);
    const id = `projects/${cloud.project}/secrets/${secretIdOf(inputs.secret)}/versions/${version}`;
    return {
      id,
      outputs: {
        createTime: cloud.now().toISOString(),
        destroyTime: "",
        name: id,
        project: cloud.project,
        version,
        // Write-only in the real provider too: never comes back.
        secretDataWo: undefined,
      },
    };
  },
});
