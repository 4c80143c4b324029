import { Trans, useLingui } from "@lingui/react/macro";
import { clsx } from "clsx";
import { MessagesSquare } from "lucide-react";
import type { CSSProperties } from "react";
import { EmptyState } from "../../design/empty-state.tsx";
import { Resizer } from "../../design/resizer.tsx";
import { ConversationPane } from "../messages/conversation-pane.tsx";
import { LIST_LIMITS, listWidth, useChoice } from "../preferences/preferences.ts";
import { useSelection } from "../shell/navigation.tsx";
import { ConversationList } from "./conversation-list.tsx";

/** List and conversation side by side; on a phone one or the other. */
export function InboxPage() {
  const { t } = useLingui();
  const { conversationId } = useSelection();
  const [width, setWidth] = useChoice(listWidth);
  return (
    <div className="flex h-full" style={{ "--list-width": `${width}px` } as CSSProperties}>
      <section
        aria-label={t`Lista de conversas`}
        className={clsx(
          "h-full w-full shrink-0 border-line bg-surface pane:w-(--list-width) pane:border-r",
          conversationId !== undefined && "max-pane:hidden",
        )}
      >
        <ConversationList />
      </section>
      <Resizer
        label={t`Largura da lista`}
        side="left"
        value={width}
        {...LIST_LIMITS}
        onChange={setWidth}
        className="max-pane:hidden"
      />
      <div className={clsx("h-full min-w-0 flex-1", conversationId === undefined && "max-pane:hidden")}>
        {conversationId === undefined ? (
          <EmptyState icon={MessagesSquare} title={t`Escolha uma conversa`}>
            <Trans>
              <kbd>j</kbd> e <kbd>k</kbd> andam pela lista, <kbd>Enter</kbd> abre.
            </Trans>
          </EmptyState>
        ) : (
          <ConversationPane conversationId={conversationId} />
        )}
      </div>
    </div>
  );
}
