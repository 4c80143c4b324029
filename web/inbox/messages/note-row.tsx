import { useLingui } from "@lingui/react/macro";
import { StickyNote } from "lucide-react";
import { useAgents } from "../data/inbox.ts";
import { clockTime, fullTime, type TimeStyle } from "../format/time.ts";
import { useSignedIn } from "../session/session.ts";
import type { Entry } from "./entries.ts";
import { LinkedText } from "./linked-text.tsx";

/** A colleague's words in the log, plainly not for the customer. */
export function NoteRow({ entry, timeStyle }: { readonly entry: Entry; readonly timeStyle: TimeStyle }) {
  const { t } = useLingui();
  const agents = useAgents();
  const { person } = useSignedIn();
  const author =
    entry.sender === person.uid ? t`Você` : (agents.find(({ id }) => id === entry.sender)?.name ?? t`Equipe`);
  return (
    <article className="mx-auto my-2 max-w-[92%] rounded-bubble border border-dashed border-edge bg-wait-ground px-3 py-2">
      <p className="flex items-center gap-1.5 text-mini font-medium text-wait">
        <StickyNote aria-hidden className="size-3 shrink-0" />
        <span className="min-w-0 truncate">{t`Nota privada de ${author}`}</span>
        <time
          className="tabular ml-auto"
          dateTime={new Date(entry.at).toISOString()}
          title={fullTime(entry.at, timeStyle)}
        >
          {clockTime(entry.at, timeStyle)}
        </time>
      </p>
      <p dir="auto" className="text-body break-words whitespace-pre-wrap text-ink">
        <LinkedText text={entry.text} />
      </p>
    </article>
  );
}
