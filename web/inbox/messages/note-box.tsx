import { Trans, useLingui } from "@lingui/react/macro";
import { clsx } from "clsx";
import { StickyNote } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Button } from "../../design/button.tsx";
import { useAgents, useInbox } from "../data/inbox.ts";
import type { Agent, Conversation } from "../data/model.ts";
import { shelf } from "../preferences/preferences.ts";
import { useSignedIn } from "../session/session.ts";
import { useProblemWords } from "../shell/problem-words.ts";
import { toast } from "../shell/toasts.tsx";
import { drafts } from "./drafts.ts";
import { GrowingBox } from "./growing-box.tsx";
import { completeMention, matchAgents, mentioned, mentionQuery } from "./mentions.ts";

export interface NoteBoxProps {
  readonly conversation: Conversation;
  readonly onTyped: () => void;
}

/** Words that the customer never sees. "@" offers the colleagues; what is typed is kept as a draft. */
export function NoteBox({ conversation, onTyped }: NoteBoxProps) {
  const { t } = useLingui();
  const { api } = useInbox();
  const { person } = useSignedIn();
  const agents = useAgents();
  const problem = useProblemWords();
  const kept = useMemo(() => drafts(shelf, person.uid), [person.uid]);
  const draft = `${conversation.id} note`;
  const [text, setText] = useState(() => kept.read(draft));
  const [active, setActive] = useState(0);
  const [caret, setCaret] = useState(text.length);
  const box = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const unsaved = useRef<{ readonly words: string; readonly id: string }>(undefined);
  useEffect(() => box.current?.focus(), []);

  const write = (value: string) => {
    setText(value);
    kept.write(draft, value);
    setActive(0);
    onTyped();
  };
  const word = mentionQuery(text.slice(0, caret));
  const colleagues = agents.filter(({ id }) => id !== person.uid);
  const offered = word === undefined ? [] : matchAgents(colleagues, word);
  const pick = (agent: Agent) => {
    const before = completeMention(text.slice(0, caret), agent);
    const after = text.slice(caret).replace(/^ /, "");
    // At once, so that the caret can be put behind the name.
    flushSync(() => write(before + after));
    box.current?.focus();
    box.current?.setSelectionRange(before.length, before.length);
    setCaret(before.length);
  };
  const save = () => {
    const words = text.trim();
    if (words === "") return;
    // The same words again after a failure go under the same id: what did arrive is kept once.
    const id = unsaved.current?.words === words ? unsaved.current.id : crypto.randomUUID();
    const note = { text: words, mentions: mentioned(words, agents), clientNoteId: id };
    write("");
    api.note(conversation.id, note).catch((reason) => {
      unsaved.current = { words, id };
      // Back into the box, unless something else has been begun there.
      if (kept.read(draft) === "") write(text);
      toast({ tone: "bad", text: `${t`A nota não foi guardada.`} ${problem(reason)}` });
    });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    const chosen = offered[active];
    if (chosen !== undefined && (event.key === "Enter" || event.key === "Tab")) pick(chosen);
    else if (chosen !== undefined && event.key === "ArrowDown") setActive((active + 1) % offered.length);
    else if (chosen !== undefined && event.key === "ArrowUp") setActive((active - 1 + offered.length) % offered.length);
    else if (event.key === "Enter" && !event.shiftKey) save();
    else if (event.key === "Escape") return event.currentTarget.blur();
    else return;
    event.preventDefault();
  };

  return (
    <form
      className="relative"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {offered.length > 0 && (
        <div
          id={listId}
          role="listbox"
          aria-label={t`Pessoas da equipe`}
          className="absolute inset-x-0 bottom-full z-10 mb-2 overflow-hidden rounded-bubble border border-line bg-raised shadow-float"
        >
          {offered.map((agent, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the box, which keeps the focus
            // biome-ignore lint/a11y/useFocusableInteractive: chosen through aria-activedescendant
            <div
              key={agent.id}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === active}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(agent)}
              className={clsx("truncate px-3 py-2", index === active ? "bg-chosen" : "hover:bg-hover")}
            >
              {agent.name}
            </div>
          ))}
        </div>
      )}
      <div className="flex items-end gap-2">
        <GrowingBox
          box={box}
          value={text}
          maxLength={4096}
          onChange={(event) => {
            write(event.target.value);
            setCaret(event.target.selectionStart);
          }}
          onKeyDown={onKeyDown}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          aria-label={t`Nota privada`}
          aria-controls={offered.length > 0 ? listId : undefined}
          aria-activedescendant={offered.length > 0 ? `${listId}-${active}` : undefined}
          placeholder={t`Só a equipe vê. @ chama alguém`}
        />
        <Button look="solid" type="submit" className="h-10" aria-disabled={text.trim() === ""}>
          <StickyNote aria-hidden className="size-4" />
          <span className="max-pane:sr-only">
            <Trans>Guardar</Trans>
          </span>
        </Button>
      </div>
      <p className="min-h-5 pt-1 text-small text-wait">{t`O cliente não vê notas.`}</p>
    </form>
  );
}
