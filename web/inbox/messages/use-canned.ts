import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { useCannedResponses } from "../data/inbox.ts";
import type { CannedResponse, Conversation } from "../data/model.ts";
import { cannedQuery, fillCanned, matchCanned } from "./canned.ts";
import type { CannedMenuProps } from "./canned-menu.tsx";

export interface Canned {
  /** Present while the menu is open. */
  readonly menu: CannedMenuProps | undefined;
  /** What the box must say of itself for the menu to be heard. */
  readonly boxProps: { readonly "aria-controls"?: string; readonly "aria-activedescendant"?: string };
  /** True when the key was the menu's. */
  onKeyDown(event: KeyboardEvent): boolean;
}

/** The menu of ready answers that "/" opens in the box. */
export function useCanned(text: string, conversation: Conversation, insert: (text: string) => void): Canned {
  const id = useId();
  const word = cannedQuery(text);
  const [active, setActive] = useState(0);
  const [dismissed, setDismissed] = useState(false);
  const open = word !== undefined && !dismissed;
  const { value, error } = useCannedResponses(word !== undefined);
  const items = open ? matchCanned(value ?? [], word) : [];
  // biome-ignore lint/correctness/useExhaustiveDependencies: another word has other matches
  useEffect(() => setActive(0), [word]);
  useEffect(() => {
    if (word === undefined) setDismissed(false);
  }, [word]);

  const onPick = (item: CannedResponse) => insert(fillCanned(item.text, conversation));
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!open) return false;
    const chosen = items[active];
    if (event.key === "ArrowDown") setActive((active + 1) % Math.max(1, items.length));
    else if (event.key === "ArrowUp") setActive((active - 1 + items.length) % Math.max(1, items.length));
    else if (event.key === "Escape") setDismissed(true);
    else if ((event.key === "Enter" || event.key === "Tab") && chosen !== undefined) onPick(chosen);
    else return false;
    event.preventDefault();
    return true;
  };
  const state = error !== undefined ? "failed" : value === undefined ? "loading" : "ready";
  if (!open) return { menu: undefined, boxProps: {}, onKeyDown };
  const boxProps = items.length === 0 ? {} : { "aria-controls": id, "aria-activedescendant": `${id}-${active}` };
  return { menu: { id, items, active, state, onPick }, boxProps, onKeyDown };
}
