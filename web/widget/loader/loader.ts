import type { FromChat, ToChat } from "../protocol.ts";
import { readOptions } from "./options.ts";
import { STYLES } from "./styles.ts";
import { WORDS } from "./words.ts";

/** `/widget.js`: all that a website loads until somebody opens the chat. */

/** What a website can do with the chat: `window.ServioChat`, once the script has run. */
export interface ServioChatApi {
  open(): void;
  close(): void;
  /** Tells who is signed in now, by a JWT that the website's server made; without one, nobody. */
  identify(identity?: string): void;
  /** Takes the chat off the page. */
  remove(): void;
}

/** A frame that a browser refuses loads nothing and says nothing: after this it counts as refused. */
const SILENCE_MS = 4000;
const ICONS = {
  chat: "M21 12a8 8 0 0 1-8 8H4l1.8-3.2A8 8 0 1 1 21 12ZM9 11h8M9 14.5h5",
  close: "M6 9.5l6 6 6-6",
};

const script = document.currentScript as HTMLScriptElement;
const page = window as typeof window & { ServioChat?: unknown };
const options = readOptions(script.dataset, page.ServioChat, [document.documentElement.lang, ...navigator.languages]);
const words = WORDS[options.locale];
const chatOrigin = new URL(script.src).origin;

const host = document.createElement("servio-chat");
const root = host.attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLES);
root.adoptedStyleSheets = [sheet];

const own = getComputedStyle(document.documentElement).accentColor;
const accent =
  [options.accent, own].find((color) => color && color !== "auto" && CSS.supports("color", color)) ?? "#0d5d59";
host.style.setProperty("--accent", accent);
host.style.setProperty("--gap", `${options.offset}px`);
host.toggleAttribute("data-left", options.position === "left");

const panel = make("div", { class: "p", hidden: "" });
const button = make("button", { type: "button", "aria-expanded": "false", "aria-label": words.open });
const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
svg.setAttribute("viewBox", "0 0 24 24");
svg.setAttribute("aria-hidden", "true");
svg.append(path);
const badge = make("span", { class: "n", "aria-hidden": "true", hidden: "" });
button.append(svg, badge);
root.append(panel, button);

let frame: HTMLIFrameElement | undefined;
let ready = false;
let shown = false;
let identity = options.identity;

function make(name: string, attributes: Record<string, string>): HTMLElement {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  return element;
}

function tell(message: ToChat): void {
  if (ready) frame?.contentWindow?.postMessage(message, chatOrigin);
}

/** Fetches the chat, on the first sign that it will be wanted. */
function load(): void {
  if (frame) return;
  ready = false;
  // The fragment stays in the browser; the frame posts to this origin and listens to no other.
  const src = `${chatOrigin}/widget/chat.html#${encodeURIComponent(location.origin)}`;
  frame = make("iframe", { src, title: words.chat, allow: "" }) as HTMLIFrameElement;
  const mine = frame;
  mine.onload = () => setTimeout(() => mine === frame && !ready && refused(), SILENCE_MS);
  panel.replaceChildren(mine);
}

function refused(): void {
  frame = undefined;
  const trouble = make("p", { role: "alert" });
  trouble.textContent = words.trouble;
  panel.replaceChildren(trouble);
  console.warn(
    `[Servio.AI] The chat did not load from ${chatOrigin}. If it runs, add ${location.origin} to webchatAllowedOrigins.`,
  );
}

function draw(unread = 0): void {
  panel.hidden = !shown;
  path.setAttribute("d", shown ? ICONS.close : ICONS.chat);
  badge.hidden = shown || unread === 0;
  badge.textContent = unread > 9 ? "9+" : String(unread);
  button.setAttribute("aria-expanded", String(shown));
  const news = badge.hidden ? "" : `, ${unread} ${words.unread}`;
  button.setAttribute("aria-label", (shown ? words.close : words.open) + news);
}

function open(): void {
  load();
  shown = true;
  draw();
  if (ready) welcome();
}

async function welcome(): Promise<void> {
  frame?.focus();
  const asked = identity;
  try {
    // What was fetched once is kept for the page's life: the chat has its session by then.
    if (typeof asked === "function") identity = await asked();
  } catch (error) {
    console.warn("[Servio.AI] The identity function failed.", error);
    // Refused by the chat: who should be known must not become a stranger unseen.
    identity = "none";
  }
  if (shown) tell({ servio: "shown", ...(identity !== undefined && { identity: identity as string }) });
}

function close(): void {
  const inside = shown && root.activeElement !== null;
  shown = false;
  draw();
  tell({ servio: "hidden" });
  if (inside) button.focus();
}

addEventListener("message", ({ source, origin, data }: MessageEvent<FromChat | undefined>) => {
  if (!frame || source !== frame.contentWindow || origin !== chatOrigin) return;
  switch (data?.servio) {
    case "ready": {
      ready = true;
      const { identity: _, ...rest } = options;
      tell({ servio: "options", options: { ...rest, accent } });
      if (shown) welcome();
      break;
    }
    case "close":
      close();
      break;
    case "unread":
      draw(Number(data.count) || 0);
  }
});

button.onpointerenter = button.onfocus = load;
button.onclick = () => (shown ? close() : open());

page.ServioChat = {
  open,
  close,
  identify: (next) => {
    identity = next;
    tell({ servio: "identity", ...(next !== undefined && { identity: next }) });
  },
  remove: () => host.remove(),
} satisfies ServioChatApi;

root.addEventListener("keydown", (event) => {
  if (shown && (event as KeyboardEvent).key === "Escape") close();
});

draw();
// The script may stand in the head; embedded twice, it is one chat all the same.
const attach = () => document.querySelector(host.localName) ?? document.body.append(host);
if (document.body) attach();
else addEventListener("DOMContentLoaded", attach);
