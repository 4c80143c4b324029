import { linkify } from "../../../inbox/messages/linkify.ts";
import { clockTime } from "../days.ts";
import type { ChatMessage } from "../messages.ts";
import type { Words } from "../words/index.ts";
import { useWords } from "./context.ts";

interface BubbleProps {
  readonly message: ChatMessage;
  /** The first of several by the same author: it says who. */
  readonly first: boolean;
  /** The last of several: it says when, and what became of it. */
  readonly last: boolean;
  /** The visitor's own last: it says what became of it. */
  readonly newest: boolean;
  readonly seen: boolean;
  readonly onRetry: () => void;
  readonly onDiscard: () => void;
}

/** One message. Text is text: nothing in it is ever markup. */
export function Bubble({ message, first, last, newest, seen, onRetry, onDiscard }: BubbleProps) {
  const { words, language } = useWords();
  const own = message.author === "visitor";
  const author = own ? words.you : words[message.author];
  const failed = message.delivery === "failed";
  const state = deliveryWords(message, words, seen);
  return (
    <li className={`message ${message.author}`} data-first={first || undefined}>
      <span className={own || !first ? "unseen" : "author"}>{author}</span>
      <p className="bubble" dir="auto">
        {message.deleted ? <em>{words.deleted}</em> : <Linked text={message.text} hint={words.newTab} />}
      </p>
      <span className={last || state.show ? "meta" : "unseen"}>
        <time dateTime={new Date(message.at).toISOString()}>{clockTime(message.at, language)}</time>
        {state.text && <span className={newest || state.show ? undefined : "unseen"}> · {state.text}</span>}
      </span>
      {failed && (
        <span className="mend">
          <button type="button" onClick={onRetry}>
            {words.retry}
          </button>
          <button type="button" onClick={onDiscard}>
            {words.discard}
          </button>
        </span>
      )}
    </li>
  );
}

function deliveryWords(message: ChatMessage, words: Words, seen: boolean): { text: string; show: boolean } {
  switch (message.delivery) {
    case undefined:
      return { text: "", show: false };
    case "sent":
      return { text: seen ? words.seen : words.sent, show: false };
    case "failed":
      return { text: message.refusal === "payload_too_large" ? words.tooLong : words.failed, show: true };
    default:
      return { text: words[message.delivery], show: true };
  }
}

function Linked({ text, hint }: { text: string; hint: string }) {
  let at = 0;
  return linkify(text).map((piece) => {
    const key = at;
    at += piece.text.length;
    if (piece.type === "text") return piece.text;
    return (
      <a key={key} href={piece.text} target="_blank" rel="noopener noreferrer nofollow">
        {piece.text}
        <span className="unseen"> ({hint})</span>
      </a>
    );
  });
}
