import { Fragment, type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Chat, ChatState } from "../chat.ts";
import { dayName, sameDay } from "../days.ts";
import type { ChatMessage } from "../messages.ts";
import { Bubble } from "./bubble.tsx";
import { useWords } from "./context.ts";
import { Icon } from "./icons.tsx";

/** So near to the end counts as reading the end. */
const NEAR_PX = 80;
/** A pause of this length begins a new group. */
const GROUP_MS = 5 * 60_000;

interface LogProps {
  readonly chat: Chat;
  readonly state: ChatState;
  /** What stands before the first message. */
  readonly children: ReactNode;
}

/** The conversation: opens at its end, stays there while one reads there, and never moves what is being read. */
export function Log({ chat, state, children }: LogProps) {
  const { words, language } = useWords();
  const { messages } = state;
  const { scroller, news, toEnd, onScroll } = useReadingPlace(messages);

  const lastOwn = messages.findLast(({ author }) => author === "visitor")?.key;
  return (
    <div className="middle">
      <section
        className="log"
        ref={scroller}
        onScroll={onScroll}
        aria-label={words.messages}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (axe: scrollable-region-focusable)
        tabIndex={0}
      >
        {state.older !== "none" && (
          <button
            type="button"
            className="quiet"
            disabled={state.older === "loading"}
            onClick={() => void chat.loadOlder()}
          >
            {state.older === "loading" ? words.loading : words.older}
          </button>
        )}
        {state.older === "none" && children}
        <ol>
          {messages.map((message, index) => (
            <Fragment key={message.key}>
              {startsDay(messages, index) && (
                <li className="day">{dayName(message.at, Date.now(), language, words)}</li>
              )}
              <Bubble
                message={message}
                first={!isGrouped(messages[index - 1], message)}
                last={!isGrouped(message, messages[index + 1])}
                newest={message.key === lastOwn}
                seen={state.server.seen && message.key === lastOwn}
                onRetry={() => chat.retry(message.key)}
                onDiscard={() => chat.discard(message.key)}
              />
            </Fragment>
          ))}
        </ol>
        {state.server.typing && (
          <p className="typing">
            <span className="unseen">
              {words[state.server.typing]} {words.typing}
            </span>
            <i />
            <i />
            <i />
          </p>
        )}
      </section>
      {news && (
        <button type="button" className="news" onClick={toEnd}>
          <Icon name="down" /> {words.newBelow}
        </button>
      )}
      <Announcements messages={messages} ready={state.phase === "ready"} />
    </div>
  );
}

/** Keeps the place: at the end while one reads there, else where it was, whatever comes in above or below. */
function useReadingPlace(messages: readonly ChatMessage[]) {
  const scroller = useRef<HTMLElement>(null);
  const atEnd = useRef(true);
  const before = useRef<{ oldest?: string; newest?: string; height: number }>({ height: 0 });
  const [news, setNews] = useState(false);

  const toEnd = useCallback(() => {
    const box = scroller.current;
    if (box) box.scrollTop = box.scrollHeight;
    atEnd.current = true;
    setNews(false);
  }, []);

  useLayoutEffect(() => {
    const box = scroller.current;
    const [first, last] = [messages[0], messages.at(-1)];
    if (!box || !first || !last) return;
    const { oldest, newest, height } = before.current;
    if (atEnd.current || (last.key !== newest && last.author === "visitor")) toEnd();
    else if (first.key !== oldest) box.scrollTop += box.scrollHeight - height;
    else if (last.key !== newest) setNews(true);
    before.current = { oldest: first.key, newest: last.key, height: box.scrollHeight };
  }, [messages, toEnd]);

  useEffect(() => {
    const box = scroller.current;
    if (!box) return undefined;
    // The window grows and shrinks: a phone's keyboard comes and goes.
    const observer = new ResizeObserver(() => {
      if (atEnd.current) toEnd();
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, [toEnd]);

  const onScroll = () => {
    const box = scroller.current;
    if (!box) return;
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
    if (atEnd.current) setNews(false);
  };
  return { scroller, news, toEnd, onScroll };
}

function startsDay(messages: readonly ChatMessage[], index: number): boolean {
  const [before, message] = [messages[index - 1], messages[index]];
  return message !== undefined && (before === undefined || !sameDay(before.at, message.at));
}

function isGrouped(one: ChatMessage | undefined, next: ChatMessage | undefined): boolean {
  if (!one || !next || one.author !== next.author) return false;
  return next.at - one.at < GROUP_MS && sameDay(one.at, next.at);
}

/** How many announcements a screen reader can still be taken back to. */
const KEPT = 5;

/**
 * What a screen reader is told: the team's and the bot's new messages. Apart from the list, in which history is added at
 * the top and the visitor's own words at the bottom, neither of which is news to them.
 */
function Announcements({ messages, ready }: { messages: readonly ChatMessage[]; ready: boolean }) {
  const { words } = useWords();
  const [since, setSince] = useState<number>();
  const newest = messages.at(-1)?.at ?? 0;
  useEffect(() => {
    if (ready && since === undefined) setSince(newest);
  }, [ready, since, newest]);
  const news = since === undefined ? [] : messages.filter(({ author, at }) => author !== "visitor" && at > since);
  return (
    <div role="log" className="unseen" aria-label={words.news}>
      {news.slice(-KEPT).map((message) => (
        <p key={message.key}>
          {words[message.author === "bot" ? "bot" : "team"]}: {message.text}
        </p>
      ))}
    </div>
  );
}
