import { useLingui } from "@lingui/react/macro";
import { clsx } from "clsx";
import { Bot, Workflow } from "lucide-react";
import { memo } from "react";
import type { Conversation } from "../data/model.ts";
import { displayName } from "../format/names.ts";
import { clockTime, fullTime, type TimeStyle } from "../format/time.ts";
import { Delivery } from "./delivery.tsx";
import type { Entry } from "./entries.ts";
import { Failure } from "./failure.tsx";
import { useMessageWords } from "./message-words.ts";

export interface BubbleRowProps {
  readonly conversation: Conversation;
  readonly entry: Entry;
  readonly first: boolean;
  readonly last: boolean;
  readonly timeStyle: TimeStyle;
}

/** One message: the customer's on the left, ours on the right, the bot's and the automation's under their own name. */
export const BubbleRow = memo(function BubbleRow({ conversation, entry, first, last, timeStyle }: BubbleRowProps) {
  const { t } = useLingui();
  const words = useMessageWords();
  const ours = entry.author !== "customer";
  const bare = entry.text === "" || entry.deletedAt !== undefined;
  return (
    <article className={clsx("group flex flex-col", ours ? "items-end" : "items-start", first ? "pt-2" : "pt-0.5")}>
      <Author
        conversation={conversation}
        entry={entry}
        visible={first && entry.author !== "customer" && entry.author !== "person"}
      />
      <div className={clsx("flex max-w-[85%] items-end gap-2", ours && "flex-row-reverse")}>
        <div
          className={clsx(
            "min-w-0 rounded-bubble px-3 py-1.5 text-body",
            ours ? "bg-chosen text-ink" : "border border-line bg-surface text-ink",
            last && (ours ? "rounded-br-none" : "rounded-bl-none"),
          )}
        >
          <p dir="auto" className={clsx("break-words whitespace-pre-wrap", bare && "text-muted italic")}>
            {words(entry)}
          </p>
          {entry.editedAt !== undefined && entry.deletedAt === undefined && (
            <span className="text-mini text-muted">{t`editada`}</span>
          )}
        </div>
        <time
          dateTime={new Date(entry.at).toISOString()}
          title={fullTime(entry.at, timeStyle)}
          className="tabular shrink-0 pb-1 text-mini text-muted opacity-0 group-hover:opacity-100 group-focus-within:opacity-100"
        >
          {clockTime(entry.at, timeStyle)}
        </time>
      </div>
      {ours && entry.status === "failed" && <Failure entry={entry} />}
      {ours && entry.status !== "failed" && last && <Delivery entry={entry} timeStyle={timeStyle} />}
    </article>
  );
});

/** Always said, shown only where it is not plain from the side: who wrote it. */
function Author({
  conversation,
  entry,
  visible,
}: {
  readonly conversation: Conversation;
  readonly entry: Entry;
  readonly visible: boolean;
}) {
  const { t } = useLingui();
  const names = {
    customer: displayName(conversation),
    bot: t`Assistente`,
    automation: t`Automação`,
    person: t`Equipe`,
  };
  if (!visible) return <span className="sr-only">{names[entry.author]}:</span>;
  const Icon = entry.author === "automation" ? Workflow : Bot;
  return (
    <span className="mb-1 flex items-center gap-1 text-mini font-medium text-muted">
      <Icon aria-hidden className="size-3" />
      {names[entry.author]}
    </span>
  );
}
