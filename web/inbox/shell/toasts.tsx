import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { useEffect, useSyncExternalStore } from "react";
import { IconButton } from "../../design/button.tsx";

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: "plain" | "bad";
  readonly action?: { readonly label: string; readonly run: () => void };
  /** What it is news of. Such a toast stays until it is closed or settled, and newer news of the same takes its place. */
  readonly about?: string;
}

/** How long a toast stays that is neither a fault nor news: those stay until they are closed. */
const TOAST_MS = 8_000;

const listeners = new Set<() => void>();
let toasts: readonly Toast[] = [];
let nextId = 1;

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Says what just happened. The newest three are kept. */
export function toast(message: Omit<Toast, "id">): void {
  const others = toasts.filter(({ about }) => about === undefined || about !== message.about);
  set([...others.slice(-2), { ...message, id: nextId++ }]);
}

/** Takes back what is no news any more. */
export function settleToasts(about: string): void {
  if (toasts.some((item) => item.about === about)) set(toasts.filter((item) => item.about !== about));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The corner where it is said, aloud too. */
export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 top-16 z-40 flex flex-col items-center gap-2 px-4"
    >
      {shown.map((item) => (
        <ToastCard key={item.id} item={item} />
      ))}
    </div>
  );
}

function ToastCard({ item }: { readonly item: Toast }) {
  const { t } = useLingui();
  const close = () => set(toasts.filter((other) => other.id !== item.id));
  useEffect(() => {
    if (item.tone === "bad" || item.about !== undefined) return;
    const timer = setTimeout(() => set(toasts.filter((other) => other.id !== item.id)), TOAST_MS);
    return () => clearTimeout(timer);
  }, [item]);
  return (
    <div className="pointer-events-auto flex max-w-120 items-center gap-3 rounded-bubble border border-line bg-raised py-1.5 pr-1.5 pl-4 shadow-float">
      <span className={item.tone === "bad" ? "text-bad" : "text-ink"}>{item.text}</span>
      {item.action !== undefined && (
        <button
          type="button"
          className="h-8 rounded-base px-2 font-medium text-accent hover:bg-hover"
          onClick={() => {
            item.action?.run();
            close();
          }}
        >
          {item.action.label}
        </button>
      )}
      <IconButton label={t`Dispensar`} onClick={close}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </div>
  );
}
