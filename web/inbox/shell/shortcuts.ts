import { useEffect, useRef } from "react";
import { singleKeys } from "../preferences/preferences.ts";

/** What a key does; it returns nothing, and its default is prevented. */
export type Shortcuts = Readonly<Record<string, (() => void) | undefined>>;

type KeyPress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "defaultPrevented" | "isComposing">;

/** The single key that was pressed, when it may be a command: no modifier, not while typing, not inside a menu. */
export function commandKey(press: KeyPress, target: EventTarget | null): string | undefined {
  if (press.defaultPrevented || press.isComposing || press.ctrlKey || press.metaKey || press.altKey) return undefined;
  if (
    target instanceof Element &&
    target.closest("input, textarea, select, [contenteditable], [role=menu], [role=dialog]") !== null
  )
    return undefined;
  return press.key;
}

/** Single keys as commands, for as long as the component is there and the agent has not turned them off. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts);
  useEffect(() => {
    current.current = shortcuts;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (singleKeys.get() === "off") return;
      const key = commandKey(event, event.target);
      const run = key === undefined ? undefined : current.current[key];
      if (run === undefined) return;
      event.preventDefault();
      run();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
