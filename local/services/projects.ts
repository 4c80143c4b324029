import * as z from "zod";
import { common, defineHandler } from "../handler.ts";
import { digest } from "../names.ts";

export const service = defineHandler({
  inputs: z.looseObject({
    ...common,
    service: z.string().endsWith(".googleapis.com", "must be an API's host, such as run.googleapis.com"),
    deletionPolicy: z.string().default("DELETE"),
  }),
  replaces: ["service"],
  computed: ["project"],
  create({ inputs }, cloud) {
    cloud.notes.add("APIs", "enabling a Google API is recorded; nothing is switched on or off");
    const project = inputs.project ?? cloud.project;
    return { id: `${project}/${inputs.service}`, outputs: { project } };
  },
});

export const serviceIdentity = defineHandler({
  inputs: z.looseObject({ ...common, service: z.string().endsWith(".googleapis.com", "must be an API's host") }),
  replaces: ["service"],
  computed: ["email", "member", "project"],
  create({ inputs }, cloud) {
    const project = inputs.project ?? cloud.project;
    const [product = ""] = inputs.service.split(".");
    const email = `service-${cloud.projectNumber}@gcp-sa-${product}.iam.gserviceaccount.com`;
    const id = `projects/${project}/services/${inputs.service}`;
    return { id, outputs: { project, email, member: `serviceAccount:${email}` } };
  },
});

export const apiKey = defineHandler({
  autoName: "name",
  inputs: z.looseObject({
    ...common,
    name: z.string(),
    deletionPolicy: z.string().default("DELETE"),
    restrictions: z.unknown().optional(),
  }),
  replaces: ["serviceAccountEmail"],
  computed: ["keyString", "project", "uid"],
  secret: ["keyString"],
  create({ inputs }, cloud) {
    if (inputs.restrictions !== undefined)
      cloud.notes.add("API keys", "restrictions are recorded; any key is accepted");
    const project = inputs.project ?? cloud.project;
    const id = `projects/${project}/locations/global/keys/${inputs.name}`;
    // The Auth emulator takes any key; this one says what it is.
    return { id, outputs: { project, keyString: `local-${digest(id).slice(0, 24)}`, uid: digest(id).slice(0, 32) } };
  },
});
