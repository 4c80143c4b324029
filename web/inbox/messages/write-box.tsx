import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { SendHorizontal } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { Button } from "../../design/button.tsx";
import { useInbox, useMessages } from "../data/inbox.ts";
import type { Conversation } from "../data/model.ts";
import { displayName } from "../format/names.ts";
import { sendKey, shelf, undoSend, useChoice } from "../preferences/preferences.ts";
import { useSignedIn } from "../session/session.ts";
import { useProblemWords } from "../shell/problem-words.ts";
import { useShortcuts } from "../shell/shortcuts.ts";
import { toast } from "../shell/toasts.tsx";
import { Answering } from "./answering.tsx";
import { CannedMenu } from "./canned-menu.tsx";
import { drafts, onReturnedDraft } from "./drafts.ts";
import { FileButton, FileChip } from "./file-chip.tsx";
import { FollowUp } from "./follow-up.tsx";
import { GrowingBox } from "./growing-box.tsx";
import { useReplyTarget } from "./reply-target.ts";
import { SendMenu } from "./send-menu.tsx";
import { roomLeft } from "./text-size.ts";
import { useCanned } from "./use-canned.ts";
import { useUpload } from "./use-upload.ts";

/** How long a message can be taken back, where the agent wants that. */
const HOLD_MS = 5_000;
/** From here on the room that is left is told. */
const TELL_ROOM = 200;

export interface WriteBoxProps {
  readonly conversation: Conversation;
  /** A sentence under the box; empty for none. */
  readonly hint: string;
  /** Told at each key, for the colleagues. */
  readonly onTyped: () => void;
}

/** Grows to six lines; Enter sends, Shift+Enter breaks the line. What is typed is kept as a draft. */
export function WriteBox({ conversation, hint, onTyped }: WriteBoxProps) {
  const { t } = useLingui();
  const { outgoing, api } = useInbox();
  const { target, choose } = useReplyTarget();
  const [key] = useChoice(sendKey);
  const [undo] = useChoice(undoSend);
  const problem = useProblemWords();
  const upload = useUpload(conversation.id);
  const { person } = useSignedIn();
  const messages = useMessages(conversation.id).value?.items ?? [];
  const kept = useMemo(() => drafts(shelf, person.uid), [person.uid]);
  const [text, setText] = useState(() => kept.read(conversation.id));
  const box = useRef<HTMLTextAreaElement>(null);
  const hintId = useId();
  const name = displayName(conversation);
  const left = roomLeft(conversation.channel, text);

  useShortcuts({ r: () => box.current?.focus() });
  const write = (value: string) => {
    setText(value);
    kept.write(conversation.id, value);
    if (value !== "") onTyped();
  };
  const insert = (value: string) => {
    write(value);
    box.current?.focus();
  };
  const latestInsert = useRef(insert);
  useEffect(() => {
    latestInsert.current = insert;
  });
  useEffect(() => onReturnedDraft(conversation.id, (words) => latestInsert.current(words)), [conversation.id]);
  // Who chose a message to answer goes on in the box.
  useEffect(() => {
    if (target !== undefined) box.current?.focus();
  }, [target]);
  const canned = useCanned(text, conversation, insert);
  const words = text.trim();
  const file = upload.chosen;
  const ready = left >= 0 && (file === undefined ? words !== "" : file.upload !== undefined);
  const send = () => {
    if (!ready) return;
    insert("");
    choose(undefined);
    upload.drop();
    const options = {
      holdMs: undo === "on" ? HOLD_MS : 0,
      ...(target === undefined ? {} : { replyTo: target }),
    };
    if (file?.upload === undefined) return void outgoing.send(conversation.id, words, messages, options);
    const { uploadId, type } = file.upload;
    const withFile = { ...options, file: { uploadId, type, name: file.name } };
    // Only WhatsApp shows a caption, and not with a sound: elsewhere the words follow as a message of their own.
    const captioned = conversation.channel === "whatsapp" && type !== "audio";
    const gone = outgoing.send(conversation.id, captioned ? words : "", messages, withFile);
    if (!captioned && words !== "") void gone.then(() => outgoing.send(conversation.id, words, messages, options));
  };
  const takeFile = (event: { preventDefault(): void }, files: FileList | undefined) => {
    const [given] = files ?? [];
    if (given === undefined) return;
    event.preventDefault();
    upload.choose(given);
  };
  const sendLater = (dueAt: number) => {
    insert("");
    const message = { text: words, dueAt, clientMessageId: crypto.randomUUID() };
    api.schedule(conversation.id, message).catch((reason) => {
      if (kept.read(conversation.id) === "") write(words);
      toast({ tone: "bad", text: `${t`A mensagem não foi agendada.`} ${problem(reason)}` });
    });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || canned.onKeyDown(event)) return;
    if (event.key === "Escape" && target !== undefined) return choose(undefined);
    if (event.key === "Escape") return event.currentTarget.blur();
    const withModifier = event.ctrlKey || event.metaKey;
    if (event.key !== "Enter" || event.shiftKey || (key === "mod-enter" && !withModifier)) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      className="relative"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {conversation.followUp !== undefined && text === "" && <FollowUp text={conversation.followUp} onUse={insert} />}
      {target !== undefined && <Answering message={target} onDrop={() => choose(undefined)} />}
      {file !== undefined && <FileChip file={file} onDrop={upload.drop} />}
      {canned.menu !== undefined && <CannedMenu {...canned.menu} />}
      <div className="flex items-end gap-2">
        <FileButton onChoose={upload.choose} />
        <GrowingBox
          box={box}
          onPaste={(event) => takeFile(event, event.clipboardData.files)}
          onDrop={(event) => takeFile(event, event.dataTransfer.files)}
          value={text}
          onChange={(event) => write(event.target.value)}
          onKeyDown={onKeyDown}
          aria-label={t`Resposta para ${name}`}
          aria-describedby={hintId}
          {...canned.boxProps}
          placeholder={t`Responda, ou / para as prontas`}
        />
        <div className="flex shrink-0">
          <Button look="solid" type="submit" className="h-10 rounded-r-none" aria-disabled={!ready}>
            <SendHorizontal aria-hidden className="size-4" />
            <span className="max-pane:sr-only">
              <Trans>Enviar</Trans>
            </span>
          </Button>
          <SendMenu onLater={ready && file === undefined ? sendLater : undefined} />
        </div>
      </div>
      <p id={hintId} className="flex min-h-5 items-center justify-between gap-3 pt-1 text-small text-muted">
        <span>{hint}</span>
        {left < TELL_ROOM ? (
          <RoomLeft left={left} />
        ) : (
          <span className="shrink-0 max-pane:hidden">
            {key === "enter" ? t`Enter envia · Shift+Enter quebra a linha` : t`Ctrl+Enter envia · Enter quebra a linha`}
          </span>
        )}
      </p>
    </form>
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
