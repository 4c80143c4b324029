import { h, icon } from "./dom.ts";
import { type Conversation, inOrder, keyOf, type Store } from "./store.ts";
import { CHANNEL_NAMES, clock, kindName, t } from "./words.ts";

/** The customers one can play: a list of buttons, the chosen one marked. */
export function createList(store: Store, select: (key: string) => void, add: () => void) {
  const list = h("ul", { class: "customers" });
  const rows = new Map<string, ReturnType<typeof createRow>>();
  const element = h(
    "section",
    { class: "list", "aria-label": t("customers") },
    h(
      "div",
      { class: "list-head" },
      h("h2", {}, t("customers")),
      h("button", { type: "button", class: "button", onclick: add }, icon("plus"), t("newCustomer")),
    ),
    list,
  );
  return {
    element,
    update() {
      const ordered = inOrder(store);
      const keys = new Set(ordered.map(keyOf));
      for (const [key, row] of rows) {
        if (keys.has(key)) continue;
        row.element.remove();
        rows.delete(key);
      }
      for (const [index, conversation] of ordered.entries()) {
        const key = keyOf(conversation);
        const row = rows.get(key) ?? createRow(conversation, () => select(key));
        rows.set(key, row);
        row.update(store, conversation);
        if (list.children[index] !== row.element) list.insertBefore(row.element, list.children[index] ?? null);
      }
    },
  };
}

function createRow({ channel }: Conversation, choose: () => void) {
  const name = h("span", { class: "row-name" });
  const time = h("time", { class: "row-time" });
  const last = h("span", { class: "row-last" });
  const badge = h("span", { class: "badge" });
  const initials = h("span", { class: "initials", "aria-hidden": "true" });
  const button = h(
    "button",
    { type: "button", class: "row", onclick: choose },
    h("span", { class: "avatar" }, initials, h("span", { class: `mark ${channel}` }, icon(channel))),
    h("span", { class: "row-top" }, name, time),
    h("span", { class: "row-bottom" }, last, badge),
    h("span", { class: "unseen" }, CHANNEL_NAMES[channel]),
  );
  return {
    element: h("li", {}, button),
    update(store: Store, conversation: Conversation) {
      const key = keyOf(conversation);
      const newest = conversation.bubbles.at(-1);
      const unread = store.unread.get(key) ?? 0;
      set(name, conversation.name);
      set(initials, initialsOf(conversation.name));
      set(time, newest ? clock(newest.at) : "");
      set(last, store.typing.has(key) ? t("typing") : newest ? preview(newest) : t("noMessage"));
      last.classList.toggle("live", store.typing.has(key));
      set(badge, unread > 0 ? String(unread) : "");
      badge.hidden = unread === 0;
      badge.setAttribute("aria-label", `${unread} ${t("unread")}`);
      button.setAttribute("aria-current", String(store.selected === key));
    },
  };
}

function set(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0] ?? "");
  return letters.join("").toUpperCase() || "#";
}

function preview(bubble: Conversation["bubbles"][number]): string {
  if (bubble.deleted) return t("deletedText");
  const text = bubble.text || kindName(bubble.kind);
  return bubble.author === "customer" ? `${t("you")}: ${text}` : text;
}
