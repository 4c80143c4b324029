import type { ApiEnvironment } from "../environment.ts";
import type { InboxConfig } from "../http/routes/system.ts";

/** What the browser is told. Google's libraries take the emulators' hosts from the same variables. */
export function inboxConfig(from: ApiEnvironment): InboxConfig {
  const { FIRESTORE_EMULATOR_HOST: firestore, FIREBASE_AUTH_EMULATOR_HOST: auth } = process.env;
  return {
    projectId: from.GOOGLE_CLOUD_PROJECT,
    apiKey: from.FIREBASE_API_KEY,
    authDomain: from.FIREBASE_AUTH_DOMAIN,
    environment: from.SERVIO_ENVIRONMENT,
    // In a local stack the simulator of Graph serves the page that plays the customer.
    ...(firestore && { firestoreEmulatorHost: firestore, phoneUrl: new URL("/", from.GRAPH_BASE_URL).href }),
    ...(auth && { authEmulatorHost: auth }),
    ...(from.RUNBOOKS_URL && { runbooksUrl: from.RUNBOOKS_URL }),
  };
}
