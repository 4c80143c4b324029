import { InboxPage } from "../conversations/inbox-page.tsx";
import { OfflineBar } from "./offline-bar.tsx";
import { Rail } from "./rail.tsx";
import { Toasts } from "./toasts.tsx";

/** The frame around every page: the rail, what is wrong with the connection, what just happened. */
export function Shell() {
  return (
    <div className="flex h-full flex-col">
      <OfflineBar />
      <div className="flex min-h-0 flex-1 max-pane:flex-col-reverse">
        <Rail />
        <main className="min-h-0 min-w-0 flex-1">
          <h1 className="sr-only">Servio Omnichannel</h1>
          <InboxPage />
        </main>
      </div>
      <Toasts />
    </div>
  );
}
