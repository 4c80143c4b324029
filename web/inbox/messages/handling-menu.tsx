import { useLingui } from "@lingui/react/macro";
import { AlarmClock, AlarmClockOff, EllipsisVertical } from "lucide-react";
import { IconButton } from "../../design/button.tsx";
import { Menu, MenuChoice, MenuItem, MenuLine, MenuTitle } from "../../design/menu.tsx";
import { isSnoozed } from "../conversations/sift.ts";
import { useAgents } from "../data/inbox.ts";
import type { Conversation } from "../data/model.ts";
import { fullTime } from "../format/time.ts";
import { useTimeStyle } from "../format/use-style.ts";
import { useSignedIn } from "../session/session.ts";
import { useNow } from "../shell/use-now.ts";
import { laterTimes } from "./later-times.ts";
import type { ConversationActions } from "./use-actions.ts";
import { useLaterNames } from "./use-later-names.ts";

const NOBODY = "nobody";

export interface HandlingMenuProps {
  readonly conversation: Conversation;
  readonly actions: ConversationActions;
}

/** Whose it is, and when it comes back. */
export function HandlingMenu({ conversation, actions }: HandlingMenuProps) {
  const { t } = useLingui();
  const { person } = useSignedIn();
  const agents = useAgents();
  const now = useNow();
  const style = useTimeStyle();
  const names = useLaterNames();
  // Who has left is shown where they still have it, so that the menu does not call it nobody's.
  const others = agents.filter(({ id, hasLeft }) => id !== person.uid && (!hasLeft || id === conversation.assignedTo));
  const snoozed = isSnoozed(conversation, now) ? conversation.snooze : undefined;
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={t`Atribuir ou adiar`}>
          <EllipsisVertical aria-hidden className="size-4.5" />
        </IconButton>
      }
    >
      <MenuChoice
        label={t`Responsável`}
        value={conversation.assignedTo ?? NOBODY}
        onChange={(value) => actions.assign(value === NOBODY ? undefined : value)}
        options={[
          { value: NOBODY, label: t`Ninguém` },
          { value: person.uid, label: t`Você` },
          ...others.map(({ id, name }) => ({ value: id, label: <span className="max-w-56 truncate">{name}</span> })),
        ]}
      />
      <MenuLine />
      {snoozed === undefined ? (
        <>
          <MenuTitle>{t`Adiar; volta antes se o cliente escrever`}</MenuTitle>
          {laterTimes(now).map(({ name, at }) => (
            <MenuItem key={name} onSelect={() => actions.snooze(at)}>
              <AlarmClock aria-hidden className="size-4 text-muted" />
              {names[name]}
            </MenuItem>
          ))}
        </>
      ) : (
        <>
          <MenuTitle>{t`Adiada até ${fullTime(snoozed.until, style)}`}</MenuTitle>
          <MenuItem onSelect={() => actions.snooze(undefined)}>
            <AlarmClockOff aria-hidden className="size-4 text-muted" />
            {t`Retomar agora`}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
