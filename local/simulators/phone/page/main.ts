import { call } from "./api.ts";
import { createBackstage } from "./backstage.ts";
import { createChat } from "./chat.ts";
import { createCustomerDialog } from "./customer.ts";
import { h } from "./dom.ts";
import { createHeader } from "./header.ts";
import { createList } from "./list.ts";
import { load, save } from "./remember.ts";
import { CHANNELS, createStore, follow, keyOf } from "./store.ts";
import { LANGUAGES, type Language, setLanguage, t } from "./words.ts";

/** Someone to play in each channel, so that the first visit starts with a choice and not with a form. */
const FIRST_CUSTOMERS = [
  { channel: "whatsapp", id: "5511900000001", name: "Cliente de exemplo" },
  { channel: "whatsapp", id: "5511900000002", name: "Prestador de exemplo" },
  { channel: "facebook", id: "2400000000000001", name: "Cliente do Messenger" },
  { channel: "instagram", id: "17800000000000001", name: "Cliente do Instagram" },
] as const;

const store = createStore();
store.selected = decodeURIComponent(location.hash.slice(1)) || undefined;

interface View {
  readonly element: HTMLElement;
  update(): void;
}
let views: View[] = [];
let scheduled = false;
let seeded = false;

const select = (key: string | undefined): void => {
  store.selected = key;
  if (key !== undefined) store.unread.delete(key);
  history.replaceState(null, "", key === undefined ? location.pathname : `#${encodeURIComponent(key)}`);
  // At once, not with the next frame: what is typed meanwhile would land in the conversation before.
  update();
  document.querySelector<HTMLElement>(".stage")?.toggleAttribute("inert", false);
  if (key !== undefined) document.querySelector<HTMLElement>(".composer textarea")?.focus({ preventScroll: true });
};

function draw(): void {
  const dialog = createCustomerDialog(store, {
    made: (key) => select(key),
    // Also for what only looks at attributes, such as a browser that is driven by a script.
    covers: (on) => main.toggleAttribute("inert", on),
  });
  const list = createList(store, select, () => dialog.open());
  const chat = createChat(store, () => select(undefined));
  const backstage = createBackstage(store);
  const header = createHeader({ store, backstage: backstage.element, languageChanged: draw });
  views = [header, list, chat, backstage];
  const main = h("main", { class: "stage" }, list.element, chat.element, backstage.element);
  document.title = `${t("title")} · Servio.AI local`;
  document.body.replaceChildren(header.element, main, dialog.element);
  update();
}

function update(): void {
  scheduled = false;
  document.body.classList.toggle("chatting", store.selected !== undefined);
  for (const view of views) view.update();
  markRead();
}

function changed(): void {
  if (!seeded && store.state) void seed();
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(update);
}

async function seed(): Promise<void> {
  seeded = true;
  if (store.conversations.size > 0) return;
  for (const customer of FIRST_CUSTOMERS) await call("POST", "customers", customer);
  const isWide = matchMedia("(min-width: 721px)").matches;
  if (isWide && store.selected === undefined) select(`${CHANNELS[0]}:${FIRST_CUSTOMERS[0].id}`);
}

/** What is on the screen has been read: the app learns it as from a real phone. */
function markRead(): void {
  const conversation = store.selected === undefined ? undefined : store.conversations.get(store.selected);
  if (!conversation || document.hidden) return;
  store.unread.delete(keyOf(conversation));
  const isNews = conversation.bubbles.some((bubble) => bubble.author === "business" && bubble.status === "delivered");
  if (!isNews) return;
  const { channel, customer } = conversation;
  // The next event brings the new state; when the call fails, the next update tries again.
  call("POST", "read", { channel, customer }).catch(() => changed());
}

const remembered = load("language") as Language | undefined;
setLanguage(remembered && remembered in LANGUAGES ? remembered : "pt");
document.documentElement.dataset.theme = load("theme") ?? "auto";
document.addEventListener("visibilitychange", changed);
window.addEventListener("hashchange", () => {
  store.selected = decodeURIComponent(location.hash.slice(1)) || undefined;
  changed();
});
window.addEventListener("pagehide", () => save("language", document.documentElement.lang.slice(0, 2)));
draw();
follow(store, changed);
