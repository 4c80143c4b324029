import { Plural, useLingui } from "@lingui/react/macro";
import { clsx } from "clsx";
import { Hourglass } from "lucide-react";
import { memo } from "react";
import { Avatar } from "../../design/avatar.tsx";
import type { Conversation, ConversationFilter } from "../data/model.ts";
import { displayName, initials } from "../format/names.ts";
import { duration, rowTime, type TimeStyle } from "../format/time.ts";
import { PlaceLink } from "../shell/navigation.tsx";
import { customerSpokeLast } from "./handler.ts";
import { HandlerBadge } from "./handler-badge.tsx";
import { replyWindow } from "./window.ts";

export interface RowProps {
  readonly row: Conversation;
  readonly chosen: boolean;
  readonly filter: ConversationFilter;
  readonly now: number;
  readonly timeStyle: TimeStyle;
}

/** Two lines: who and when; who has it, what was said last, and how much of it is unread. */
export const Row = memo(function Row({ row, chosen, filter, now, timeStyle }: RowProps) {
  const { t } = useLingui();
  const name = displayName(row);
  const fresh = row.unread > 0;
  const said = row.lastMessage === "" ? t`Sem texto` : row.lastMessage;
  return (
    <PlaceLink
      to={{ page: "inbox", conversationId: row.id, filter }}
      data-row={row.id}
      aria-current={chosen ? "true" : undefined}
      className={clsx(
        "focus-inset flex h-16 items-center gap-3 border-b border-line px-3",
        chosen ? "bg-chosen" : "hover:bg-hover",
      )}
    >
      <Avatar letters={initials(name)} channel={row.channel} />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <bdi className={clsx("min-w-0 flex-1 truncate text-left text-ink", fresh ? "font-semibold" : "font-medium")}>
            {name}
          </bdi>
          <WindowLeft row={row} now={now} timeStyle={timeStyle} />
          <time
            className={clsx("tabular shrink-0 text-small", fresh ? "text-accent" : "text-muted")}
            dateTime={new Date(row.lastMessageAt).toISOString()}
          >
            {rowTime(row.lastMessageAt, now, timeStyle)}
          </time>
        </span>
        <span className="flex items-center gap-1.5">
          <HandlerBadge row={row} now={now} timeStyle={timeStyle} />
          <span className={clsx("min-w-0 flex-1 truncate", fresh ? "text-ink" : "text-muted")}>
            {!customerSpokeLast(row) && <span aria-hidden>↩ </span>}
            <bdi>{said}</bdi>
          </span>
          {fresh && <Unread count={row.unread} />}
        </span>
      </span>
    </PlaceLink>
  );
});

function Unread({ count }: { readonly count: number }) {
  return (
    <span className="tabular inline-flex h-4.5 min-w-4.5 shrink-0 items-center justify-center rounded-full bg-accent-ground px-1 text-mini font-semibold text-on-accent">
      <span aria-hidden>{count > 99 ? "99+" : count}</span>
      <span className="sr-only">
        <Plural value={count} one="# não lida" other="# não lidas" />
      </span>
    </span>
  );
}

/** How long the reply window stays open, once that is worth knowing. */
function WindowLeft({ row, now, timeStyle }: Pick<RowProps, "row" | "now" | "timeStyle">) {
  const { t } = useLingui();
  const open = replyWindow(row, now);
  if (row.status === "closed" || open.state !== "open" || open.notice === "none") return null;
  const left = duration(open.leftMs, timeStyle);
  return (
    <span
      title={t`A janela de resposta fecha em ${left}`}
      className={clsx(
        "tabular flex shrink-0 items-center gap-0.5 text-small",
        open.notice === "urgent" ? "text-wait" : "text-muted",
      )}
    >
      <Hourglass aria-hidden className="size-3" />
      <span aria-hidden>{left}</span>
      <span className="sr-only">{t`A janela de resposta fecha em ${left}`}</span>
    </span>
  );
}
