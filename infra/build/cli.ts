import { stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import { buildArtifacts } from "./artifacts.ts";

const { values } = parseArgs({ options: { force: { type: "boolean", default: false } } });
const started = performance.now();
const artifacts = await buildArtifacts({
  root: process.cwd(),
  force: values.force,
  onStep: (step) => console.log(`building ${step}`),
});
for (const artifact of Object.values(artifacts)) {
  const kilobytes = Math.round((await stat(artifact.path)).size / 1000);
  console.log(`${artifact.fileName}  ${kilobytes} kB`);
}
console.log(`done in ${((performance.now() - started) / 1000).toFixed(1)} s`);
