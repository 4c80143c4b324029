/** What the chat keeps between visits, in the storage that belongs to its own frame. */
export interface Memory {
  get<T>(key: string): T | undefined;
  set(key: string, value: unknown): void;
}

const PREFIX = "servio-chat-";

/** Where a browser allows a frame no storage, everything is kept for as long as the page is open. */
export function createMemory(storage: () => Storage): Memory {
  const kept = new Map<string, string>();
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch {
      return undefined; // Blocked, or full: the page's own memory has it.
    }
  };
  return {
    get: <T>(key: string) => {
      const text = kept.get(key) ?? attempt(() => storage().getItem(PREFIX + key)) ?? undefined;
      return text === undefined ? undefined : attempt(() => JSON.parse(text) as T);
    },
    set: (key, value) => {
      const text = JSON.stringify(value ?? null);
      kept.set(key, text);
      attempt(() => storage().setItem(PREFIX + key, text));
    },
  };
}
