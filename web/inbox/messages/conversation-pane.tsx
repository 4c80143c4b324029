import { Trans, useLingui } from "@lingui/react/macro";
import { SearchX } from "lucide-react";
import { type CSSProperties, useEffect, useMemo, useState } from "react";
import { Button } from "../../design/button.tsx";
import { EmptyState } from "../../design/empty-state.tsx";
import { Notice } from "../../design/notice.tsx";
import { Resizer } from "../../design/resizer.tsx";
import { useConversation } from "../data/inbox.ts";
import type { Message } from "../data/model.ts";
import { PersonPanel } from "../person/person-panel.tsx";
import { PERSON_LIMITS, personPanel, personWidth, useChoice } from "../preferences/preferences.ts";
import { useSelection } from "../shell/navigation.tsx";
import { useMedia } from "../shell/use-media.ts";
import { Composer } from "./composer.tsx";
import { ConversationHeader } from "./conversation-header.tsx";
import { MessageLog } from "./message-log.tsx";
import { ReplyTargetContext } from "./reply-target.ts";
import { useReadMark } from "./use-read-mark.ts";

/** From here on the person has a column of their own; below, a drawer. Same figure as `--breakpoint-wide`. */
const WIDE = "(min-width: 68.75rem)";

/** One conversation: who it is, what was said, and the place to answer. */
export function ConversationPane({ conversationId }: { readonly conversationId: string }) {
  const { t } = useLingui();
  const { close } = useSelection();
  const { value: conversation, error, retry } = useConversation(conversationId);
  const wide = useMedia(WIDE);
  const [column, setColumn] = useChoice(personPanel);
  const [width, setWidth] = useChoice(personWidth);
  const [drawer, setDrawer] = useState(false);
  const [target, choose] = useState<Message>();
  const reply = useMemo(() => ({ target, choose }), [target]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation has nothing to answer yet
  useEffect(() => choose(undefined), [conversationId]);
  useReadMark(conversation ?? undefined);

  if (error !== undefined)
    return (
      <Notice tone="bad" urgent className="m-4">
        <Trans>Esta conversa não pôde ser aberta. Ela está guardada.</Trans>
        <Button className="mt-2" onClick={retry}>
          <Trans>Tentar de novo</Trans>
        </Button>
      </Notice>
    );
  if (conversation === null)
    return (
      <EmptyState
        icon={SearchX}
        title={t`Esta conversa não existe`}
        action={<Button onClick={close}>{t`Voltar à lista`}</Button>}
      >
        <Trans>O endereço pode estar incompleto.</Trans>
      </EmptyState>
    );
  if (conversation === undefined) return null;

  const panelOpen = wide ? column === "open" : drawer;
  const togglePanel = () => (wide ? setColumn(panelOpen ? "closed" : "open") : setDrawer(!panelOpen));
  return (
    <div className="flex h-full" style={{ "--person-width": `${width}px` } as CSSProperties}>
      <section aria-labelledby="conversation-title" className="flex h-full min-w-0 flex-1 flex-col bg-canvas">
        <ConversationHeader conversation={conversation} panelOpen={panelOpen} onPanel={togglePanel} />
        <ReplyTargetContext value={reply}>
          <MessageLog key={conversationId} conversation={conversation} />
          <Composer key={conversationId} conversation={conversation} />
        </ReplyTargetContext>
      </section>
      {panelOpen && !wide && <div aria-hidden className="fixed inset-0 z-10 bg-veil" onClick={togglePanel} />}
      {panelOpen && wide && (
        <Resizer
          label={t`Largura dos dados da pessoa`}
          side="right"
          value={width}
          {...PERSON_LIMITS}
          onChange={setWidth}
        />
      )}
      {panelOpen && <PersonPanel conversation={conversation} drawer={!wide} onClose={togglePanel} />}
    </div>
  );
}
