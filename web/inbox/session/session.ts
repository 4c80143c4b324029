import { createContext, useContext } from "react";

/** Whose tokens the API and the rules accept: the custom claim `role`. */
export const STAFF_ROLES = ["agent", "admin"] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

export interface Person {
  readonly uid: string;
  readonly email: string;
  readonly name?: string;
}

export type Session =
  | { readonly state: "unknown" }
  | { readonly state: "out" }
  | { readonly state: "powerless"; readonly person: Person }
  | { readonly state: "in"; readonly person: Person; readonly role: StaffRole; readonly since: number };

/** The role in a token's claims, when it is one of ours. */
export function staffRole(claims: Readonly<Record<string, unknown>>): StaffRole | undefined {
  return STAFF_ROLES.find((role) => role === claims.role);
}

/** Sign-in as the page needs it; `firebase-auth.ts` is the one that talks to Firebase. */
export interface Authenticator {
  /** Calls back at once with what is known, and at every change. Returns how to stop. */
  watch(listener: (session: Session) => void): () => void;
  /** @throws an error whose `code` is Firebase's (`auth/invalid-credential` …). */
  signIn(email: string, password: string): Promise<void>;
  signOut(): Promise<void>;
  /** A Firebase ID token, renewed when it is about to end. @throws when nobody is signed in. */
  token(): Promise<string>;
  /** Asks for the claims again, after an administrator has changed them. */
  refresh(): Promise<void>;
}

export interface SignedIn {
  readonly person: Person;
  readonly role: StaffRole;
  /** When the password was given, in Unix milliseconds: a reload keeps it. */
  readonly since: number;
  readonly auth: Authenticator;
}

export const SignedInContext = createContext<SignedIn | undefined>(undefined);

/** The person at the desk. @throws outside the signed-in part of the page. */
export function useSignedIn(): SignedIn {
  const value = useContext(SignedInContext);
  if (value === undefined) throw new Error("useSignedIn() is for what is shown after sign-in.");
  return value;
}
