import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown } from "lucide-react";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { Button } from "../../design/button.tsx";
import { Notice } from "../../design/notice.tsx";
import { type GrowingPage, useInbox, useMessages, useNotes } from "../data/inbox.ts";
import type { Conversation, Message } from "../data/model.ts";
import { displayName } from "../format/names.ts";
import { dayLine } from "../format/time.ts";
import { useTimeStyle } from "../format/use-style.ts";
import { useNow } from "../shell/use-now.ts";
import { useSettled } from "../shell/use-settled.ts";
import { Announcer } from "./announcer.tsx";
import { BubbleRow } from "./bubble.tsx";
import { type Entry, entriesOf } from "./entries.ts";
import { groupMessages } from "./group.ts";
import { useStayAtEnd, useUnseen } from "./log-scroll.ts";
import { LogSkeleton } from "./log-skeleton.tsx";

/** What a message is taken for until it has been measured. */
const ESTIMATE_PX = 44;
/** So near to the end still counts as reading the newest. */
const AT_END_PX = 80;
/** So near to the beginning the older ones are fetched. */
const NEAR_START_ITEMS = 6;

const NOTHING_FETCHED: GrowingPage<Message> = {
  items: [],
  hasMore: false,
  more: () => undefined,
  look: () => undefined,
};

/** What was said, oldest above. A new message never moves what is being read: a pill says that it is there. */
export function MessageLog({ conversation }: { readonly conversation: Conversation }) {
  const { outgoing } = useInbox();
  const { value, error, retry } = useMessages(conversation.id);
  const pending = useSyncExternalStore(outgoing.subscribe, outgoing.get);
  const messages = value?.items;
  const hasMore = value?.hasMore === true;
  const notes = useNotes(conversation.id);
  useEffect(() => {
    if (messages !== undefined) outgoing.settle(conversation.id, messages);
  }, [messages, outgoing, conversation.id]);
  const entries = useMemo(
    () => entriesOf(conversation.id, messages ?? [], pending, notes, hasMore),
    [conversation.id, messages, pending, notes, hasMore],
  );
  // What was written without a network is seen also where nothing has been fetched yet.
  const page = value ?? (entries.length > 0 ? NOTHING_FETCHED : undefined);

  return (
    <div className="relative min-h-0 flex-1">
      {error !== undefined && (
        <Notice tone="bad" urgent className="m-4">
          <Trans>As mensagens pararam de chegar aqui. Elas estão guardadas.</Trans>
          <Button className="mt-2" onClick={retry}>
            <Trans>Tentar de novo</Trans>
          </Button>
        </Notice>
      )}
      {page === undefined && error === undefined && <LogSkeleton />}
      {page !== undefined && <Entries conversation={conversation} entries={entries} page={page} />}
    </div>
  );
}

interface EntriesProps {
  readonly conversation: Conversation;
  readonly entries: readonly Entry[];
  readonly page: GrowingPage<Message>;
}

function Entries({ conversation, entries, page }: EntriesProps) {
  const { t } = useLingui();
  const style = useTimeStyle();
  const now = useNow();
  const scroller = useRef<HTMLDivElement>(null);
  const items = useMemo(() => groupMessages(entries, style), [entries, style]);
  const quotable = useMemo(
    () => new Map(entries.flatMap((entry) => (entry.providerId === undefined ? [] : [[entry.providerId, entry]]))),
    [entries],
  );
  // The same function as long as the items are the same: for another one every place is worked out anew, at each frame.
  const getItemKey = useCallback((index: number) => items[index]?.key ?? index, [items]);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATE_PX,
    getItemKey,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: AT_END_PX,
    overscan: 6,
    paddingStart: 16,
    paddingEnd: 16,
  });
  useLayoutEffect(() => virtual.scrollToEnd(), [virtual]);
  const atEnd = useStayAtEnd(scroller, () => virtual.scrollToEnd());

  const drawn = virtual.getVirtualItems();
  const firstDrawn = drawn[0]?.index ?? 0;
  useEffect(() => {
    if (page.hasMore && firstDrawn < NEAR_START_ITEMS) page.more();
  }, [page, firstDrawn]);
  // Pages count from the newest, day lines are none of them: near enough for what stays live.
  useSettled(firstDrawn, drawn.at(-1)?.index, (first, last) =>
    page.look(entries.length - last, entries.length - first),
  );

  const { unseen, reachedEnd } = useUnseen(
    entries,
    () => virtual.isAtEnd(AT_END_PX),
    () => virtual.scrollToEnd(),
  );
  const name = displayName(conversation);
  return (
    <>
      <section
        ref={scroller}
        aria-label={t`Mensagens com ${name}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (axe: scrollable-region-focusable)
        tabIndex={0}
        className="focus-inset h-full overflow-y-auto"
        onScroll={() => {
          atEnd.current = virtual.isAtEnd(AT_END_PX);
          if (atEnd.current) reachedEnd();
        }}
      >
        <div className="mx-auto flex min-h-full max-w-188 flex-col justify-end">
          <div className="relative" style={{ height: virtual.getTotalSize() }}>
            {drawn.map(({ index, key, start }) => {
              const item = items[index];
              if (item === undefined) return null;
              return (
                <div
                  key={key}
                  ref={virtual.measureElement}
                  data-index={index}
                  className="absolute inset-x-0 top-0 px-4"
                  style={{ transform: `translateY(${start}px)` }}
                >
                  {item.type === "day" ? (
                    <h3 className="py-3 text-center text-small font-medium text-muted">
                      {dayLine(item.at, now, style)}
                    </h3>
                  ) : (
                    <BubbleRow
                      name={name}
                      entry={item.message}
                      quoted={quotable.get(item.message.replyTo ?? "")}
                      first={item.first}
                      last={item.last}
                      timeStyle={style}
                    />
                  )}
                </div>
              );
            })}
          </div>
        </div>
      </section>
      {unseen > 0 && (
        <Button
          look="solid"
          className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-float"
          onClick={() => virtual.scrollToEnd()}
        >
          <ArrowDown aria-hidden className="size-4" />
          <Plural value={unseen} one="# mensagem nova" other="# mensagens novas" />
        </Button>
      )}
      <Announcer conversation={conversation} entries={entries} />
    </>
  );
}
