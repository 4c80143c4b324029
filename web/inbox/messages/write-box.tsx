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
import { CannedMenu } from "./canned-menu.tsx";
import { drafts } from "./drafts.ts";
import { FollowUp } from "./follow-up.tsx";
import { roomLeft } from "./text-size.ts";
import { useCanned } from "./use-canned.ts";

/** Six lines of 22 px and the padding around them. */
const TALLEST_PX = 6 * 22 + 18;
/** From here on the room that is left is told. */
const TELL_ROOM = 200;

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
  const left = roomLeft(conversation.channel, text);

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
  const insert = (value: string) => {
    write(value);
    box.current?.focus();
  };
  const canned = useCanned(text, conversation, insert);
  const send = () => {
    const words = text.trim();
    if (words === "" || left < 0) return;
    insert("");
    void outgoing.send(conversation.id, words, messages);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || canned.onKeyDown(event)) return;
    if (event.key === "Escape") return event.currentTarget.blur();
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    send();
  };

  return (
    <div className="shrink-0 border-t border-line bg-surface px-4 pt-3 pb-2 max-pane:px-3">
      <form
        className="relative mx-auto max-w-180"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        {conversation.followUp !== undefined && text === "" && <FollowUp text={conversation.followUp} onUse={insert} />}
        {canned.menu !== undefined && <CannedMenu {...canned.menu} />}
        <div className="flex items-end gap-2">
          <textarea
            ref={box}
            rows={1}
            value={text}
            onChange={(event) => write(event.target.value)}
            onKeyDown={onKeyDown}
            aria-label={t`Resposta para ${name}`}
            aria-describedby={hintId}
            {...canned.boxProps}
            placeholder={t`Responda, ou / para as prontas`}
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
          {left < TELL_ROOM ? (
            <RoomLeft left={left} />
          ) : (
            <span className="shrink-0 max-pane:hidden">{t`Enter envia · Shift+Enter quebra a linha`}</span>
          )}
        </p>
      </form>
    </div>
  );
}

function RoomLeft({ left }: { readonly left: number }) {
  if (left >= 0)
    return (
      <span className="tabular">
        <Plural value={left} one="# caractere restante" other="# caracteres restantes" />
      </span>
    );
  const over = -left;
  return (
    <span className="tabular text-bad">
      <Plural value={over} one="# caractere a mais" other="# caracteres a mais" />
    </span>
  );
}
