import { writeFileSync } from "node:fs";
import * as z from "zod";
import { LocalError } from "../errors.ts";
import type { LocalPaths } from "../paths.ts";
import { HOST } from "../ports.ts";
import type { Supervisor } from "../supervisor.ts";
import type { EmulatorBinaries } from "./emulator-binaries.ts";
import { bareEnvironment } from "./environment.ts";

/** The Firestore emulator, as handlers see it. */
export interface FirestoreEmulator {
  /** `127.0.0.1:port` */
  readonly host: string;
  /** Resolves when it answers. */
  ready(): Promise<void>;
  /**
   * Puts security rules in force. Returns the compiler's warnings, one sentence each.
   * @throws {LocalError} `rules_refused` with the compiler's complaints.
   */
  putRules(source: string): Promise<readonly string[]>;
  /** The rules in force. */
  rules(): Promise<string>;
  /** Deletes every document. */
  clear(): Promise<void>;
}

/** Nobody may do anything: what a new database has until rules are released. */
export const LOCKED_RULES = `rules_version = '2';
service cloud.firestore {
  match /databases/{database}/documents {
    match /{document=**} {
      allow read, write: if false;
    }
  }
}
`;

/** The entry of the jar; the SDK's wrapper script starts the same one and would only stand in between. */
const MAIN_CLASS = "com.google.cloud.datastore.emulator.firestore.CloudFirestore";
const DEADLINE_MS = 60_000;

export interface EmulatorOptions {
  readonly supervisor: Supervisor;
  readonly binaries: Promise<EmulatorBinaries>;
  readonly paths: LocalPaths;
  readonly project: string;
  readonly port: number;
}

/** Starts the emulator, locked. `ready()` tells when, and whether, it came up. */
export function startFirestore(options: EmulatorOptions): FirestoreEmulator {
  const { paths, port, project } = options;
  const started = launch(options);
  // Whoever needs it awaits ready() and gets the error; nobody may be waiting yet.
  started.catch(() => undefined);
  const control = `http://${HOST}:${port}/emulator/v1/projects/${project}`;
  return {
    host: `${HOST}:${port}`,
    ready: () => started,
    async rules() {
      const response = await fetch(`${control}:securityRules`);
      return inForce
        .parse(await response.json())
        .rules.files.map(({ content }) => content)
        .join("\n");
    },
    async clear() {
      const response = await fetch(`${control}/databases/(default)/documents`, { method: "DELETE" });
      await response.body?.cancel();
    },
    async putRules(source) {
      const response = await fetch(`${control}:securityRules`, {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ rules: { files: [{ name: "firestore.rules", content: source }] } }),
      });
      const answer = await response.text();
      if (!response.ok) throw refused(response.status, answer);
      // A restarted emulator reads this file, so that a crash does not take the rules with it.
      writeFileSync(paths.rules, source);
      const { issues } = compiled.parse(JSON.parse(answer));
      return issues.map(({ sourcePosition, description }) => `line ${sourcePosition?.line ?? "?"}: ${description}`);
    },
  };
}

async function launch({ supervisor, binaries, paths, port, project }: EmulatorOptions): Promise<void> {
  const { java, firestoreJar } = await binaries;
  writeFileSync(paths.rules, LOCKED_RULES);
  await supervisor.start({
    name: "firestore",
    foundation: true,
    command: java,
    args: [
      "-Duser.language=en",
      "-cp",
      firestoreJar,
      MAIN_CLASS,
      "start",
      `--host=${HOST}`,
      `--port=${port}`,
      `--project_id=${project}`,
      `--rules=${paths.rules}`,
    ],
    cwd: paths.home,
    env: bareEnvironment(paths),
    port,
    readyPath: "/",
    deadlineMs: DEADLINE_MS,
  });
}

const inForce = z.object({ rules: z.object({ files: z.array(z.object({ content: z.string() })) }) });
const compiled = z.object({
  issues: z
    .array(z.object({ description: z.string(), sourcePosition: z.object({ line: z.number().optional() }).optional() }))
    .default([]),
});
const complaint = z.object({ error: z.object({ message: z.string() }) });

function refused(status: number, body: string): LocalError {
  let said = body;
  try {
    said = complaint.safeParse(JSON.parse(body)).data?.error.message ?? body;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return new LocalError(
    "rules_refused",
    `The Firestore rules were refused (${status}): ${said.trim()}`,
    "Mend infra/firestore/firestore.rules; the emulator compiles them as production does.",
  );
}
