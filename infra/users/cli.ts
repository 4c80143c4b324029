import { parseArgs } from "node:util";
import { initializeApp } from "firebase-admin/app";
import { getAuth } from "firebase-admin/auth";
import { getFirestore } from "firebase-admin/firestore";
import * as z from "zod";
import { recordLeft } from "../../app/desk/index.ts";
import { giveRole, listStaff, ROLES, type Role } from "./users.ts";

/** `npm run users`: who may answer in the inbox. Speaks to Google with the login of `gcloud auth application-default`. */

const HELP = `npm run users -- --project <id>                              lists who has a role
npm run users -- --project <id> <e-mail> agent|admin|none   gives one, and makes the account when there is none

An agent answers customers; an admin also sees the logs and manages ready answers and templates. In a local stack's
terminal, with authHost and firestoreHost of .local/outputs.json:
FIREBASE_AUTH_EMULATOR_HOST=<authHost> FIRESTORE_EMULATOR_HOST=<firestoreHost> npm run users -- --project demo-servio`;

class UsageError extends Error {
  readonly code = "users_options";
}

interface Asked {
  readonly project: string;
  readonly change?: { readonly email: string; readonly role: Role };
}

function asked(): Asked | undefined {
  const { values, positionals } = parseArgs({
    options: { project: { type: "string" }, help: { type: "boolean", short: "h", default: false } },
    allowPositionals: true,
  });
  if (values.help) return undefined;
  if (!values.project) throw new UsageError(`Which project? Its id is the stack's gcp:project.\n\n${HELP}`);
  const [email, role, ...more] = positionals;
  if (email === undefined) return { project: values.project };
  if (!z.email().safeParse(email).success) throw new UsageError(`${email} is no e-mail address.`);
  const known = ROLES.find((one) => one === role);
  if (!known || more.length > 0) throw new UsageError(`The role is one of ${ROLES.join(", ")}, not ${String(role)}.`);
  return { project: values.project, change: { email, role: known } };
}

async function run({ project, change }: Asked): Promise<string> {
  const app = initializeApp({ projectId: project });
  const accounts = getAuth(app);
  if (!change) {
    const staff = await listStaff(accounts);
    return staff.map(({ email, role }) => `${role.padEnd(6)} ${email}`).join("\n") || "Nobody has a role yet.";
  }
  const { uid, password } = await giveRole(accounts, change.email, change.role);
  if (change.role === "none") await recordLeft(getFirestore(app), uid, Date.now());
  const now = change.role === "none" ? "has no role any more" : `is ${change.role}`;
  const first = password === undefined ? "" : `\nIts first password, shown only now: ${password}`;
  return `${change.email} ${now}.${first}`;
}

try {
  const request = asked();
  console.log(request ? await run(request) : HELP);
} catch (error) {
  const code = error instanceof Error && "code" in error ? String(error.code) : "users_failed";
  console.error(`${code}: ${error instanceof Error ? error.message : String(error)}`);
  if (!(error instanceof UsageError)) console.error("See docs/troubleshooting.md, or: npm run users -- --help");
  process.exitCode = 1;
}
