import { useLingui } from "@lingui/react/macro";
import { useAgents, useNotes } from "../data/inbox.ts";
import { rowTime } from "../format/time.ts";
import { useTimeStyle } from "../format/use-style.ts";
import { useNow } from "../shell/use-now.ts";
import { Section } from "./section.tsx";

/** So many are shown here; all of them stand in the conversation. */
const SHOWN = 5;

/** The newest notes about this person's conversation. */
export function NoteList({ conversationId }: { readonly conversationId: string }) {
  const { t } = useLingui();
  const notes = useNotes(conversationId) ?? [];
  const agents = useAgents();
  const style = useTimeStyle();
  const now = useNow();
  if (notes.length === 0) return null;
  return (
    <Section title={t`Notas`}>
      <ul className="grid gap-2">
        {notes.slice(0, SHOWN).map(({ id, author, text, at }) => (
          <li key={id} className="rounded-base bg-wait-ground px-2.5 py-1.5">
            <p className="line-clamp-4 break-words whitespace-pre-wrap text-ink" dir="auto">
              {text}
            </p>
            <p className="text-mini text-wait">
              {agents.find((agent) => agent.id === author)?.name ?? t`Equipe`} · {rowTime(at, now, style)}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
