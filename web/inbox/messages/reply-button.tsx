import { useLingui } from "@lingui/react/macro";
import { Reply } from "lucide-react";
import { IconButton } from "../../design/button.tsx";
import type { Message } from "../data/model.ts";
import type { Entry } from "./entries.ts";
import { useReplyTarget } from "./reply-target.ts";

/** Answers one message and no other; there for the keyboard always, for the pointer when it is near. */
export function ReplyButton({ entry }: { readonly entry: Entry }) {
  const { t } = useLingui();
  const { choose } = useReplyTarget();
  const { author } = entry;
  if (entry.providerId === undefined || author === "note") return null;
  const message: Message = { ...entry, author };
  return (
    <IconButton
      label={t`Responder a esta mensagem`}
      onClick={() => choose(message)}
      className="size-7 opacity-0 group-hover:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-70"
    >
      <Reply aria-hidden className="size-4" />
    </IconButton>
  );
}
