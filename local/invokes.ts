import type { ProjectPlace } from "./project.ts";
import type { Values } from "./wire.ts";

type Invoke = (inputs: Values, place: ProjectPlace) => Values;

/** Every function of the provider that the local cloud answers. */
export const INVOKES: Readonly<Record<string, Invoke>> = {
  "gcp:organizations/getProject:getProject": (inputs, place) => {
    const projectId = String(inputs.projectId ?? place.project);
    return {
      id: `projects/${projectId}`,
      projectId,
      name: projectId,
      number: place.projectNumber,
      labels: {},
      effectiveLabels: {},
    };
  },
  "gcp:organizations/getClientConfig:getClientConfig": (_inputs, place) => ({
    id: `projects/${place.project}`,
    project: place.project,
    region: place.region,
    zone: `${place.region}-a`,
    accessToken: "",
    defaultLabels: {},
  }),
};
