import { useLingui } from "@lingui/react/macro";
import { CHANNEL_NAMES, ChannelMark } from "../../design/channel-mark.tsx";
import { useSamePerson } from "../data/inbox.ts";
import type { Conversation } from "../data/model.ts";
import { rowTime } from "../format/time.ts";
import { useTimeStyle } from "../format/use-style.ts";
import { PlaceLink, useSelection } from "../shell/navigation.tsx";
import { useNow } from "../shell/use-now.ts";
import { Section } from "./section.tsx";

/** What the same person wrote elsewhere, known by the account or the phone that the conversations share. */
export function OtherChannels({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useLingui();
  const rows = useSamePerson(conversation) ?? [];
  const { filter } = useSelection();
  const style = useTimeStyle();
  const now = useNow();
  if (rows.length === 0) return null;
  return (
    <Section title={t`Em outros canais`}>
      <ul className="grid gap-1">
        {rows.map((row) => (
          <li key={row.id}>
            <PlaceLink
              to={{ page: "inbox", conversationId: row.id, filter }}
              className="flex items-center gap-2 rounded-base px-2 py-1.5 hover:bg-hover"
            >
              <ChannelMark channel={row.channel} decorative />
              <span className="sr-only">{CHANNEL_NAMES[row.channel]}: </span>
              <span className="min-w-0 flex-1 truncate text-ink">{row.lastMessage}</span>
              <span className="tabular shrink-0 text-small text-muted">{rowTime(row.lastMessageAt, now, style)}</span>
            </PlaceLink>
          </li>
        ))}
      </ul>
    </Section>
  );
}
