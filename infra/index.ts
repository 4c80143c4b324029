import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { buildArtifacts } from "./build/index.ts";
import { readStackConfig } from "./config.ts";
import { program } from "./program.ts";

/** Entry of `pulumi up`. The local stack has another: it must never meet the plugin that reaches the real cloud. */

if (pulumi.getStack() === "local") {
  throw new pulumi.RunError(
    "The stack `local` runs on this machine only, and the plain CLI would deploy it to Google Cloud.\n" +
      "Use `npm start`, or `npm run up` for the same with the real engine.",
  );
}

/** What Pulumi Cloud shows on the stack's page, with the outputs filled in; `pulumi stack output readme` prints it. */
export const readme = readFileSync(new URL("../Pulumi.README.md", import.meta.url), "utf8");

const config = readStackConfig();
const root = fileURLToPath(new URL("..", import.meta.url));
const artifacts = await buildArtifacts({ root, onStep: (step) => void pulumi.log.info(`building ${step}`) }).catch(
  told,
);

export const {
  project,
  region,
  apiUrl,
  inboxUrl,
  widgetUrl,
  webhookUrls,
  bucket,
  serviceName,
  functionName,
  deadLetterSubscription,
  verifyTokenCommand,
  apiLogsCommand,
  webhookLogsCommand,
  dashboardUrls,
  edgeAddress,
} = program({ config, artifacts });

/** A failure that has a code says by itself what to mend: Pulumi prints a RunError without a stack trace. */
function told(error: unknown): never {
  if (error instanceof Error && "code" in error) throw new pulumi.RunError(`${String(error.code)}: ${error.message}`);
  throw error;
}
