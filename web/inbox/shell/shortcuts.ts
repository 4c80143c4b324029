import { useEffect, useRef } from "react";
import { singleKeys } from "../preferences/preferences.ts";

/** What a key does, by the key, or by two keys in a row: `"g s"`. */
export type Shortcuts = Readonly<Record<string, (() => void) | undefined>>;

type KeyPress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "defaultPrevented" | "isComposing">;

/** How long the first of two keys waits for the second. */
const SECOND_KEY_MS = 1_000;
const BUSY = "input, textarea, select, [contenteditable], [role=menu], [role=dialog]";

/** The single key that was pressed, when it may be a command: no modifier, not while typing, not inside a menu. */
export function commandKey(press: KeyPress, target: EventTarget | null): string | undefined {
  if (press.defaultPrevented || press.isComposing || press.ctrlKey || press.metaKey || press.altKey) return undefined;
  return target instanceof Element && target.closest(BUSY) !== null ? undefined : press.key;
}

/** Single keys as commands, for as long as the component is there and the agent has not turned them off. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts);
  useEffect(() => {
    current.current = shortcuts;
  });
  useEffect(() => {
    let first: { readonly key: string; readonly at: number } | undefined;
    const onKey = (event: KeyboardEvent) => {
      if (singleKeys.get() === "off") return;
      const key = commandKey(event, event.target);
      if (key === undefined) return;
      const pair =
        first !== undefined && event.timeStamp - first.at < SECOND_KEY_MS ? `${first.key} ${key}` : undefined;
      first = { key, at: event.timeStamp };
      const run = (pair === undefined ? undefined : current.current[pair]) ?? current.current[key];
      if (run === undefined) return;
      first = undefined;
      event.preventDefault();
      run();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
