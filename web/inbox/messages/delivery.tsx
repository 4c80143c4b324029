import { useLingui } from "@lingui/react/macro";
import { Check, CheckCheck, Clock } from "lucide-react";
import { useInbox } from "../data/inbox.ts";
import { clockTime, type TimeStyle } from "../format/time.ts";
import { returnDraft } from "./drafts.ts";
import type { Entry } from "./entries.ts";

/** How far one of our messages got, by mark and word. */
export function Delivery({ entry, timeStyle }: { readonly entry: Entry; readonly timeStyle: TimeStyle }) {
  const { t } = useLingui();
  const { outgoing } = useInbox();
  const held = entry.outgoing?.state === "held" ? entry.outgoing : undefined;
  if (held !== undefined) {
    const takeBack = () => {
      const text = outgoing.takeBack(held.clientMessageId);
      if (text !== undefined) returnDraft(held.conversationId, text);
    };
    return (
      <button
        type="button"
        onClick={takeBack}
        className="mt-0.5 h-7 rounded-base px-2 text-small font-medium text-accent hover:bg-hover max-pane:h-10"
      >
        {t`Desfazer envio`}
      </button>
    );
  }
  const shown = markOf(entry.status);
  if (shown === undefined) return null;
  const words = { sending: t`Enviando`, sent: t`Enviada`, delivered: t`Entregue`, read: t`Lida` };
  const { Icon, word, colour } = shown;
  return (
    <span className={`tabular mt-0.5 flex items-center gap-1 text-mini ${colour}`}>
      {clockTime(entry.at, timeStyle)} · {words[word]}
      <Icon aria-hidden className="size-3.5" />
    </span>
  );
}

function markOf(status: Entry["status"]) {
  switch (status) {
    case "pending":
    case "sending":
      return { Icon: Clock, word: "sending", colour: "text-muted" } as const;
    case "sent":
      return { Icon: Check, word: "sent", colour: "text-muted" } as const;
    case "delivered":
      return { Icon: CheckCheck, word: "delivered", colour: "text-muted" } as const;
    case "read":
      return { Icon: CheckCheck, word: "read", colour: "text-accent" } as const;
    default:
      return undefined;
  }
}
