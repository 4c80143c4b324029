import { useLingui } from "@lingui/react/macro";
import type { Message } from "../data/model.ts";
import { useMessageWords } from "./message-words.ts";

/** The message that another one answers; absent when it is older than what has been loaded. */
export function Quote({ quoted }: { readonly quoted: Pick<Message, "text" | "kind" | "deletedAt"> | undefined }) {
  const { t } = useLingui();
  const words = useMessageWords();
  return (
    <blockquote className="mt-0.5 mb-1 border-l-2 border-edge pl-2 text-list text-muted">
      <span className="sr-only">{t`Em resposta a:`} </span>
      <span dir="auto" className="line-clamp-2 break-words">
        {quoted === undefined ? t`Uma mensagem anterior` : words(quoted)}
      </span>
    </blockquote>
  );
}
