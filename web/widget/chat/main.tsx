import { createRoot } from "react-dom/client";
import type { ChatOptions } from "../protocol.ts";
import { createApi } from "./api.ts";
import { createChat } from "./chat.ts";
import { createConnection } from "./connection.ts";
import { connectHost } from "./host.ts";
import { createMemory } from "./memory.ts";
import "./styles.css";
import { App } from "./view/app.tsx";
import { LANGUAGES } from "./view/context.ts";

/** A tab that nobody looks at for so long lets go of its stream. */
const SLEEP_AFTER_MS = 60_000;

const host = connectHost(window);
const chat = createChat({
  api: createApi(""),
  memory: createMemory(() => localStorage),
  connect: (changed) => createConnection(window, changed),
  newId: () => crypto.randomUUID(),
  now: Date.now,
});
const container = document.getElementById("chat");
if (!container) throw new Error("The page has no place for the chat.");
const root = createRoot(container);

let options: ChatOptions | undefined;
let shown = 0;
let open = false;
let started = false;
const close = () => host.tell({ servio: "close" });

function draw(): void {
  if (options) root.render(<App chat={chat} options={options} shown={shown} onClose={close} />);
}

function dress({ accent, theme, locale }: ChatOptions): void {
  const page = document.documentElement;
  if (CSS.supports("color", accent)) page.style.setProperty("--accent", accent);
  page.dataset.theme = theme;
  page.lang = LANGUAGES[locale];
}

/** Nothing is asked of the server before somebody opens the chat. */
function start(identity: string | undefined): void {
  started = true;
  chat.start(identity);
}

host.listen((message) => {
  switch (message.servio) {
    case "options":
      ({ options } = message);
      dress(options);
      break;
    case "shown":
      open = true;
      shown += 1;
      if (!started) start(message.identity);
      break;
    case "hidden":
      open = false;
      break;
    case "identity":
      if (started) start(message.identity);
  }
  chat.show(open && !document.hidden);
  draw();
});

let unread = 0;
chat.subscribe(() => {
  if (chat.state().unread === unread) return;
  unread = chat.state().unread;
  host.tell({ servio: "unread", count: unread });
});

let sleep: ReturnType<typeof setTimeout> | undefined;
document.addEventListener("visibilitychange", () => {
  clearTimeout(sleep);
  if (document.hidden) sleep = setTimeout(chat.sleep, SLEEP_AFTER_MS);
  else if (started) chat.wake();
  chat.show(open && !document.hidden);
});

host.tell({ servio: "ready" });
