import { useLingui } from "@lingui/react/macro";
import { CircleAlert } from "lucide-react";
import { useInbox } from "../data/inbox.ts";
import type { Entry } from "./entries.ts";
import { useFailureWords } from "./failure-words.ts";

/** Why a message did not leave, and the one thing to do about it. */
export function Failure({ entry }: { readonly entry: Entry }) {
  const { t } = useLingui();
  const { outgoing } = useInbox();
  const words = useFailureWords();
  const pending = entry.outgoing;
  const press = "h-6 rounded-base px-1.5 font-medium text-accent hover:bg-hover max-pane:h-11";
  return (
    <div
      role={pending === undefined ? undefined : "alert"}
      className="mt-1 flex max-w-[85%] flex-wrap items-center justify-end gap-x-2 text-small text-bad"
    >
      <span className="flex min-w-0 items-start gap-1">
        <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
        <span className="min-w-0 break-words">{words(entry)}</span>
      </span>
      {pending !== undefined && (
        <span className="flex">
          <button type="button" className={press} onClick={() => void outgoing.retry(pending.clientMessageId)}>
            {pending.error?.code === "answered_meanwhile" ? t`Enviar mesmo assim` : t`Enviar de novo`}
          </button>
          <button type="button" className={press} onClick={() => outgoing.discard(pending.clientMessageId)}>
            {t`Descartar`}
          </button>
        </span>
      )}
    </div>
  );
}
