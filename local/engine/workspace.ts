import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  LocalWorkspace,
  type LocalWorkspaceOptions,
  type PulumiCommand,
  type Stack,
} from "@pulumi/pulumi/automation/index.js";
import { PULUMI_PROJECT } from "../stack.ts";
import { CLOUD_FILE_VARIABLE, cloudFilePath } from "./daemon/cloud-file.ts";
import { type EngineHome, stateFile } from "./home.ts";

/** What would lead a local run to somebody's real project, account or settings. */
const FOREIGN = /^(GOOGLE_|GCLOUD_|GCP_|CLOUDSDK_|PULUMI_|AWS_|ARM_|AZURE_)/;

/** Takes credentials and settings of clouds out of this process's environment, and so out of all that it starts. */
export function forgetClouds(env: NodeJS.ProcessEnv = process.env): void {
  for (const name of Object.keys(env)) if (FOREIGN.test(name)) delete env[name];
}

/** Loaded by each process of Node.js that the engine starts. */
const ENGINE_CHILD = new URL("engine-child.ts", import.meta.url).href;

export interface WorkspaceOptions {
  readonly home: EngineHome;
  readonly pulumi: PulumiCommand;
}

/**
 * The stack on a backend of its own, with the local provider in the place of the real one. Its program does nothing: what
 * goes by the state alone needs none, the rest brings its own.
 */
export async function openStack({ home, pulumi }: WorkspaceOptions): Promise<Stack> {
  for (const folder of [home.state, home.workDir, home.pulumiHome]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(home.workDir, "Pulumi.yaml"), JSON.stringify(projectOf(home), null, 2));
  const args = { stackName: home.stack, projectName: PULUMI_PROJECT, program: async () => ({}) };
  const options = optionsOf(home, pulumi);
  // Asked which of the two it is, the CLI would be started twice for a new stack.
  const there = existsSync(stateFile(home));
  return there ? LocalWorkspace.selectStack(args, options) : LocalWorkspace.createStack(args, options);
}

function optionsOf(home: EngineHome, pulumi: PulumiCommand): LocalWorkspaceOptions {
  return {
    workDir: home.workDir,
    pulumiCommand: pulumi,
    pulumiHome: home.pulumiHome,
    envVars: {
      // The secrets of this stack are examples; the state is as private as the folder.
      PULUMI_CONFIG_PASSPHRASE: "",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      [CLOUD_FILE_VARIABLE]: cloudFilePath(home.home),
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --import=${ENGINE_CHILD}`.trim(),
      // The plugin and the policies are run by the Node.js that runs this.
      PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ""}`,
    },
  };
}

/**
 * The project as this run sees it, in the JSON that is YAML too. Only here does `gcp` mean the local provider: the
 * Pulumi.yaml of the repository is the one that the cloud uses.
 */
function projectOf(home: EngineHome): object {
  return {
    name: PULUMI_PROJECT,
    runtime: "nodejs",
    backend: { url: pathToFileURL(home.state).href },
    plugins: { providers: [{ name: "gcp", path: join(import.meta.dirname, "plugin") }] },
  };
}
