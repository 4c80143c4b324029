import { Trans } from "@lingui/react/macro";
import { Check, Mail, MessageSquare } from "lucide-react";
import { useId } from "react";
import { Button } from "../../design/button.tsx";
import { clockTime, rowTime } from "../format/time.ts";
import { useTimeStyle } from "../format/use-style.ts";
import { PlaceLink } from "../shell/navigation.tsx";
import { useTaskWords } from "./task-words.ts";
import type { Task } from "./tasks-api.ts";

const LINK =
  "inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-base border border-edge bg-raised px-3 text-list text-ink hover:bg-hover max-pane:h-11";

export interface TaskCardProps {
  readonly task: Task;
  readonly now: number;
  readonly onDone: () => void;
}

/** What is to be said, to whom, why nobody has said it yet, and the ways to do so. */
export function TaskCard({ task, now, onDone }: TaskCardProps) {
  const id = useId();
  const style = useTimeStyle();
  const { title, why } = useTaskWords();
  const at = Date.parse(task.createdAt);
  const [day, clock] = [rowTime(at, now, style), clockTime(at, style)];
  return (
    <li data-task={task.id} className="rounded-bubble border border-line bg-surface p-4">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h3 id={id} className="min-w-0 flex-1 text-body font-semibold">
          {title(task.trigger)}
        </h3>
        <time dateTime={task.createdAt} className="tabular text-small text-muted">
          {day === clock ? clock : `${day} ${clock}`}
        </time>
      </div>
      {task.userId !== undefined && <bdi className="block break-all text-list text-muted">{task.userId}</bdi>}
      <blockquote className="mt-2 border-l-2 border-edge pl-3 text-body break-words whitespace-pre-line">
        <bdi>{task.text}</bdi>
      </blockquote>
      <p className="mt-2 text-list text-wait">{why(task.reason)}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        {task.conversationId !== undefined && (
          <PlaceLink
            to={{ page: "inbox", conversationId: task.conversationId, filter: { view: "open" } }}
            aria-describedby={id}
            className={LINK}
          >
            <MessageSquare aria-hidden className="size-4" />
            <Trans>Abrir a conversa</Trans>
          </PlaceLink>
        )}
        {task.userId?.includes("@") && (
          <a href={mailTo(task.userId, task.text)} aria-describedby={id} className={LINK}>
            <Mail aria-hidden className="size-4" />
            <Trans>Escrever um e-mail</Trans>
          </a>
        )}
        <Button data-done onClick={onDone} aria-describedby={id} className="max-pane:h-11">
          <Check aria-hidden className="size-4" />
          <Trans>Feito</Trans>
        </Button>
      </div>
    </li>
  );
}

function mailTo(address: string, body: string): string {
  return `mailto:${encodeURIComponent(address)}?body=${encodeURIComponent(body)}`;
}
