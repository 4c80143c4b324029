import { join } from "node:path";
import { LocalError } from "../errors.ts";
import { PULUMI_PROJECT } from "../stack.ts";

/** Where one stack of the real engine keeps everything: its local cloud, its state, and Pulumi's own files. */
export interface EngineHome {
  readonly stack: string;
  readonly home: string;
  /** The state's backend, a folder. */
  readonly state: string;
  /** Pulumi.yaml and the stack's file, made for this run. */
  readonly workDir: string;
  /** Instead of ~/.pulumi: nothing of the user's is read or written. */
  readonly pulumiHome: string;
}

/** `local`, and others beside it that start with it: every other name is an environment in the cloud. */
const STACK_NAME = /^local(-[a-z0-9]{1,20})?$/;

/** @throws {LocalError} `stack_not_local` */
export function engineHome(root: string, stack: string): EngineHome {
  if (!STACK_NAME.test(stack)) {
    throw new LocalError(
      "stack_not_local",
      `The stack "${stack}" does not run on this machine.`,
      `Here: --stack local, or another beside it such as --stack local-two. For the cloud: pulumi up --stack ${stack}`,
    );
  }
  const home = join(root, ".local", "engine", stack);
  return {
    stack,
    home,
    state: join(home, "state"),
    workDir: join(home, "project"),
    pulumiHome: join(home, "pulumi"),
  };
}

/** The state of the stack: there once the stack was made. */
export function stateFile({ state, stack }: EngineHome): string {
  return join(state, ".pulumi/stacks", PULUMI_PROJECT, `${stack}.json`);
}
