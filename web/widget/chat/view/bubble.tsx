import { linkify } from "../../../inbox/messages/linkify.ts";
import type { VisitorFile } from "../api.ts";
import { clockTime } from "../days.ts";
import type { ChatMessage } from "../messages.ts";
import type { Words } from "../words/index.ts";
import { useWords } from "./context.ts";
import { Icon } from "./icons.tsx";

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
      {message.files.map((file) => (
        <File key={file.url} file={file} />
      ))}
      {message.fileName !== undefined && (
        <p className="bubble file">
          <Icon name="file" /> {message.fileName}
        </p>
      )}
      {(message.text !== "" || message.deleted) && (
        <p className="bubble" dir="auto">
          {message.deleted ? <em>{words.deleted}</em> : <Linked text={message.text} hint={words.newTab} />}
        </p>
      )}
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

/** A picture as itself, anything else by its name. The server says what it is by its bytes, and lets none of it run. */
function File({ file }: { file: VisitorFile }) {
  const { words, language } = useWords();
  const name = file.name ?? words.fileWithoutName;
  const hint = <span className="unseen"> ({words.newTab})</span>;
  if (file.type === "image") {
    return (
      <a className="picture" href={file.url} target="_blank" rel="noopener">
        <img src={file.url} alt={name} loading="lazy" />
        {hint}
      </a>
    );
  }
  return (
    <a className="bubble file" href={file.url} target="_blank" rel="noopener">
      <Icon name="file" />
      <span>
        {name} <small>{megabytes(file.size, language)}</small>
        {hint}
      </span>
    </a>
  );
}

function megabytes(bytes: number, language: string): string {
  const amount = Math.max(0.1, bytes / 1_000_000);
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(amount)} MB`;
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
