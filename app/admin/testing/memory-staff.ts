import type { StaffDirectory, StaffMember, StaffRole } from "../staff.ts";

/** Accounts in memory. */
export interface MemoryStaff extends StaffDirectory {
  readonly accounts: Map<string, { uid: string; name?: string; role?: StaffRole }>;
  /** Whose sessions were ended. */
  readonly signedOut: string[];
}

/** Starts with the administrator of the tests. */
export function memoryStaff(): MemoryStaff {
  const accounts: MemoryStaff["accounts"] = new Map([["admin@example.com", { uid: "admin-1", role: "admin" }]]);
  const signedOut: string[] = [];
  return {
    accounts,
    signedOut,
    endSessions: async (uid) => void signedOut.push(uid),
    list: async () =>
      [...accounts].flatMap(([email, { uid, role, name }]): StaffMember[] =>
        role === undefined ? [] : [{ uid, email, role, ...(name !== undefined && { name }) }],
      ),
    find: async (email) => accounts.get(email),
    create: async (email, name) => {
      const account = { uid: `uid-${accounts.size + 1}`, ...(name !== undefined && { name }) };
      accounts.set(email, account);
      return account;
    },
    setRole: async (uid, role) => {
      for (const account of accounts.values()) {
        if (account.uid !== uid) continue;
        if (role === undefined) delete account.role;
        else account.role = role;
      }
    },
    passwordLink: async (email) => `https://sign-in.example.com/?for=${encodeURIComponent(email)}`,
  };
}
