import { useLingui } from "@lingui/react/macro";
import { clsx } from "clsx";
import { Bot, Workflow } from "lucide-react";
import { memo } from "react";
import { clockTime, fullTime, type TimeStyle } from "../format/time.ts";
import { Attachments } from "./attachments.tsx";
import { Delivery } from "./delivery.tsx";
import type { Entry } from "./entries.ts";
import { Failure } from "./failure.tsx";
import { LinkedText } from "./linked-text.tsx";
import { useMessageWords } from "./message-words.ts";
import { NoteRow } from "./note-row.tsx";
import { Quote } from "./quote.tsx";
import { ReplyButton } from "./reply-button.tsx";

export interface BubbleRowProps {
  /** The customer's. */
  readonly name: string;
  readonly entry: Entry;
  /** The message it answers, where that is known. */
  readonly quoted: Entry | undefined;
  readonly first: boolean;
  readonly last: boolean;
  readonly timeStyle: TimeStyle;
}

/** One message: the customer's on the left, ours on the right, the bot's and the automation's under their own name. */
export const BubbleRow = memo(function BubbleRow({ name, entry, quoted, first, last, timeStyle }: BubbleRowProps) {
  const ours = entry.author !== "customer";
  if (entry.author === "note") return <NoteRow entry={entry} timeStyle={timeStyle} />;
  return (
    <article className={clsx("group flex flex-col", ours ? "items-end" : "items-start", first ? "pt-2" : "pt-0.5")}>
      <Author name={name} entry={entry} visible={first && (entry.author === "bot" || entry.author === "automation")} />
      <div className="relative max-w-[85%]">
        <div
          className={clsx(
            "rounded-bubble px-3 py-1.5 text-body text-ink",
            ours ? "bg-chosen" : "border border-line bg-surface",
            last && (ours ? "rounded-br-none" : "rounded-bl-none"),
          )}
        >
          <Content entry={entry} quoted={quoted} />
        </div>
        <div
          className={clsx(
            "absolute bottom-0 flex items-center gap-1",
            ours ? "right-full mr-1 flex-row-reverse" : "left-full ml-1",
          )}
        >
          {entry.outgoing === undefined && entry.deletedAt === undefined && <ReplyButton entry={entry} />}
          <time
            dateTime={new Date(entry.at).toISOString()}
            title={fullTime(entry.at, timeStyle)}
            className="tabular text-mini whitespace-nowrap text-muted opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 max-pane:sr-only"
          >
            {clockTime(entry.at, timeStyle)}
          </time>
        </div>
      </div>
      <Reactions reactions={entry.reactions} />
      {ours && entry.status === "failed" && <Failure entry={entry} />}
      {ours && entry.status !== "failed" && last && <Delivery entry={entry} timeStyle={timeStyle} />}
    </article>
  );
});

function Content({ entry, quoted }: { readonly entry: Entry; readonly quoted: Entry | undefined }) {
  const { t } = useLingui();
  const words = useMessageWords();
  if (entry.deletedAt !== undefined) return <p className="text-muted italic">{words(entry)}</p>;
  const withFiles = entry.attachments.length > 0;
  return (
    <>
      {entry.replyTo !== undefined && <Quote quoted={quoted} />}
      {withFiles && <Attachments messageId={entry.id} attachments={entry.attachments} />}
      {entry.text !== "" && (
        <p dir="auto" className="break-words whitespace-pre-wrap">
          <LinkedText text={entry.text} />
        </p>
      )}
      {entry.text === "" && !withFiles && <p className="text-muted italic">{words(entry)}</p>}
      {entry.editedAt !== undefined && <span className="text-mini text-muted">{t`editada`}</span>}
    </>
  );
}

/** Always said, shown only where it is not plain from the side: who wrote it. */
function Author({ name, entry, visible }: { readonly name: string; readonly entry: Entry; readonly visible: boolean }) {
  const { t } = useLingui();
  const names = { customer: name, bot: t`Assistente`, automation: t`Automação`, person: t`Equipe`, note: t`Nota` };
  if (!visible) return <span className="sr-only">{names[entry.author]}:</span>;
  const Icon = entry.author === "automation" ? Workflow : Bot;
  return (
    <span className="mb-1 flex items-center gap-1 text-mini font-medium text-muted">
      <Icon aria-hidden className="size-3" />
      {names[entry.author]}
    </span>
  );
}

function Reactions({ reactions }: { readonly reactions: readonly string[] }) {
  const { t } = useLingui();
  if (reactions.length === 0) return null;
  return (
    <span className="-mt-1 mx-2 rounded-full border border-line bg-raised px-1.5 text-list">
      <span className="sr-only">{t`Reações:`} </span>
      {reactions.join(" ")}
    </span>
  );
}
