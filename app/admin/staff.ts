import type { App } from "firebase-admin/app";

/** People who may sign in to the inbox, and what they may do there. */

export type StaffRole = "agent" | "admin";

export interface StaffMember {
  readonly uid: string;
  readonly email?: string;
  readonly name?: string;
  readonly role: StaffRole;
}

/** Where accounts are kept: Identity Platform behind one small edge. */
export interface StaffDirectory {
  /** Everybody with a role. */
  list(): Promise<StaffMember[]>;
  /** The account of this address. `undefined` when there is none. */
  find(email: string): Promise<{ readonly uid: string; readonly role?: StaffRole } | undefined>;
  create(email: string, name: string | undefined): Promise<{ readonly uid: string }>;
  /** `undefined` takes the role away and ends the sessions that still have it. */
  setRole(uid: string, role: StaffRole | undefined): Promise<void>;
  /** Ends every session there is. What a token already allows, it allows until it ends, within the hour. */
  endSessions(uid: string): Promise<void>;
  /** A link with which the owner of the address chooses a password. */
  passwordLink(email: string): Promise<string>;
}

/** Accounts of a page, the most that Identity Platform gives at once. */
const PAGE = 1000;
/** Pages that are looked through; customers who sign up have accounts too, and this is no place to list them all. */
const MOST_PAGES = 20;

const roleOf = (claims: Readonly<Record<string, unknown>> | undefined): StaffRole | undefined =>
  claims?.role === "agent" || claims?.role === "admin" ? claims.role : undefined;

/** Identity Platform, loaded at the first use: nobody waits for it at start. */
export function createStaffDirectory(app: App): StaffDirectory {
  const auth = async () => (await import("firebase-admin/auth")).getAuth(app);
  return {
    async list() {
      const members: StaffMember[] = [];
      let token: string | undefined;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const { users, pageToken } = await (await auth()).listUsers(PAGE, token);
        for (const { uid, email, displayName, customClaims } of users) {
          const role = roleOf(customClaims);
          if (role === undefined) continue;
          members.push({ uid, role, ...(email && { email }), ...(displayName && { name: displayName }) });
        }
        if (pageToken === undefined) break;
        token = pageToken;
      }
      return members;
    },
    async find(email) {
      const { users } = await (await auth()).getUsers([{ email }]);
      const [user] = users;
      if (!user) return undefined;
      const role = roleOf(user.customClaims);
      return { uid: user.uid, ...(role && { role }) };
    },
    async create(email, name) {
      const { uid } = await (await auth()).createUser({ email, ...(name !== undefined && { displayName: name }) });
      return { uid };
    },
    async setRole(uid, role) {
      const { customClaims = {} } = await (await auth()).getUser(uid);
      const { role: _before, ...others } = customClaims;
      await (await auth()).setCustomUserClaims(uid, role === undefined ? others : { ...others, role });
      if (role === undefined) await (await auth()).revokeRefreshTokens(uid);
    },
    endSessions: async (uid) => (await auth()).revokeRefreshTokens(uid),
    passwordLink: async (email) => (await auth()).generatePasswordResetLink(email),
  };
}
