import { useLingui } from "@lingui/react/macro";
import { Eye, PenLine } from "lucide-react";
import { useColleagues } from "./use-presence.ts";

/** Who else has the conversation open, so that nobody answers twice. Its place stays, so that nothing jumps. */
export function Colleagues({ conversationId }: { readonly conversationId: string }) {
  const { t } = useLingui();
  const [first, ...others] = useColleagues(conversationId);
  return (
    <div role="status" className="min-h-0">
      {first !== undefined && (
        <p
          className={`mb-2 flex items-center gap-2 rounded-base px-3 py-1 text-small ${
            first.state === "typing" ? "bg-wait-ground text-wait" : "bg-hover text-muted"
          }`}
        >
          {first.state === "typing" ? (
            <PenLine aria-hidden className="size-3.5 shrink-0" />
          ) : (
            <Eye aria-hidden className="size-3.5 shrink-0" />
          )}
          <span className="min-w-0 truncate">
            {first.state === "typing"
              ? t`${first.name} está respondendo agora`
              : t`${first.name} está com esta conversa aberta`}
            {others.length > 0 && ` (+${others.length})`}
          </span>
        </p>
      )}
    </div>
  );
}
