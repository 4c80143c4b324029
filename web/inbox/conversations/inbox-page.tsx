import { Trans, useLingui } from "@lingui/react/macro";
import { clsx } from "clsx";
import { MessagesSquare } from "lucide-react";
import { EmptyState } from "../../design/empty-state.tsx";
import { ConversationPane } from "../messages/conversation-pane.tsx";
import { useSelection } from "../shell/navigation.tsx";
import { ConversationList } from "./conversation-list.tsx";

/** List and conversation side by side; on a phone one or the other. */
export function InboxPage() {
  const { t } = useLingui();
  const { conversationId } = useSelection();
  return (
    <div className="flex h-full">
      <section
        aria-label={t`Lista de conversas`}
        className={clsx(
          "h-full w-full shrink-0 border-line bg-surface pane:w-80 pane:border-r",
          conversationId !== undefined && "max-pane:hidden",
        )}
      >
        <ConversationList />
      </section>
      <div className={clsx("h-full min-w-0 flex-1", conversationId === undefined && "max-pane:hidden")}>
        {conversationId === undefined ? (
          <EmptyState icon={MessagesSquare} title={t`Escolha uma conversa`}>
            <Trans>
              <kbd>j</kbd> e <kbd>k</kbd> andam pela lista, <kbd>Enter</kbd> abre.
            </Trans>
          </EmptyState>
        ) : (
          <ConversationPane key={conversationId} conversationId={conversationId} />
        )}
      </div>
    </div>
  );
}
