import type { FirebaseApp } from "firebase/app";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import type { InboxConfig } from "./config.ts";
import { activateWhole } from "./locales/activate.ts";
import { NoPermission } from "./session/no-permission.tsx";
import type { Authenticator, Session, SignedIn } from "./session/session.ts";
import { SignIn } from "./session/sign-in.tsx";

/** The inbox and its texts. */
async function loadApp() {
  const [app] = await Promise.all([import("./shell/app.tsx"), activateWhole(document.documentElement)]);
  return app;
}
const App = lazy(loadApp);

export interface GateProps {
  readonly app: FirebaseApp;
  readonly config: InboxConfig;
  readonly auth: Authenticator;
}

/** Who may come in: nobody, somebody without a role, or an agent. */
export function Gate({ app, config, auth }: GateProps) {
  const [session, setSession] = useState<Session>({ state: "unknown" });
  useEffect(() => auth.watch(setSession), [auth]);

  switch (session.state) {
    case "unknown":
      return null;
    case "out":
      // The inbox travels while the password is being checked; a failure shows when it is really needed.
      return (
        <SignIn
          auth={auth}
          local={config.authEmulatorHost !== undefined}
          onSubmit={() => void loadApp().catch(() => undefined)}
        />
      );
    case "powerless":
      return <NoPermission person={session.person} auth={auth} />;
    case "in":
      return <AtDesk key={session.person.uid} app={app} config={config} auth={auth} session={session} />;
  }
}

function AtDesk({ app, config, auth, session }: GateProps & { readonly session: Extract<Session, { state: "in" }> }) {
  const { uid, email, name } = session.person;
  const { role, since } = session;
  // A renewed token brings a new session object with the same person: nothing below should notice.
  const signedIn = useMemo<SignedIn>(
    () => ({ person: { uid, email, ...(name === undefined ? {} : { name }) }, role, since, auth }),
    [uid, email, name, role, since, auth],
  );
  return (
    <Suspense fallback={null}>
      <App app={app} config={config} signedIn={signedIn} />
    </Suspense>
  );
}
