import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { FirebaseApp } from "firebase/app";
import { useEffect, useState } from "react";
import type { InboxConfig } from "../config.ts";
import { ApiError, inboxApi } from "../data/api.ts";
import { type Inbox, InboxContext } from "../data/inbox.ts";
import { Overlay } from "../data/overlay.ts";
import { OutgoingMessages } from "../messages/outgoing.ts";
import { type Authenticator, type SignedIn, SignedInContext } from "../session/session.ts";
import { ConfigContext } from "./config-context.ts";
import { Problem } from "./problem.tsx";
import { Shell } from "./shell.tsx";

export interface AppProps {
  readonly app: FirebaseApp;
  readonly config: InboxConfig;
  readonly signedIn: SignedIn;
}

/** Everything after sign-in. Mounted anew for each person, so that nothing of one is left for the next. */
export default function App({ app, config, signedIn }: AppProps) {
  const [client] = useState(() => new QueryClient());
  const [inbox, setInbox] = useState<Inbox>();
  const [failed, setFailed] = useState<unknown>();

  useEffect(() => {
    openInbox(app, config, signedIn.auth).then(setInbox, setFailed);
    return () => client.clear();
  }, [app, config, signedIn.auth, client]);

  if (failed !== undefined) return <Problem kind="load" />;
  if (inbox === undefined) return null;
  return (
    <ConfigContext value={config}>
      <SignedInContext value={signedIn}>
        <InboxContext value={inbox}>
          <QueryClientProvider client={client}>
            <Shell />
          </QueryClientProvider>
        </InboxContext>
      </SignedInContext>
    </ConfigContext>
  );
}

async function openInbox(app: FirebaseApp, config: InboxConfig, auth: Authenticator): Promise<Inbox> {
  const { firestoreStore } = await import("../data/firestore-store.ts");
  const api = inboxApi({ fetch: (input, init) => fetch(input, init), token: auth.token });
  const outgoing = new OutgoingMessages({
    api,
    now: Date.now,
    newId: () => crypto.randomUUID(),
    toApiError: (reason) => (reason instanceof ApiError ? reason : new ApiError("page", 0, String(reason))),
  });
  const overlay = new Overlay((run, ms) => void setTimeout(run, ms));
  return { store: firestoreStore(app, config.firestoreEmulatorHost), api, outgoing, overlay };
}
