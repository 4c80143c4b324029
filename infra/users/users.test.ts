import type { UserRecord } from "firebase-admin/auth";
import { expect, test } from "vitest";
import { type Accounts, giveRole, listStaff } from "./users.ts";

type User = Pick<UserRecord, "uid" | "email" | "customClaims">;

/** Firebase Auth, as far as roles are concerned. */
function accountsOf(...known: User[]) {
  const users = new Map(known.map((user) => [user.uid, user]));
  const revoked: string[] = [];
  const accounts = {
    async getUserByEmail(email: string) {
      const user = [...users.values()].find((one) => one.email === email);
      if (user) return user;
      throw Object.assign(new Error("There is no user record"), { code: "auth/user-not-found" });
    },
    async createUser({ email }: { email: string }) {
      const user = { uid: `uid-${users.size + 1}`, email };
      users.set(user.uid, user);
      return user;
    },
    async setCustomUserClaims(uid: string, customClaims: Record<string, unknown>) {
      users.set(uid, { ...(users.get(uid) as User), customClaims });
    },
    async revokeRefreshTokens(uid: string) {
      revoked.push(uid);
    },
    async listUsers(_most: number, page?: string) {
      const all = [...users.values()];
      return page === undefined ? { users: all.slice(0, 1), pageToken: "rest" } : { users: all.slice(1) };
    },
  };
  return { accounts: accounts as unknown as Accounts, users, revoked };
}

test("a new account gets its role, and a password that is told once", async () => {
  const { accounts, users, revoked } = accountsOf();
  const { uid, password } = await giveRole(accounts, "agente@example.com", "agent");
  expect(users.get(uid)?.customClaims).toEqual({ role: "agent" });
  expect(password).toMatch(/^[\w-]{16}$/);
  expect(revoked).toEqual([]);
});

test("an account that is there keeps its password and its other claims, and signs in anew", async () => {
  const { accounts, users, revoked } = accountsOf({
    uid: "one",
    email: "admin@example.com",
    customClaims: { team: "a", role: "agent" },
  });
  expect(await giveRole(accounts, "admin@example.com", "admin")).toEqual({ uid: "one" });
  expect(users.get("one")?.customClaims).toEqual({ team: "a", role: "admin" });
  await giveRole(accounts, "admin@example.com", "none");
  expect(users.get("one")?.customClaims).toEqual({ team: "a" });
  expect(revoked).toEqual(["one", "one"]);
});

test("another failure than an unknown address is not taken for one", async () => {
  const { accounts } = accountsOf();
  const failing: Accounts = { ...accounts, getUserByEmail: () => Promise.reject(new Error("no network")) };
  await expect(giveRole(failing, "agente@example.com", "agent")).rejects.toThrow("no network");
});

test("who has a role is listed over all pages, without the customers", async () => {
  const { accounts } = accountsOf(
    { uid: "one", email: "b@example.com", customClaims: { role: "agent" } },
    { uid: "two", email: "customer@example.com" },
    { uid: "three", email: "a@example.com", customClaims: { role: "admin" } },
  );
  expect(await listStaff(accounts)).toEqual([
    { email: "a@example.com", role: "admin" },
    { email: "b@example.com", role: "agent" },
  ]);
});
