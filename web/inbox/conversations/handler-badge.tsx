import { useLingui } from "@lingui/react/macro";
import { Bot, Clock, UserRound } from "lucide-react";
import { useAgents } from "../data/inbox.ts";
import type { Conversation } from "../data/model.ts";
import { colleagueInitials } from "../format/names.ts";
import { duration, type TimeStyle } from "../format/time.ts";
import { useSignedIn } from "../session/session.ts";
import { handlerOf, waitingSince } from "./handler.ts";

export interface HandlerBadgeProps {
  readonly row: Conversation;
  readonly now: number;
  readonly timeStyle: TimeStyle;
}

/** Who has the conversation, by glyph and word; the colour only repeats it. */
export function HandlerBadge({ row, now, timeStyle }: HandlerBadgeProps) {
  const { t } = useLingui();
  const { person } = useSignedIn();
  const handler = handlerOf(row);
  const shape = "tabular inline-flex h-4.5 shrink-0 items-center gap-1 rounded-base px-1 text-mini font-medium";
  switch (handler.kind) {
    case "bot":
      return (
        <span className={`${shape} bg-hover text-muted`}>
          <Bot aria-hidden className="size-3" />
          {t`Bot`}
        </span>
      );
    case "waiting": {
      const waited = duration(now - waitingSince(row), timeStyle);
      return (
        <span className={`${shape} bg-wait-ground text-wait`}>
          <Clock aria-hidden className="size-3" />
          {t`Espera ${waited}`}
        </span>
      );
    }
    case "person":
      return (
        <span className={`${shape} bg-info-ground text-info`}>
          <UserRound aria-hidden className="size-3" />
          {handler.who === person.uid ? t`Você` : <Colleague uid={handler.who} />}
        </span>
      );
  }
}

/** Initials, as there is little room; the whole name for who hovers or listens. */
function Colleague({ uid }: { readonly uid: string | undefined }) {
  const { t } = useLingui();
  const name = useAgents().find(({ id }) => id === uid)?.name;
  if (name === undefined) return <>{t`Equipe`}</>;
  return (
    <>
      <span aria-hidden title={name}>
        {colleagueInitials(name)}
      </span>
      <span className="sr-only">{name}</span>
    </>
  );
}
