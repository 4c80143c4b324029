import type { FirebaseApp } from "firebase/app";
import {
  browserLocalPersistence,
  connectAuthEmulator,
  indexedDBLocalPersistence,
  initializeAuth,
  onIdTokenChanged,
  signInWithEmailAndPassword,
  signOut,
  type User,
} from "firebase/auth";
import { type Authenticator, type Person, type Session, staffRole } from "./session.ts";

/**
 * Firebase Auth with e-mail and password only: `initializeAuth` without the pop-up resolver leaves out the part of the
 * SDK that would load scripts from elsewhere.
 *
 * @param emulatorHost `127.0.0.1:4405` in a local stack
 */
export function firebaseAuth(app: FirebaseApp, emulatorHost: string | undefined): Authenticator {
  const auth = initializeAuth(app, { persistence: [indexedDBLocalPersistence, browserLocalPersistence] });
  if (emulatorHost !== undefined) connectAuthEmulator(auth, `http://${emulatorHost}`, { disableWarnings: true });
  const current = () => {
    if (auth.currentUser === null) throw new Error("Nobody is signed in.");
    return auth.currentUser;
  };
  return {
    watch: (listener) =>
      onIdTokenChanged(auth, (user) => {
        if (user === null) return listener({ state: "out" });
        // Claims travel in the token; when they cannot be read, the person can do nothing and may sign out.
        user.getIdTokenResult().then(
          ({ claims }) => listener(sessionOf(user, claims)),
          () => listener(sessionOf(user, {})),
        );
      }),
    async signIn(email, password) {
      await signInWithEmailAndPassword(auth, email, password);
    },
    signOut: () => signOut(auth),
    token: () => current().getIdToken(),
    async refresh() {
      await current().getIdToken(true);
    },
  };
}

function sessionOf(user: User, claims: Readonly<Record<string, unknown>>): Session {
  const person: Person = {
    uid: user.uid,
    email: user.email ?? user.uid,
    ...(user.displayName === null ? {} : { name: user.displayName }),
  };
  const role = staffRole(claims);
  if (role === undefined) return { state: "powerless", person };
  return { state: "in", person, role, since: Number(claims.auth_time ?? 0) * 1000 };
}
