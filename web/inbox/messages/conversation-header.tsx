import { Trans, useLingui } from "@lingui/react/macro";
import { ArrowLeft, Bot, CircleCheck, Hand, PanelRight, RotateCcw } from "lucide-react";
import { Avatar } from "../../design/avatar.tsx";
import { Button, IconButton } from "../../design/button.tsx";
import { CHANNEL_NAMES } from "../../design/channel-mark.tsx";
import { neighbourOf } from "../conversations/order.ts";
import { usePersonas } from "../conversations/personas.ts";
import type { Conversation } from "../data/model.ts";
import { displayName, initials } from "../format/names.ts";
import { useSignedIn } from "../session/session.ts";
import { go, useSelection } from "../shell/navigation.tsx";
import { useShortcuts } from "../shell/shortcuts.ts";
import { HandlingMenu } from "./handling-menu.tsx";
import { useActions } from "./use-actions.ts";

export interface ConversationHeaderProps {
  readonly conversation: Conversation;
  readonly panelOpen: boolean;
  readonly onPanel: () => void;
}

/** Who it is, who has it, and the two things to decide: who answers, and whether it is over. */
export function ConversationHeader({ conversation, panelOpen, onPanel }: ConversationHeaderProps) {
  const { t } = useLingui();
  const { close, filter } = useSelection();
  const { person } = useSignedIn();
  const actions = useActions(conversation);
  const personas = usePersonas();
  const name = displayName(conversation);
  const withBot = conversation.mode === "bot";
  const open = conversation.status === "active";
  const switchMode = () => actions.setMode(withBot ? "human" : "bot");
  const switchStatus = () => actions.setStatus(open ? "closed" : "active");
  const closeAndNext = () => {
    const next = neighbourOf(conversation.id);
    actions.setStatus("closed");
    go({ page: "inbox", filter, ...(next === undefined ? {} : { conversationId: next }) });
  };
  useShortcuts({
    m: switchMode,
    a: () => actions.assign(conversation.assignedTo === person.uid ? undefined : person.uid),
    e: open ? closeAndNext : undefined,
    Escape: close,
  });

  return (
    <header className="flex h-14 shrink-0 items-center gap-3 border-b border-line bg-surface px-4 max-pane:gap-2 max-pane:px-1">
      <IconButton label={t`Voltar à lista`} onClick={close} className="pane:hidden">
        <ArrowLeft aria-hidden className="size-5" />
      </IconButton>
      <span className="max-pane:hidden">
        <Avatar letters={initials(name)} channel={conversation.channel} />
      </span>
      <div className="min-w-0 flex-1">
        <h2 id="conversation-title" className="truncate text-body font-semibold">
          <bdi>{name}</bdi>
        </h2>
        <p className="truncate text-small text-muted">
          {CHANNEL_NAMES[conversation.channel]} · {personas[conversation.userType]}
          {!open && <> · {t`Fechada`}</>}
        </p>
      </div>
      <Button
        onClick={switchMode}
        title={withBot ? t`Assumir (m)` : t`Devolver ao assistente (m)`}
        className="max-pane:size-11 max-pane:px-0"
      >
        {withBot ? <Hand aria-hidden className="size-4" /> : <Bot aria-hidden className="size-4" />}
        <span className="max-pane:sr-only">{withBot ? <Trans>Assumir</Trans> : <Trans>Devolver ao bot</Trans>}</span>
      </Button>
      <HandlingMenu conversation={conversation} actions={actions} />
      <IconButton label={open ? t`Fechar a conversa` : t`Reabrir a conversa`} onClick={switchStatus}>
        {open ? <CircleCheck aria-hidden className="size-4.5" /> : <RotateCcw aria-hidden className="size-4.5" />}
      </IconButton>
      <IconButton
        label={t`Dados da pessoa`}
        aria-pressed={panelOpen}
        onClick={onPanel}
        className="aria-pressed:text-accent"
      >
        <PanelRight aria-hidden className="size-4.5" />
      </IconButton>
    </header>
  );
}
