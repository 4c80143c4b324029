import { type FormEvent, type KeyboardEvent, type RefObject, useState } from "react";
import { useWords } from "./context.ts";
import { Icon } from "./icons.tsx";

/** As the server takes it. */
const LONGEST_TEXT = 4096;

interface ComposerProps {
  readonly box: RefObject<HTMLTextAreaElement | null>;
  readonly onSend: (text: string) => void;
}

/** Where the visitor writes. Enter sends, Shift and Enter make a line; on a phone's keyboard Enter is a line as well. */
export function Composer({ box, onSend }: ComposerProps) {
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
  return (
    <form className="composer" onSubmit={send}>
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
      />
      <button type="submit" className="send" aria-label={words.send} disabled={text.trim() === ""}>
        <Icon name="send" />
      </button>
    </form>
  );
}

function isTouch(): boolean {
  return matchMedia("(pointer: coarse)").matches;
}
