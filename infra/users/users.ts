import { randomBytes } from "node:crypto";
import type { Auth, UserRecord } from "firebase-admin/auth";

/** What an account may do in the inbox. `none` takes every right away and leaves the account. */
export type Role = "agent" | "admin" | "none";
export const ROLES: readonly Role[] = ["agent", "admin", "none"];

/** The part of Firebase Auth that is needed. */
export type Accounts = Pick<
  Auth,
  "getUserByEmail" | "createUser" | "setCustomUserClaims" | "revokeRefreshTokens" | "listUsers"
>;

export interface Given {
  readonly uid: string;
  /** The first password, of an account that was made now. It is shown once and stored nowhere. */
  readonly password?: string;
}

/**
 * Gives an account its role, and makes the account when there is none. The role is a claim of the account's token, so that
 * signed-in browsers are made to fetch a new one.
 */
export async function giveRole(accounts: Accounts, email: string, role: Role): Promise<Given> {
  const existing = await find(accounts, email);
  const password = existing ? undefined : randomBytes(12).toString("base64url");
  const user = existing ?? (await accounts.createUser({ email, emailVerified: true, password: String(password) }));
  const { role: _, ...others } = user.customClaims ?? {};
  await accounts.setCustomUserClaims(user.uid, role === "none" ? others : { ...others, role });
  if (existing) await accounts.revokeRefreshTokens(user.uid);
  return { uid: user.uid, ...(password !== undefined && { password }) };
}

export interface Staff {
  readonly email: string;
  readonly role: string;
}

/** Accounts with a role, by address. */
export async function listStaff(accounts: Accounts): Promise<Staff[]> {
  const staff: Staff[] = [];
  let page: string | undefined;
  do {
    const { users, pageToken } = await accounts.listUsers(1000, page);
    for (const { email, uid, customClaims } of users) {
      if (typeof customClaims?.role === "string") staff.push({ email: email ?? uid, role: customClaims.role });
    }
    page = pageToken;
  } while (page !== undefined);
  return staff.sort((one, other) => one.email.localeCompare(other.email));
}

async function find(accounts: Accounts, email: string): Promise<UserRecord | undefined> {
  try {
    return await accounts.getUserByEmail(email);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "auth/user-not-found") return undefined;
    throw error;
  }
}
