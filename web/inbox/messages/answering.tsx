import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { IconButton } from "../../design/button.tsx";
import type { Message } from "../data/model.ts";
import { useMessageWords } from "./message-words.ts";

/** Which message the answer will quote. */
export function Answering({ message, onDrop }: { readonly message: Message; readonly onDrop: () => void }) {
  const { t } = useLingui();
  const words = useMessageWords();
  return (
    <div className="mb-2 flex items-center gap-2 border-l-2 border-accent pl-3 text-list">
      <p className="min-w-0 flex-1">
        <span className="block text-small font-medium text-accent">{t`Em resposta a`}</span>
        <span dir="auto" className="block truncate text-muted">
          {words(message)}
        </span>
      </p>
      <IconButton label={t`Não citar`} onClick={onDrop}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </div>
  );
}
