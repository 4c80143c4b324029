import { useLingui } from "@lingui/react/macro";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useRef } from "react";
import type { Conversation } from "../data/model.ts";
import { useTimeStyle } from "../format/use-style.ts";
import { useSelection } from "../shell/navigation.tsx";
import { useShortcuts } from "../shell/shortcuts.ts";
import { useNow } from "../shell/use-now.ts";
import { useSettled } from "../shell/use-settled.ts";
import { setOrder } from "./order.ts";
import { Row } from "./row.tsx";

const ROW_PX = 64;
/** Rows beyond the edge that are drawn too, so that fast scrolling finds them there. */
const OVERSCAN = 4;

export interface RowsProps {
  readonly rows: readonly Conversation[];
  readonly hasMore: boolean;
  readonly onMore: () => void;
  /** Told which rows are in sight once scrolling has stopped. */
  readonly onLook?: ((first: number, last: number) => void) | undefined;
}

/** Only the rows in sight are in the page, however many there are. */
export function Rows({ rows, hasMore, onMore, onLook }: RowsProps) {
  const { t } = useLingui();
  useEffect(() => setOrder(rows.map((row) => row.id)), [rows]);
  const scroller = useRef<HTMLDivElement>(null);
  const style = useTimeStyle();
  const now = useNow();
  const { conversationId, filter } = useSelection();
  // The same function as long as the rows are the same: for another one every place is worked out anew, at each frame.
  const getItemKey = useCallback((index: number) => rows[index]?.id ?? index, [rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    getItemKey,
  });
  const drawn = virtual.getVirtualItems();
  const lastDrawn = drawn.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastDrawn >= rows.length - 1 - OVERSCAN) onMore();
  }, [hasMore, lastDrawn, rows.length, onMore]);

  useSettled(drawn[0]?.index, drawn.at(-1)?.index, (first, last) => onLook?.(first, last));

  const move = (step: 1 | -1) => {
    const list = scroller.current;
    if (list === null) return;
    const focused = document.activeElement?.closest("[data-row]")?.getAttribute("data-row") ?? conversationId;
    const from = rows.findIndex((row) => row.id === focused);
    const to = Math.min(rows.length - 1, Math.max(0, from === -1 ? 0 : from + step));
    virtual.scrollToIndex(to);
    const target = rows[to]?.id;
    // The row may only be drawn in the frame after the scroll.
    requestAnimationFrame(() => focusRow(list, target));
  };
  useShortcuts({ j: () => move(1), k: () => move(-1) });

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto" data-testid="rows">
      <ul aria-label={t`Conversas`} className="relative" style={{ height: virtual.getTotalSize() }}>
        {drawn.map(({ index, key, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <li
              key={key}
              aria-posinset={index + 1}
              aria-setsize={hasMore ? -1 : rows.length}
              className="absolute inset-x-0 top-0 h-16 contain-strict"
              style={{ transform: `translateY(${start}px)` }}
            >
              <Row row={row} chosen={row.id === conversationId} filter={filter} now={now} timeStyle={style} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function focusRow(list: HTMLElement, id: string | undefined): void {
  if (id === undefined) return;
  list.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
}
