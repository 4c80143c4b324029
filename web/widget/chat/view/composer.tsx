import { type FormEvent, type KeyboardEvent, type RefObject, useRef, useState } from "react";
import type { UploadState } from "../chat.ts";
import { useWords } from "./context.ts";
import { Icon } from "./icons.tsx";

/** As the server takes it. */
const LONGEST_TEXT = 4096;

interface ComposerProps {
  readonly box: RefObject<HTMLTextAreaElement | null>;
  readonly onSend: (text: string) => void;
  readonly onFile: (file: File) => void;
  /** Files go to the server at once: until there is a conversation they cannot. */
  readonly takesFiles: boolean;
  readonly upload: UploadState | undefined;
  readonly onDismiss: () => void;
}

/** Where the visitor writes. Enter sends, Shift and Enter make a line; on a phone's keyboard Enter is a line as well. */
export function Composer({ box, onSend, onFile, takesFiles, upload, onDismiss }: ComposerProps) {
  const { words } = useWords();
  const [text, setText] = useState("");
  const send = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    if (text.trim() === "") return;
    onSend(text);
    setText("");
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // A method of input is still choosing a character.
    if (event.nativeEvent.isComposing || event.key !== "Enter" || event.shiftKey || isTouch()) return;
    send(event);
  };
  const picker = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null) => {
    const [file] = files ?? [];
    if (file && takesFiles) onFile(file);
  };
  return (
    <form className="composer" onSubmit={send}>
      {upload && <UploadLine upload={upload} onDismiss={onDismiss} />}
      <input
        ref={picker}
        type="file"
        hidden
        accept="image/jpeg,image/png,image/gif,image/webp,application/pdf"
        onChange={(event) => {
          take(event.target.files);
          event.target.value = "";
        }}
      />
      <button
        type="button"
        className="attach"
        aria-label={words.attach}
        disabled={!takesFiles}
        onClick={() => picker.current?.click()}
      >
        <Icon name="attach" />
      </button>
      <textarea
        ref={box}
        rows={1}
        value={text}
        maxLength={LONGEST_TEXT}
        aria-label={words.write}
        placeholder={words.write}
        enterKeyHint="enter"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={(event) => take(event.clipboardData.files)}
      />
      <button type="submit" className="send" aria-label={words.send} disabled={text.trim() === ""}>
        <Icon name="send" />
      </button>
    </form>
  );
}

function UploadLine({ upload, onDismiss }: { upload: UploadState; onDismiss: () => void }) {
  const { words } = useWords();
  if (!upload.problem) {
    return (
      <p className="upload" role="status">
        {words.uploading} {upload.name}
      </p>
    );
  }
  return (
    <p className="upload problem" role="alert">
      <span>
        {upload.name} {words.uploadProblems[upload.problem]}
      </span>
      <button type="button" className="link" onClick={onDismiss}>
        {words.dismiss}
      </button>
    </p>
  );
}

function isTouch(): boolean {
  return matchMedia("(pointer: coarse)").matches;
}
