import * as z from "zod";
import { LocalError } from "./errors.ts";
import type { DemoUser } from "./outputs.ts";

/** Who can sign in to the inbox of a local stack. Example accounts; the passwords open nothing else. */
export const DEMO_USERS: readonly DemoUser[] = [
  { email: "admin@example.com", password: "demo-admin", role: "admin" },
  { email: "agente@example.com", password: "demo-agente", role: "agent" },
];

const account = z.object({ localId: z.string() });

/** Creates users in the Auth emulator, with the role as a custom claim. Users that exist keep their id. */
export async function seedUsers(authHost: string, project: string, users: readonly DemoUser[]): Promise<void> {
  const base = `http://${authHost}/identitytoolkit.googleapis.com/v1/projects/${project}/accounts`;
  await Promise.all(
    users.map(async ({ email, password, role }) => {
      const localId = `demo-${role}`;
      const created = await call(base, { localId, email, password, emailVerified: true });
      if (!created.ok && !/EXISTS|DUPLICATE/.test(created.text)) throw refused(email, created);
      if (created.ok) account.parse(JSON.parse(created.text));
      const claimed = await call(`${base}:update`, { localId, password, customAttributes: JSON.stringify({ role }) });
      if (!claimed.ok) throw refused(email, claimed);
    }),
  );
}

/** The emulator takes `owner` for an administrator. */
async function call(url: string, body: unknown): Promise<{ ok: boolean; status: number; text: string }> {
  const response = await fetch(url, {
    method: "POST",
    headers: { authorization: "Bearer owner", "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { ok: response.ok, status: response.status, text: await response.text() };
}

function refused(email: string, answer: { status: number; text: string }): LocalError {
  return new LocalError(
    "user_refused",
    `The Auth emulator refused the demo user ${email} (${answer.status}): ${answer.text.trim()}`,
    "See .local/logs/auth.log.",
  );
}
