import { useLingui } from "@lingui/react/macro";
import { CalendarClock } from "lucide-react";
import { useInbox, useScheduled } from "../data/inbox.ts";
import { fullTime } from "../format/time.ts";
import { useTimeStyle } from "../format/use-style.ts";
import { useProblemWords } from "../shell/problem-words.ts";
import { toast } from "../shell/toasts.tsx";

/** What leaves later, with the way to call it off. */
export function ScheduledList({ conversationId }: { readonly conversationId: string }) {
  const { t } = useLingui();
  const { api } = useInbox();
  const scheduled = useScheduled(conversationId);
  const style = useTimeStyle();
  const problem = useProblemWords();
  if (scheduled === undefined || scheduled.length === 0) return null;
  const cancel = (id: string) => {
    api.cancelScheduled(id).catch((reason) => toast({ tone: "bad", text: problem(reason) }));
  };
  return (
    <ul aria-label={t`Mensagens agendadas`} className="mb-2 grid grid-cols-[minmax(0,1fr)] gap-1">
      {scheduled.map(({ id, text, dueAt }) => (
        <li
          key={id}
          className="flex items-center gap-2 rounded-base bg-info-ground py-1 pr-1 pl-3 text-small text-info max-pane:flex-wrap"
        >
          <CalendarClock aria-hidden className="size-3.5 shrink-0" />
          <span className="shrink-0 font-medium max-pane:flex-1">{fullTime(dueAt, style)}</span>
          <span className="min-w-0 flex-1 truncate text-ink max-pane:order-last max-pane:basis-full max-pane:pr-2 max-pane:pb-1">
            {text}
          </span>
          <button
            type="button"
            onClick={() => cancel(id)}
            className="h-7 rounded-base px-2 font-medium text-accent hover:bg-hover max-pane:h-10"
          >
            {t`Cancelar`}
          </button>
        </li>
      ))}
    </ul>
  );
}
