import * as z from "zod";
import { common, defineHandler, type Handler } from "../handler.ts";
import { digest } from "../names.ts";

type Inputs = Readonly<Record<string, unknown>>;

/**
 * One binding: recorded with the id that the real provider would give it, enforced by nobody.
 * @param target the input that names what the role is given on.
 * @param hasProject whether the type has a `project` output; buckets and service accounts say it in their names.
 */
function iamMember(target: string, prefix: (inputs: Inputs) => string, hasProject: boolean): Handler {
  return defineHandler({
    inputs: z.looseObject({
      role: z.string().regex(/^(roles|projects|organizations)\//, "must be a full role name such as roles/run.invoker"),
      member: z
        .string()
        .regex(
          /^(allUsers|allAuthenticatedUsers|[a-zA-Z]+:.+)$/,
          "must be allUsers or a prefixed member such as serviceAccount:…",
        ),
      [target]: z.string(),
    }),
    // A binding is nothing but these: another one is another binding.
    replaces: ["role", "member", "condition", target],
    computed: hasProject ? ["etag", "project"] : ["etag"],
    create({ inputs }, cloud) {
      cloud.notes.add("IAM", "bindings are recorded, nobody is refused");
      const id = `${prefix(inputs)}/${inputs.role}/${inputs.member}`;
      const etag = digest(id).slice(0, 12);
      return { id, outputs: hasProject ? { etag, project: inputs.project ?? cloud.project } : { etag } };
    },
  });
}

export const bucketIamMember = iamMember("bucket", (inputs) => `b/${inputs.bucket}`, false);
export const topicIamMember = iamMember("topic", (inputs) => `${inputs.topic}`, true);
export const subscriptionIamMember = iamMember("subscription", (inputs) => `${inputs.subscription}`, true);
export const secretIamMember = iamMember("secretId", (inputs) => `${inputs.secretId}`, true);
export const serviceAccountIamMember = iamMember("serviceAccountId", (inputs) => `${inputs.serviceAccountId}`, false);
export const projectIamMember = iamMember("project", (inputs) => `${inputs.project}`, true);
export const runServiceIamMember = iamMember("name", (inputs) => `${inputs.location}/${inputs.name}`, true);

export const serviceAccount = defineHandler({
  inputs: z.looseObject({
    ...common,
    accountId: z.string().regex(/^[a-z]([-a-z\d]{4,28}[a-z\d])$/, "must be 6 to 30 of a-z, 0-9 and -"),
    deletionPolicy: z.string().default("DELETE"),
  }),
  named: "accountId",
  computed: ["email", "member", "name", "project", "uniqueId"],
  create({ inputs }, cloud) {
    const project = inputs.project ?? cloud.project;
    const email = `${inputs.accountId}@${project}.iam.gserviceaccount.com`;
    const name = `projects/${project}/serviceAccounts/${email}`;
    const uniqueId = BigInt(`0x${digest(email).slice(0, 16)}`).toString();
    return { id: name, outputs: { project, email, name, uniqueId, member: `serviceAccount:${email}` } };
  },
});
