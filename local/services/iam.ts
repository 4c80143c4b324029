import * as z from "zod";
import { common, defineHandler, type Handler } from "../handler.ts";
import { digest } from "../names.ts";

/** One binding: recorded with the id that the real provider would give it, enforced by nobody. */
function iamMember<Target extends string>(
  target: Target,
  prefix: (inputs: Record<string, unknown>) => string,
): Handler {
  return defineHandler({
    inputs: z.looseObject({
      ...common,
      role: z.string().regex(/^(roles|projects|organizations)\//, "must be a full role name such as roles/run.invoker"),
      member: z
        .string()
        .regex(
          /^(allUsers|allAuthenticatedUsers|[a-zA-Z]+:.+)$/,
          "must be allUsers or a prefixed member such as serviceAccount:…",
        ),
      [target]: z.string(),
    }),
    computed: ["etag", "project"],
    create({ inputs }, cloud) {
      cloud.notes.add("IAM", "bindings are recorded, nobody is refused");
      const id = `${prefix(inputs)}/${inputs.role}/${inputs.member}`;
      return { id, outputs: { etag: digest(id).slice(0, 12), project: inputs.project ?? cloud.project } };
    },
  });
}

export const bucketIamMember = iamMember("bucket", (inputs) => `b/${inputs.bucket}`);
export const topicIamMember = iamMember("topic", (inputs) => `${inputs.topic}`);
export const subscriptionIamMember = iamMember("subscription", (inputs) => `${inputs.subscription}`);
export const secretIamMember = iamMember("secretId", (inputs) => `${inputs.secretId}`);
export const serviceAccountIamMember = iamMember("serviceAccountId", (inputs) => `${inputs.serviceAccountId}`);
export const projectIamMember = iamMember("project", (inputs) => `${inputs.project}`);
export const runServiceIamMember = iamMember("name", (inputs) => `${inputs.location}/${inputs.name}`);

export const serviceAccount = defineHandler({
  inputs: z.looseObject({
    ...common,
    accountId: z.string().regex(/^[a-z]([-a-z\d]{4,28}[a-z\d])$/, "must be 6 to 30 of a-z, 0-9 and -"),
    deletionPolicy: z.string().default("DELETE"),
  }),
  computed: ["email", "member", "name", "project", "uniqueId"],
  create({ inputs }, cloud) {
    const project = inputs.project ?? cloud.project;
    const email = `${inputs.accountId}@${project}.iam.gserviceaccount.com`;
    const name = `projects/${project}/serviceAccounts/${email}`;
    const uniqueId = BigInt(`0x${digest(email).slice(0, 16)}`).toString();
    return { id: name, outputs: { project, email, name, uniqueId, member: `serviceAccount:${email}` } };
  },
});
