import { randomBytes } from "node:crypto";
import { asError, LocalError } from "../../errors.ts";
import { startTimeOf } from "../../process-table.ts";
import { startStandingCloud } from "../../standing-cloud.ts";
import { cloudFilePath, writeCloudFile } from "./cloud-file.ts";
import { codeVersion } from "./code.ts";
import { serveControl } from "./control.ts";
import { createJournal } from "./journal.ts";
import { type DaemonMessage, daemonOptions } from "./launch.ts";

/** The process that `npm run up` leaves behind: it owns the local cloud of one stack until `npm run destroy`. */

const options = daemonOptions.parse(JSON.parse(process.argv[2] ?? "{}"));
const cloudFile = cloudFilePath(options.home);
const { GEMINI_API_KEY: geminiApiKey } = process.env;

function tell(message: DaemonMessage): void {
  process.send?.(message);
}

async function main(): Promise<void> {
  const code = await codeVersion(options.root);
  const journal = createJournal();
  const standing = await startStandingCloud({
    ...options,
    ...(geminiApiKey && { geminiApiKey }),
    onEvent: (event) => {
      journal.add(event);
      console.log(new Date().toISOString(), JSON.stringify(event));
    },
  });
  const leave = (): void => process.exit(0);
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const)
    process.once(signal, () => void standing.stop().then(leave));
  const token = randomBytes(32).toString("hex");
  const { port } = await serveControl({ standing, journal, token, onStopped: leave });
  writeCloudFile(cloudFile, {
    pid: process.pid,
    startTime: (await startTimeOf(process.pid)) ?? "",
    port,
    token,
    code,
    basePort: standing.cloud.ports.base,
    geminiIsReal: Boolean(geminiApiKey),
  });
  tell({ type: "standing" });
}

try {
  await main();
  process.disconnect?.();
} catch (thrown) {
  const error = asError(thrown);
  console.error(error);
  const { code, seen, advice } = error instanceof LocalError ? error : { code: "", seen: error.message, advice: "" };
  tell({ type: "failed", code, seen, advice });
  process.exitCode = 1;
  process.disconnect?.();
}
