import { h, type IconName, icon } from "./dom.ts";
import type { Bubble } from "./store.ts";
import { clock, t, type Word } from "./words.ts";

const STATUS: Readonly<Record<Bubble["status"], readonly [IconName, Word]>> = {
  sending: ["clock", "sSending"],
  sent: ["tick", "sSent"],
  delivered: ["ticks", "sDelivered"],
  read: ["ticks", "sRead"],
  failed: ["warning", "sFailed"],
};

export interface BubbleView {
  readonly element: HTMLElement;
  update(bubble: Bubble, quoted: Bubble | undefined, isFollowing: boolean): void;
}

/** One message. Redraws only what changed, so that a screen reader does not hear a message again at each tick. */
export function createBubble(first: Bubble, choose: (id: string, title: string) => void): BubbleView {
  const author = h("span", { class: "unseen" }, `${first.author === "customer" ? t("you") : t("business")}: `);
  const content = h("div", { class: "content" });
  const meta = h("div", { class: "meta", "aria-live": "off" });
  const reaction = h("span", { class: "reaction" });
  const problem = h("p", { class: "problem" });
  const choices = h("div", { class: "choices" });
  const box = h("div", { class: "bubble" }, author, content, meta, reaction);
  const element = h("li", { class: `line ${first.author}` }, box, choices, problem);
  for (const choice of first.choices ?? []) {
    choices.append(h("button", { type: "button", onclick: () => choose(choice.id, choice.title) }, choice.title));
  }
  choices.hidden = choices.childElementCount === 0;
  let drawn = "";
  return {
    element,
    update(bubble, quoted, isFollowing) {
      element.classList.toggle("following", isFollowing);
      const signature = JSON.stringify([bubble.text, bubble.deleted, quoted?.text]);
      if (signature !== drawn) content.replaceChildren(...contentOf(bubble, quoted));
      drawn = signature;
      meta.replaceChildren(...metaOf(bubble));
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
  if (quoted) parts.push(h("blockquote", {}, quoted.text || `[${quoted.kind}]`));
  if (bubble.mediaUrl !== undefined) parts.push(mediaOf(bubble, bubble.mediaUrl));
  else if (bubble.kind !== "text") parts.push(h("span", { class: "kind" }, icon(kindIcon(bubble.kind)), bubble.kind));
  if (bubble.text !== "") parts.push(h("p", { dir: "auto" }, bubble.text));
  return parts;
}

function mediaOf(bubble: Bubble, url: string): Node {
  if (bubble.kind === "image" || bubble.kind === "sticker")
    return h("img", { class: bubble.kind, src: url, alt: bubble.kind });
  return h(
    "a",
    { class: "kind", href: url, target: "_blank", rel: "noreferrer" },
    icon(kindIcon(bubble.kind)),
    bubble.kind,
  );
}

function kindIcon(kind: string): IconName {
  const icons: Readonly<Record<string, IconName>> = {
    location: "pin",
    audio: "voice",
    voice: "voice",
    contacts: "person",
  };
  return icons[kind] ?? "file";
}

function metaOf(bubble: Bubble): Node[] {
  const [name, word] = STATUS[bubble.status];
  const parts: Node[] = [h("time", { datetime: new Date(bubble.at).toISOString() }, clock(bubble.at))];
  if (bubble.edits) parts.unshift(h("span", {}, t("edited")));
  // The customer's phone shows ticks on the customer's own messages only.
  if (bubble.author === "customer" || bubble.status === "failed") {
    const label = bubble.author === "customer" || bubble.status === "failed" ? t(word) : "";
    parts.push(
      h("span", { class: `tick ${bubble.status}`, title: label }, icon(name), h("span", { class: "unseen" }, label)),
    );
  }
  return parts;
}

function problemOf(bubble: Bubble): string {
  if (!bubble.problem) return "";
  return bubble.author === "customer" ? t("webhookRefused", { status: bubble.problem }) : bubble.problem;
}
