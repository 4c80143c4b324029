import { homedir } from "node:os";
import { join } from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { asError, LocalError } from "../../errors.ts";
import { buildWithGo, CLI_VERSION } from "./build.ts";
import { cacheFolder } from "./cache.ts";

export interface FindOptions {
  /** The user's cache of this product. @default the system's usual place */
  readonly cache?: string;
  /** Told what takes long, and how far it is. */
  readonly onProgress: (text: string) => void;
  /** Ends a build that is under way. */
  readonly signal?: AbortSignal;
}

/** A way to get the CLI; what went wrong is kept, since all of it is told when no way works. */
interface Way {
  readonly name: string;
  readonly take: () => Promise<PulumiCommand>;
}

/**
 * Finds the Pulumi CLI, or gets it: on PATH, in Pulumi's own folder, from an earlier run, by Pulumi's download, and
 * where that cannot be reached, compiled with Go. Found ways take a second; a build some minutes, once per machine.
 * @throws {LocalError} `pulumi_missing`, with what each way said.
 */
export async function findPulumi(options: FindOptions): Promise<PulumiCommand> {
  const cache = join(options.cache ?? cacheFolder(), "pulumi");
  const built = join(cache, `v${CLI_VERSION}`);
  const ways: Way[] = [
    { name: "pulumi on PATH", take: () => PulumiCommand.get() },
    { name: "~/.pulumi/bin", take: () => PulumiCommand.get({ root: join(homedir(), ".pulumi") }) },
    { name: built, take: () => PulumiCommand.get({ root: built }) },
    {
      name: "Pulumi's download",
      take: () => {
        options.onProgress("looking for Pulumi's own download of the CLI");
        // The version that belongs to the SDK. One that is there already is taken as it is.
        return PulumiCommand.install({ root: join(cache, "downloaded") });
      },
    },
    {
      name: "go build",
      take: async () => {
        await buildWithGo({ ...options, root: built });
        return PulumiCommand.get({ root: built });
      },
    },
  ];
  const refusals: string[] = [];
  for (const { name, take } of ways) {
    options.signal?.throwIfAborted();
    try {
      return await take();
    } catch (error) {
      refusals.push(`  ${name}: ${briefly(asError(error).message)}`);
    }
  }
  throw new LocalError(
    "pulumi_missing",
    `The Pulumi CLI is needed for this, and none of the ways to it worked:\n${refusals.join("\n")}`,
    "Install it (https://www.pulumi.com/docs/install), or Go 1.25 or later (https://go.dev/doc/install), and run this again.\nnpm start needs neither.",
  );
}

/** The Automation API puts a whole transcript into its messages; its last line that says something is the reason. */
function briefly(message: string): string {
  const lines = message.split("\n").map((line) => line.trim());
  const said = lines.filter((line) => line !== "" && !/^(code|stdout|stderr|err\?): *(-?\d+)?$/.test(line));
  return (
    said.find((line) => /ENOENT|not found|failed|refused|error/i.test(line))?.slice(0, 200) ??
    said[0]?.slice(0, 200) ??
    "no reason given"
  );
}
