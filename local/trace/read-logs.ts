import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { hasCode, LocalError } from "../errors.ts";
import { readLogLine } from "../services/monitoring/log-line.ts";
import type { LogEntry } from "../services/monitoring/log-metrics.ts";

/** Every structured line of a local stack's logs. @throws {LocalError} `logs_missing` */
export async function readLogs(folder: string): Promise<LogEntry[]> {
  const files = await filesOf(folder);
  const perFile = await Promise.all(
    files.map(async (file) => {
      const labels = { service_name: basename(file, ".log") };
      const lines = (await readFile(join(folder, file), "utf8")).split("\n");
      return lines.flatMap((line) => readLogLine(line, { type: "cloud_run_revision", labels }) ?? []);
    }),
  );
  return perFile.flat();
}

async function filesOf(folder: string): Promise<string[]> {
  try {
    // The app's processes: an emulator's log has no structured line, and may be larger than a string can be.
    return (await readdir(folder)).filter((name) => /^servio-.*\.log$/.test(name));
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
    throw new LocalError("logs_missing", `There are no logs in ${folder}.`, "Start a stack first: npm start");
  }
}
