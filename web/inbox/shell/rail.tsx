import { Plural, useLingui } from "@lingui/react/macro";
import { clsx } from "clsx";
import { Activity, ChartColumn, Inbox, ListTodo, type LucideIcon, Settings } from "lucide-react";
import type { ReactNode } from "react";
import { useOpenTasks } from "../data/inbox.ts";
import { useSignedIn } from "../session/session.ts";
import { AccountMenu } from "./account-menu.tsx";
import { PlaceLink, usePlace } from "./navigation.tsx";
import type { Place } from "./place.ts";

/** The way around: a column on the left, a bar at the bottom of a phone, and out of the way while one reads there. */
export function Rail({ waiting }: { readonly waiting: number }) {
  const { t } = useLingui();
  const place = usePlace();
  const { role } = useSignedIn();
  const tasks = useOpenTasks()?.length ?? 0;
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
      <RailLink
        to={{ page: "inbox", filter: { view: "open" } }}
        here={place.page === "inbox"}
        icon={Inbox}
        label={t`Conversas`}
      >
        <Badge count={waiting} urgent>
          <Plural value={waiting} one="# esperando uma pessoa" other="# esperando uma pessoa" />
        </Badge>
      </RailLink>
      <RailLink to={{ page: "tasks" }} here={place.page === "tasks"} icon={ListTodo} label={t`Tarefas`}>
        <Badge count={tasks}>
          {tasks > MOST_COUNTED ? (
            t`mais de ${MOST_COUNTED} abertas`
          ) : (
            <Plural value={tasks} one="# aberta" other="# abertas" />
          )}
        </Badge>
      </RailLink>
      <RailLink to={{ page: "status" }} here={place.page === "status"} icon={Activity} label={t`Status dos canais`} />
      <RailLink to={{ page: "metrics" }} here={place.page === "metrics"} icon={ChartColumn} label={t`Métricas`} />
      {role === "admin" && (
        <RailLink
          to={{ page: "settings", section: "team" }}
          here={place.page === "settings"}
          icon={Settings}
          label={t`Configurações`}
        />
      )}
      <div className="pane:mt-auto">
        <AccountMenu />
      </div>
    </nav>
  );
}

const MOST_COUNTED = 99;

interface BadgeProps {
  readonly count: number;
  /** Somebody is kept waiting by it. */
  readonly urgent?: boolean;
  /** The count in words. */
  readonly children: ReactNode;
}

/** How much there is to do behind a link; nothing where there is nothing. */
function Badge({ count, urgent = false, children }: BadgeProps) {
  if (count === 0) return null;
  return (
    <span
      className={clsx(
        "tabular absolute top-0.5 right-0 min-w-4 rounded-full px-1 text-center text-mini font-semibold text-surface",
        urgent ? "bg-wait" : "bg-muted",
      )}
    >
      <span aria-hidden>{count > MOST_COUNTED ? `${MOST_COUNTED}+` : count}</span>
      <span className="sr-only">{children}</span>
    </span>
  );
}

interface RailLinkProps {
  readonly to: Place;
  readonly here: boolean;
  readonly icon: LucideIcon;
  readonly label: string;
  readonly children?: ReactNode;
}

function RailLink({ to, here, icon: Icon, label, children }: RailLinkProps) {
  return (
    <PlaceLink
      to={to}
      title={label}
      aria-current={here ? "page" : undefined}
      className="relative inline-flex size-10 items-center justify-center rounded-base text-muted hover:bg-hover hover:text-ink aria-[current=page]:bg-chosen aria-[current=page]:text-accent max-pane:size-11"
    >
      <Icon aria-hidden className="size-5" />
      <span className="sr-only">{label}</span>
      {children}
    </PlaceLink>
  );
}
