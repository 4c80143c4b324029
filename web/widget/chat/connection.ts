/** The way to the server: open, or not, and how long to wait before another try. */
export interface Connection {
  readonly online: boolean;
  /** Whether the server answered. */
  reached(yes: boolean): void;
  /** Waits; comes back early when the browser says that the network is back. @param ms milliseconds */
  pause(ms: number): Promise<void>;
  /** Cuts what is under way when the network goes: a dead connection may look alive for minutes. */
  whileOnline(): AbortSignal;
}

/** @param view `window`, or what stands for it in tests */
export function createConnection(
  view: Pick<Window, "addEventListener"> & { readonly navigator: { readonly onLine: boolean } },
  changed: () => void,
): Connection {
  let online = view.navigator.onLine;
  let cut = new AbortController();
  const waiting = new Set<() => void>();
  const become = (next: boolean) => {
    if (online === next) return;
    online = next;
    changed();
  };
  view.addEventListener("online", () => {
    for (const wake of [...waiting]) wake();
  });
  view.addEventListener("offline", () => {
    cut.abort();
    become(false);
  });
  return {
    get online() {
      return online;
    },
    reached: become,
    pause: (ms) =>
      new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        waiting.add(wake);
      }),
    whileOnline: () => {
      if (cut.signal.aborted) cut = new AbortController();
      return cut.signal;
    },
  };
}
