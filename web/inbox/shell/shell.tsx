import { lazy, Suspense } from "react";
import { InboxPage } from "../conversations/inbox-page.tsx";
import { Dialogs } from "./dialogs.tsx";
import { usePlace } from "./navigation.tsx";
import { OfflineBar } from "./offline-bar.tsx";
import { Rail } from "./rail.tsx";
import { Toasts } from "./toasts.tsx";
import { useAlerts } from "./use-alerts.ts";
import { useMentionAlerts } from "./use-mentions.ts";
import { useSignedOutElsewhere } from "./use-sign-out-everywhere.ts";

const PAGES = {
  inbox: InboxPage,
  tasks: lazy(() => import("../tasks/tasks-page.tsx")),
  status: lazy(() => import("../status/status-page.tsx")),
  metrics: lazy(() => import("../metrics/metrics-page.tsx")),
  settings: lazy(() => import("../settings/settings-page.tsx")),
};

/** The frame around every page: the rail, what is wrong with the connection, what just happened. */
export function Shell() {
  const { page } = usePlace();
  const waiting = useAlerts();
  useMentionAlerts();
  useSignedOutElsewhere();
  const Page = PAGES[page];
  return (
    <div className="flex h-full flex-col">
      <OfflineBar />
      <div className="flex min-h-0 flex-1 max-pane:flex-col-reverse">
        <Rail waiting={waiting} />
        <main className="min-h-0 min-w-0 flex-1">
          <h1 className="sr-only">Servio Omnichannel</h1>
          <Suspense fallback={null}>
            <Page />
          </Suspense>
        </main>
      </div>
      <Toasts />
      <Dialogs />
    </div>
  );
}
