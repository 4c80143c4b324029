import { act } from "./api.ts";
import { type BubbleDoings, type BubbleView, createBubble } from "./bubble.ts";
import { createComposer } from "./composer.ts";
import { bubbleItems } from "./doings.ts";
import { h, icon } from "./dom.ts";
import { initialsOf } from "./list.ts";
import { type Conversation, keyOf, type Store } from "./store.ts";
import { CHANNEL_NAMES, day, t, type Word } from "./words.ts";

/** Messages closer than this, by the same author, stand together. */
const GROUP_MS = 3 * 60_000;
/** Closer to the end than this counts as "at the end": what comes is scrolled into view. */
const NEAR_END_PX = 80;
const SUGGESTIONS: readonly Word[] = ["try1", "try2", "try3"];

/** The phone: who one is, the conversation, and the line to write on. */
export function createChat(store: Store, leave: () => void) {
  const head = h("div", { class: "phone-head" });
  const log = h("ol", { class: "log" });
  const live = h("div", { class: "live-log", role: "log" }, log);
  const typing = h("div", { class: "typing", role: "status" });
  const composer = createComposer(() => current(store));
  const empty = createEmpty((text) => void composer.send(text));
  const scroller = h("div", { class: "scroller", tabindex: 0 }, empty, live, typing);
  const pill = h("button", { type: "button", class: "pill", onclick: () => toEnd(scroller) }, t("newBelow"));
  const phone = h("div", { class: "phone" }, head, scroller, pill, composer.element);
  const none = h("div", { class: "none" }, h("h2", {}, t("pickTitle")), h("p", {}, t("pickText")));
  const element = h("section", { class: "chat" }, phone, none);
  let isPinned = true;
  scroller.addEventListener("scroll", () => {
    isPinned = isAtEnd(scroller);
    if (isPinned) pill.hidden = true;
  });
  // A picture takes its place only once it is loaded: who was at the end stays there.
  const grown = new ResizeObserver(() => {
    if (isPinned) toEnd(scroller);
  });
  grown.observe(live);
  const doings: BubbleDoings = {
    items: (bubble) => bubbleItems(bubble, composer.compose, composer.fail),
    choose: ({ channel, customer, id: replyTo }, payload, title) => {
      const type = channel === "whatsapp" ? "button_reply" : "quick_reply";
      act({ channel, from: customer, type, title, payload, replyTo }).catch(composer.fail);
    },
  };
  let shown: string | undefined;
  let views = new Map<string, BubbleView>();

  return {
    element,
    update() {
      const conversation = current(store);
      phone.hidden = !conversation;
      none.hidden = Boolean(conversation);
      if (!conversation) return;
      const key = keyOf(conversation);
      const isNew = shown !== key;
      if (isNew) {
        log.replaceChildren();
        views = new Map();
        shown = key;
        composer.turnTo(key);
      }
      drawHead(head, conversation, leave);
      live.setAttribute("aria-label", chatName(conversation));
      isPinned ||= isNew;
      const added = drawBubbles(log, views, conversation, doings);
      empty.hidden = conversation.bubbles.length > 0;
      const isTyping = store.typing.has(key);
      if (typing.dataset.on !== String(isTyping)) typing.replaceChildren(...(isTyping ? typingDots() : []));
      typing.dataset.on = String(isTyping);
      if (isPinned || added?.author === "customer") toEnd(scroller);
      else if (added) pill.hidden = false;
      if (isNew) pill.hidden = true;
    },
  };
}

function current(store: Store): Conversation | undefined {
  return store.selected === undefined ? undefined : store.conversations.get(store.selected);
}

function chatName({ name, channel }: Conversation): string {
  return t("chatWith", { name, channel: CHANNEL_NAMES[channel] });
}

function drawHead(head: HTMLElement, conversation: Conversation, leave: () => void): void {
  const signature = `${keyOf(conversation)} ${conversation.name}`;
  if (head.dataset.drawn === signature) return;
  head.dataset.drawn = signature;
  const { channel, name } = conversation;
  head.replaceChildren(
    h("button", { type: "button", class: "tool back", "aria-label": t("back"), onclick: leave }, icon("back")),
    h("span", { class: "avatar business" }, h("span", { class: "initials", "aria-hidden": "true" }, "S")),
    h(
      "div",
      { class: "phone-title" },
      h("h2", {}, t("business")),
      h("p", {}, h("span", { class: `mark ${channel}` }, icon(channel)), CHANNEL_NAMES[channel]),
    ),
    h("span", { class: "spacer" }),
    h(
      "span",
      { class: "playing", title: conversation.customer },
      h("span", { class: "initials" }, initialsOf(name)),
      name,
    ),
  );
}

/** Adds and refreshes what changed. @returns the newest message if it is new on the screen. */
function drawBubbles(
  log: HTMLElement,
  views: Map<string, BubbleView>,
  conversation: Conversation,
  doings: BubbleDoings,
): Conversation["bubbles"][number] | undefined {
  let added: Conversation["bubbles"][number] | undefined;
  for (const [index, bubble] of conversation.bubbles.entries()) {
    const before = conversation.bubbles[index - 1];
    let view = views.get(bubble.id);
    if (!view) {
      view = createBubble(bubble, doings);
      views.set(bubble.id, view);
      if (!before || day(before.at) !== day(bubble.at)) log.append(h("li", { class: "day" }, day(bubble.at)));
      log.append(view.element);
      added = bubble;
    }
    const isFollowing = before?.author === bubble.author && bubble.at - before.at < GROUP_MS;
    const quoted = conversation.bubbles.find((each) => each.id === bubble.replyTo);
    view.update(bubble, quoted, isFollowing);
  }
  return added;
}

function createEmpty(send: (text: string) => void): HTMLElement {
  return h(
    "div",
    { class: "empty" },
    h("h3", {}, t("emptyTitle")),
    h("p", {}, t("emptyText")),
    ...SUGGESTIONS.map((word) =>
      h("button", { type: "button", class: "button", onclick: () => send(t(word)) }, t(word)),
    ),
  );
}

function typingDots(): Node[] {
  return [
    h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
    h("span", { class: "unseen" }, t("typing")),
  ];
}

function isAtEnd(scroller: HTMLElement): boolean {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END_PX;
}

function toEnd(scroller: HTMLElement): void {
  scroller.scrollTop = scroller.scrollHeight;
}
