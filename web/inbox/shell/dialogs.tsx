import { lazy, Suspense, useEffect, useState } from "react";
import { go } from "./navigation.tsx";
import { useShortcuts } from "./shortcuts.ts";

const Palette = lazy(() => import("./palette.tsx"));
const KeySheet = lazy(() => import("./key-sheet.tsx"));

type Open = "palette" | "keys" | undefined;

const OPEN_EVENT = "servio:open";

/** Opens a box from anywhere on the page. */
export function openDialog(which: NonNullable<Open>): void {
  window.dispatchEvent(new CustomEvent(OPEN_EVENT, { detail: which }));
}

/** Keys that work everywhere, and the boxes that they open. Each box is fetched when it is first wanted. */
export function Dialogs() {
  const [open, setOpen] = useState<Open>();
  useShortcuts({
    "?": () => setOpen("keys"),
    "g i": () => go({ page: "inbox", filter: { view: "open" } }),
    "g t": () => go({ page: "tasks" }),
    "g s": () => go({ page: "status" }),
    "g m": () => go({ page: "metrics" }),
    "g c": () => go({ page: "settings", section: "team" }),
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      setOpen((current) => (current === "palette" ? undefined : "palette"));
    };
    const onOpen = (event: Event) => {
      const which: unknown = event instanceof CustomEvent ? event.detail : undefined;
      if (which === "palette" || which === "keys") setOpen(which);
    };
    window.addEventListener("keydown", onKey);
    window.addEventListener(OPEN_EVENT, onOpen);
    return () => {
      window.removeEventListener("keydown", onKey);
      window.removeEventListener(OPEN_EVENT, onOpen);
    };
  }, []);
  const close = () => setOpen(undefined);
  return (
    <Suspense fallback={null}>
      {open === "palette" && <Palette onClose={close} onKeys={() => setOpen("keys")} />}
      {open === "keys" && <KeySheet onClose={close} />}
    </Suspense>
  );
}
