import type { FromChat, ToChat } from "../protocol.ts";

/** The website's page around the chat. */
export interface Host {
  tell(message: FromChat): void;
  listen(listener: (message: ToChat) => void): void;
}

/** The page is named in the address's fragment; its messages count only when the browser says that they are from there. */
export function connectHost(view: Window): Host {
  const origin = decodeURIComponent(view.location.hash.slice(1));
  const framed = view.parent !== view && URL.canParse(origin);
  return {
    tell: (message) => {
      if (framed) view.parent.postMessage(message, origin);
    },
    listen: (listener) =>
      view.addEventListener("message", (event: MessageEvent<ToChat | undefined>) => {
        if (event.source !== view.parent || event.origin !== origin || !event.data?.servio) return;
        listener(event.data);
      }),
  };
}
