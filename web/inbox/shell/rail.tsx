import { useLingui } from "@lingui/react/macro";
import { clsx } from "clsx";
import { Inbox } from "lucide-react";
import { AccountMenu } from "./account-menu.tsx";
import { PlaceLink, usePlace } from "./navigation.tsx";

/** The way around: a column on the left, a bar at the bottom of a phone, and out of the way while one reads there. */
export function Rail() {
  const { t } = useLingui();
  const place = usePlace();
  const reading = place.page === "inbox" && place.conversationId !== undefined;
  return (
    <nav
      aria-label={t`Principal`}
      className={clsx(
        "flex shrink-0 items-center gap-1 border-line bg-canvas",
        "pane:w-14 pane:flex-col pane:border-r pane:py-3 max-pane:justify-around max-pane:border-t max-pane:px-2 max-pane:py-1",
        reading && "max-pane:hidden",
      )}
    >
      <img src="/icon.svg" alt="Servio" className="mb-3 size-8 max-pane:hidden" />
      <PlaceLink
        to={{ page: "inbox", filter: { view: "open" } }}
        aria-current={place.page === "inbox" ? "page" : undefined}
        aria-label={t`Conversas`}
        title={t`Conversas`}
        className="inline-flex size-10 items-center justify-center rounded-base text-muted hover:bg-hover hover:text-ink aria-[current=page]:bg-chosen aria-[current=page]:text-accent"
      >
        <Inbox aria-hidden className="size-5" />
      </PlaceLink>
      <div className="pane:mt-auto">
        <AccountMenu />
      </div>
    </nav>
  );
}
