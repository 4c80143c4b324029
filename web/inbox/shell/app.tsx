import type { FirebaseApp } from "firebase/app";
import { useEffect, useState } from "react";
import type { InboxConfig } from "../config.ts";
import { SavedViews } from "../conversations/saved-views.ts";
import { ApiError, inboxApi } from "../data/api.ts";
import { type Inbox, InboxContext } from "../data/inbox.ts";
import { StreamsContext } from "../data/live.ts";
import { later } from "../data/moments.ts";
import { Overlay } from "../data/overlay.ts";
import { Streams } from "../data/streams.ts";
import { OutgoingMessages } from "../messages/outgoing.ts";
import { shelf } from "../preferences/preferences.ts";
import { type SignedIn, SignedInContext } from "../session/session.ts";
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
  const [streams] = useState(() => new Streams(later));
  const [inbox, setInbox] = useState<Inbox>();
  const [failed, setFailed] = useState<unknown>();

  useEffect(() => {
    openInbox(app, config, signedIn).then(setInbox, setFailed);
    return () => streams.clear();
  }, [app, config, signedIn, streams]);

  useEffect(() => {
    if (inbox === undefined) return;
    const onOnline = () => {
      void inbox.outgoing.retryUnreached();
      void inbox.views.sync();
    };
    const onLeave = () => inbox.outgoing.releaseAll();
    window.addEventListener("online", onOnline);
    window.addEventListener("pagehide", onLeave);
    void inbox.views.sync();
    // Without it colleagues only miss one name to choose.
    inbox.api.arrive().catch((reason) => console.warn("Colleagues were not told who is here.", reason));
    return () => {
      window.removeEventListener("online", onOnline);
      window.removeEventListener("pagehide", onLeave);
    };
  }, [inbox]);

  if (failed !== undefined) return <Problem kind="load" />;
  if (inbox === undefined) return null;
  return (
    <ConfigContext value={config}>
      <SignedInContext value={signedIn}>
        <InboxContext value={inbox}>
          <StreamsContext value={streams}>
            <Shell />
          </StreamsContext>
        </InboxContext>
      </SignedInContext>
    </ConfigContext>
  );
}

const leaving = () => document.visibilityState === "hidden";

async function openInbox(app: FirebaseApp, config: InboxConfig, { auth, person }: SignedIn): Promise<Inbox> {
  const { firestoreStore } = await import("../data/firestore-store.ts");
  const api = inboxApi({ fetch: (input, init) => fetch(input, init), token: auth.token, leaving });
  const outgoing = new OutgoingMessages({
    api,
    now: Date.now,
    newId: () => crypto.randomUUID(),
    later,
    toApiError: (reason) => (reason instanceof ApiError ? reason : new ApiError("page", 0, String(reason))),
  });
  const overlay = new Overlay(later);
  const store = firestoreStore(app, config.firestoreEmulatorHost, person.uid);
  return { store, api, outgoing, overlay, views: new SavedViews(shelf, person.uid, store.views) };
}
