import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { SendHorizontal } from "lucide-react";
import { type KeyboardEvent, useId, useLayoutEffect, useMemo, useRef, useState } from "react";
import { Button } from "../../design/button.tsx";
import { INPUT } from "../../design/field.tsx";
import { useInbox, useMessages } from "../data/inbox.ts";
import type { Conversation } from "../data/model.ts";
import { displayName } from "../format/names.ts";
import { shelf } from "../preferences/preferences.ts";
import { useSignedIn } from "../session/session.ts";
import { useShortcuts } from "../shell/shortcuts.ts";
import { drafts } from "./drafts.ts";

/** The longest text that every channel takes in one message is Instagram's 1,000 bytes; longer ones are split or refused there. */
const LIMITS = { whatsapp: 4096, instagram: 1000, facebook: 2000, webchat: 4096 } as const;
/** Six lines of 22 px and the padding around them. */
const TALLEST_PX = 6 * 22 + 18;

export interface WriteBoxProps {
  readonly conversation: Conversation;
  /** A sentence under the box; empty for none. */
  readonly hint: string;
}

/** Grows to six lines; Enter sends, Shift+Enter breaks the line. What is typed is kept as a draft. */
export function WriteBox({ conversation, hint }: WriteBoxProps) {
  const { t } = useLingui();
  const { outgoing } = useInbox();
  const { person } = useSignedIn();
  const messages = useMessages(conversation.id).value?.items ?? [];
  const kept = useMemo(() => drafts(shelf, person.uid), [person.uid]);
  const [text, setText] = useState(() => kept.read(conversation.id));
  const box = useRef<HTMLTextAreaElement>(null);
  const hintId = useId();
  const name = displayName(conversation);
  const left = LIMITS[conversation.channel] - text.length;

  useShortcuts({ r: () => box.current?.focus() });
  // The height follows the text, in the same frame.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the text that changes the height
  useLayoutEffect(() => {
    if (box.current === null) return;
    box.current.style.height = "auto";
    box.current.style.height = `${Math.min(box.current.scrollHeight + 2, TALLEST_PX)}px`;
  }, [text]);

  const write = (value: string) => {
    setText(value);
    kept.write(conversation.id, value);
  };
  const send = () => {
    const words = text.trim();
    if (words === "" || left < 0) return;
    write("");
    void outgoing.send(conversation.id, words, messages);
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Escape") return event.currentTarget.blur();
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <div className="shrink-0 border-t border-line bg-surface px-4 pt-3 pb-2 max-pane:px-3">
      <form
        className="mx-auto max-w-180"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <div className="flex items-end gap-2">
          <textarea
            ref={box}
            rows={1}
            value={text}
            onChange={(event) => write(event.target.value)}
            onKeyDown={onKeyDown}
            aria-label={t`Resposta para ${name}`}
            aria-describedby={hintId}
            placeholder={t`Escreva uma resposta`}
            className={`${INPUT} block min-h-10 resize-none px-3 py-2 text-body`}
          />
          <Button look="solid" type="submit" className="h-10" aria-disabled={text.trim() === "" || left < 0}>
            <SendHorizontal aria-hidden className="size-4" />
            <span className="max-pane:sr-only">
              <Trans>Enviar</Trans>
            </span>
          </Button>
        </div>
        <p id={hintId} className="flex min-h-5 items-center justify-between gap-3 pt-1 text-small text-muted">
          <span>{hint}</span>
          {left < 200 ? (
            <span className={left < 0 ? "tabular text-bad" : "tabular"}>
              {left < 0 ? (
                <Plural value={-left} one="# caractere a mais" other="# caracteres a mais" />
              ) : (
                <Plural value={left} one="# caractere restante" other="# caracteres restantes" />
              )}
            </span>
          ) : (
            <span className="shrink-0 max-pane:hidden">{t`Enter envia · Shift+Enter quebra a linha`}</span>
          )}
        </p>
      </form>
    </div>
  );
}
