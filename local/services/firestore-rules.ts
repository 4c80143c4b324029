import * as z from "zod";
import type { LocalCloud } from "../context.ts";
import { LocalError } from "../errors.ts";
import { common, defineHandler } from "../handler.ts";
import { digest } from "../names.ts";

export const ruleset = defineHandler({
  inputs: z.looseObject({
    ...common,
    source: z.looseObject({
      files: z.array(z.looseObject({ name: z.string(), content: z.string() })).length(1, "must be exactly one file"),
    }),
    deletionPolicy: z.string().default("DELETE"),
  }),
  replaces: ["source"],
  computed: ["createTime", "metadatas", "name", "project"],
  create({ inputs }, cloud) {
    const content = inputs.source.files.map((file) => file.content).join("\n");
    // The output is the bare id, although the documentation shows a full name: releases put the rest around it.
    const name = digest(content).slice(0, 32);
    const id = `projects/${inputs.project ?? cloud.project}/rulesets/${name}`;
    cloud.rulesets.set(id, content);
    return {
      id,
      outputs: {
        createTime: cloud.now().toISOString(),
        metadatas: [{ services: ["cloud.firestore"] }],
        name,
        project: inputs.project ?? cloud.project,
      },
    };
  },
  delete(id, _outputs, cloud) {
    cloud.rulesets.delete(id);
  },
});

export const release = defineHandler({
  inputs: z.looseObject({
    ...common,
    name: z.string(),
    rulesetName: z.string(),
    deletionPolicy: z.string().default("DELETE"),
  }),
  named: "name",
  computed: ["createTime", "disabled", "project", "updateTime"],
  async create({ name, inputs }, cloud) {
    if (!isFirestore(inputs.name)) {
      cloud.notes.add("Rules", `only Firestore's are enforced, not those of ${inputs.name}`);
    } else {
      const rules = cloud.rulesets.get(rulesetId(cloud, inputs.rulesetName));
      if (rules === undefined)
        throw new LocalError(
          "ruleset_missing",
          `Release ${name} names ruleset "${inputs.rulesetName}", which does not exist.`,
          "Take rulesetName from the Ruleset's name output.",
        );
      await cloud.firestore.ready();
      const warnings = await cloud.firestore.putRules(rules);
      if (warnings.length > 0) cloud.notes.add("Firestore rules", `the compiler warns: ${warnings.join("; ")}`);
    }
    const now = cloud.now().toISOString();
    const project = inputs.project ?? cloud.project;
    return {
      id: `projects/${project}/releases/${inputs.name}`,
      outputs: { createTime: now, updateTime: now, disabled: false, project },
    };
  },
  async read({ inputs }, cloud) {
    const wanted = cloud.rulesets.get(rulesetId(cloud, String(inputs.rulesetName)));
    if (!isFirestore(String(inputs.name))) return inputs;
    const live = await cloud.firestore.rules();
    // Nobody gave what is in force a name: one that says so, and that no program will ask for.
    return live === wanted ? inputs : { ...inputs, rulesetName: `changed-${digest(live).slice(0, 12)}` };
  },
});

function isFirestore(release: string): boolean {
  return /^cloud\.firestore(\/\(default\))?$/.test(release);
}

/** Both `projects/p/rulesets/x` and `x` are accepted, as by the real provider. */
function rulesetId(cloud: LocalCloud, name: string): string {
  return name.includes("/") ? name : `projects/${cloud.project}/rulesets/${name}`;
}
