export { type Artifact, type Artifacts, type BuildOptions, buildArtifacts } from "./artifacts.ts";
