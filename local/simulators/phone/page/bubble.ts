import { h, type IconName, icon } from "./dom.ts";
import { createMenu, type MenuItem } from "./menu.ts";
import type { Bubble } from "./store.ts";
import { clock, kindName, t, type Word } from "./words.ts";

const STATUS: Readonly<Record<Bubble["status"], readonly [IconName, Word]>> = {
  sending: ["clock", "sSending"],
  sent: ["tick", "sSent"],
  delivered: ["ticks", "sDelivered"],
  read: ["ticks", "sRead"],
  failed: ["warning", "sFailed"],
};
const KIND_ICONS: Readonly<Record<string, IconName>> = {
  location: "pin",
  audio: "voice",
  voice: "voice",
  contacts: "person",
  order: "bag",
  like: "heart",
  image: "image",
  video: "video",
};
/** Kinds whose words are the whole message: no label above them. */
const PLAIN: ReadonlySet<string> = new Set(["text", "template", "interactive", "postback"]);
const PICTURES: ReadonlySet<string> = new Set(["image", "sticker", "share", "story_reply", "story_mention"]);

export interface BubbleView {
  readonly element: HTMLElement;
  update(bubble: Bubble, quoted: Bubble | undefined, isFollowing: boolean): void;
}

export interface BubbleDoings {
  /** Taps a button that the business offered. */
  readonly choose: (bubble: Bubble, id: string, title: string) => void;
  readonly items: (bubble: Bubble) => readonly MenuItem[];
}

/** One message. Redraws only what changed, so that a screen reader does not hear a message again at each tick. */
export function createBubble(first: Bubble, doings: BubbleDoings): BubbleView {
  let current = first;
  const author = h("span", { class: "unseen" }, `${first.author === "customer" ? t("you") : t("business")}: `);
  const content = h("div", { class: "content" });
  const meta = h("div", { class: "meta", "aria-live": "off" });
  const reaction = h("span", { class: "reaction" });
  const problem = h("p", { class: "problem" });
  const choices = h(
    "div",
    { class: "choices" },
    ...(first.choices ?? []).map(({ id, title }) =>
      h("button", { type: "button", onclick: () => doings.choose(current, id, title) }, title),
    ),
  );
  choices.hidden = choices.childElementCount === 0;
  const menu = createMenu({
    label: t("actions"),
    icon: "more",
    className: "tool more",
    items: () => doings.items(current),
  });
  const box = h("div", { class: "bubble" }, author, content, meta, reaction);
  const element = h(
    "li",
    { class: `line ${first.author}` },
    h("div", { class: "bubble-row" }, box, menu),
    choices,
    problem,
  );
  let drawn = "";
  return {
    element,
    update(bubble, quoted, isFollowing) {
      current = bubble;
      element.classList.toggle("following", isFollowing);
      const signature = JSON.stringify([bubble.text, bubble.deleted, quoted?.text]);
      if (signature !== drawn) content.replaceChildren(...contentOf(bubble, quoted));
      drawn = signature;
      meta.replaceChildren(...metaOf(bubble));
      menu.hidden = bubble.deleted === true;
      reaction.textContent = bubble.reaction ?? "";
      reaction.hidden = !bubble.reaction;
      problem.textContent = problemOf(bubble);
      problem.hidden = problem.textContent === "";
    },
  };
}

function contentOf(bubble: Bubble, quoted: Bubble | undefined): Node[] {
  if (bubble.deleted) return [h("em", { class: "gone" }, t("deletedText"))];
  const parts: Node[] = [];
  if (quoted) parts.push(h("blockquote", {}, quoted.text || kindName(quoted.kind)));
  if (!PLAIN.has(bubble.kind)) parts.push(...kindOf(bubble));
  if (bubble.text !== "") parts.push(h("p", { dir: "auto" }, bubble.text));
  return parts;
}

function kindOf(bubble: Bubble): Node[] {
  const { kind, mediaUrl } = bubble;
  const label = [icon(KIND_ICONS[kind] ?? "file"), kindName(kind)];
  if (mediaUrl === undefined) return [h("span", { class: "kind" }, ...label)];
  if (kind === "voice" || kind === "audio") {
    return [h("audio", { controls: true, preload: "metadata", src: mediaUrl, "aria-label": kindName(kind) })];
  }
  if (!PICTURES.has(kind)) {
    return [h("a", { class: "kind", href: mediaUrl, target: "_blank", rel: "noreferrer" }, ...label)];
  }
  const picture = h("img", { class: kind, src: mediaUrl, alt: kindName(kind) });
  const caption = kind === "image" || kind === "sticker" ? [] : [h("span", { class: "kind" }, kindName(kind))];
  return [...caption, picture];
}

function metaOf(bubble: Bubble): Node[] {
  const [name, word] = STATUS[bubble.status];
  const parts: Node[] = [h("time", { datetime: new Date(bubble.at).toISOString() }, clock(bubble.at))];
  if (bubble.edits) parts.unshift(h("span", {}, t("edited")));
  // The customer's phone shows ticks on the customer's own messages only.
  if (bubble.author === "customer" || bubble.status === "failed") {
    const tick = h("span", { class: `tick ${bubble.status}`, title: t(word) }, icon(name));
    tick.append(h("span", { class: "unseen" }, t(word)));
    parts.push(tick);
  }
  return parts;
}

function problemOf(bubble: Bubble): string {
  if (!bubble.problem) return "";
  return bubble.author === "customer" ? t("webhookRefused", { status: bubble.problem }) : bubble.problem;
}
