import { Trans, useLingui } from "@lingui/react/macro";
import { clsx } from "clsx";
import { Lock, MessageSquareReply, StickyNote } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { Button } from "../../design/button.tsx";
import { CHANNEL_NAMES } from "../../design/channel-mark.tsx";
import type { Conversation } from "../data/model.ts";
import { clockTime, daysBetween, fullTime } from "../format/time.ts";
import { useTimeStyle } from "../format/use-style.ts";
import { useShortcuts } from "../shell/shortcuts.ts";
import { useNow } from "../shell/use-now.ts";
import { Colleagues } from "./colleagues.tsx";
import { composerState } from "./composer-state.ts";
import { NoteBox } from "./note-box.tsx";
import { ScheduledList } from "./scheduled-list.tsx";
import { useActions } from "./use-actions.ts";
import { useTellPresence } from "./use-presence.ts";
import { WriteBox } from "./write-box.tsx";

const TemplatePicker = lazy(() => import("./template-picker.tsx"));

/** The place to answer, or the sentence that says why there is none and what is possible instead; and the place for notes. */
export function Composer({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useLingui();
  const [mode, setMode] = useState<"reply" | "note">("reply");
  const typed = useTellPresence(conversation.id);
  useShortcuts({ n: () => setMode("note"), r: mode === "note" ? () => setMode("reply") : undefined });
  const tab = (which: typeof mode, words: string, Icon: typeof Lock) => (
    <button
      type="button"
      aria-pressed={mode === which}
      onClick={() => setMode(which)}
      className={clsx(
        "inline-flex h-7 items-center gap-1.5 rounded-base px-2 text-small font-medium max-pane:h-10",
        mode === which ? "bg-hover text-ink" : "text-muted hover:text-ink",
      )}
    >
      <Icon aria-hidden className="size-3.5" />
      {words}
    </button>
  );
  return (
    <div
      className={clsx(
        "shrink-0 border-t border-line px-4 pt-2 pb-2 max-pane:px-3",
        mode === "note" ? "bg-wait-ground" : "bg-surface",
      )}
    >
      <div className="mx-auto max-w-180">
        <Colleagues conversationId={conversation.id} />
        <ScheduledList conversationId={conversation.id} />
        <fieldset aria-label={t`O que escrever`} className="mb-1.5 flex gap-1">
          {tab("reply", t`Resposta`, MessageSquareReply)}
          {tab("note", t`Nota privada`, StickyNote)}
        </fieldset>
        {mode === "note" ? (
          <NoteBox conversation={conversation} onTyped={typed} />
        ) : (
          <Answer conversation={conversation} onTyped={typed} />
        )}
      </div>
    </div>
  );
}

interface AnswerProps {
  readonly conversation: Conversation;
  readonly onTyped: () => void;
}

function Answer({ conversation, onTyped }: AnswerProps) {
  const { t } = useLingui();
  const now = useNow();
  const { setStatus } = useActions(conversation);
  const [picking, setPicking] = useState(false);
  const state = composerState(conversation, now);
  const channel = CHANNEL_NAMES[conversation.channel];

  if (state.kind === "conversation_closed")
    return (
      <Shut>
        <span className="min-w-0 flex-1">
          <Trans>Esta conversa está fechada. Ela reabre sozinha quando o cliente escrever.</Trans>
        </span>
        <Button onClick={() => setStatus("active")}>
          <Trans>Reabrir</Trans>
        </Button>
      </Shut>
    );
  if (state.kind === "window_closed") {
    const byTemplate = conversation.channel === "whatsapp";
    return (
      <>
        <Shut>
          <span className="min-w-0 flex-1">
            <WindowClosed channel={channel} since={state.since} now={now} />
          </span>
          {byTemplate && (
            <Button onClick={() => setPicking(!picking)} aria-expanded={picking}>
              <Trans>Enviar um modelo</Trans>
            </Button>
          )}
        </Shut>
        {picking && byTemplate && (
          <Suspense fallback={null}>
            <TemplatePicker conversation={conversation} onDone={() => setPicking(false)} />
          </Suspense>
        )}
      </>
    );
  }
  const hints = {
    none: "",
    asked_for: t`O assistente pediu uma pessoa. Ao enviar, você assume.`,
    takes_over: t`O assistente está com esta conversa. Ao enviar, você assume.`,
    person_only: t`Passaram 24 h: o assistente não pode mais escrever, você ainda pode.`,
  };
  return <WriteBox conversation={conversation} hint={hints[state.hint]} onTyped={onTyped} />;
}

function WindowClosed({
  channel,
  since,
  now,
}: {
  readonly channel: string;
  readonly since: number | undefined;
  readonly now: number;
}) {
  const style = useTimeStyle();
  if (since === undefined)
    return (
      <Trans>
        O {channel} só deixa responder a quem escreveu antes. Quando o cliente escrever, você pode responder aqui.
      </Trans>
    );
  if (daysBetween(since, now, style) === 0) {
    const time = clockTime(since, style);
    return (
      <Trans>
        A janela de resposta do {channel} fechou às {time}. Ela reabre por 24 h quando o cliente escrever.
      </Trans>
    );
  }
  const date = fullTime(since, style);
  return (
    <Trans>
      A janela de resposta do {channel} fechou em {date}. Ela reabre por 24 h quando o cliente escrever.
    </Trans>
  );
}

function Shut({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex items-center gap-3 py-1.5 text-list text-muted">
      <Lock aria-hidden className="size-4 shrink-0" />
      {children}
    </div>
  );
}
