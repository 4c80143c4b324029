import { act } from "./api.ts";
import { attachItems } from "./doings.ts";
import { h, icon } from "./dom.ts";
import { createMenu } from "./menu.ts";
import type { Bubble, Conversation } from "./store.ts";
import { kindName, t } from "./words.ts";

export type Purpose = "reply" | "edit";

/** The line to write on: grows to six lines, Enter sends, Shift+Enter breaks the line, Escape gives up a reply or edit. */
export function createComposer(current: () => Conversation | undefined) {
  const problem = h("p", { class: "problem", role: "alert", hidden: true });
  const about = h("p", { class: "about-text" });
  const purposeBar = h(
    "div",
    { class: "purpose", hidden: true },
    about,
    h("button", { type: "button", class: "tool", "aria-label": t("cancel"), onclick: () => drop() }, icon("close")),
  );
  const input = h("textarea", { rows: 1, "aria-label": t("write"), placeholder: t("write"), enterkeyhint: "send" });
  const fail = (error: unknown) => {
    problem.textContent = error instanceof Error ? error.message : String(error);
    problem.hidden = false;
  };
  const attach = createMenu({
    label: t("attach"),
    icon: "plus",
    className: "tool attach",
    items: () => {
      const conversation = current();
      return conversation ? attachItems(conversation, fail) : [];
    },
  });
  const button = h(
    "button",
    { type: "submit", class: "send", "aria-label": t("send"), title: t("send") },
    icon("send"),
  );
  const form = h("form", { class: "composer" }, attach, input, button);
  const element = h("div", { class: "composer-box" }, problem, purposeBar, form);
  let purpose: { readonly kind: Purpose; readonly bubble: Bubble } | undefined;
  let writingTo: string | undefined;
  const drafts = new Map<string, string>();

  const drop = () => {
    if (purpose?.kind === "edit") input.value = "";
    purpose = undefined;
    purposeBar.hidden = true;
    input.focus();
  };

  async function send(text: string): Promise<void> {
    const conversation = current();
    if (!conversation) return;
    const more =
      purpose?.kind === "edit"
        ? { type: "edit", target: purpose.bubble.id }
        : purpose && { replyTo: purpose.bubble.id };
    const kept = purpose;
    const sentTo = writingTo;
    input.value = "";
    problem.hidden = true;
    purpose = undefined;
    purposeBar.hidden = true;
    try {
      await act({ channel: conversation.channel, from: conversation.customer, text, ...more });
    } catch (error) {
      if (writingTo !== sentTo) {
        if (sentTo !== undefined) drafts.set(sentTo, text);
        return;
      }
      fail(error);
      if (input.value === "") input.value = text;
      if (kept) compose(kept.kind, kept.bubble);
    }
  }

  function compose(kind: Purpose, bubble: Bubble): void {
    purpose = { kind, bubble };
    if (kind === "edit") input.value = bubble.text;
    about.replaceChildren(
      h("strong", {}, kind === "edit" ? t("editing") : t("replying")),
      h("span", {}, bubble.text || kindName(bubble.kind)),
    );
    purposeBar.hidden = false;
    input.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (text !== "") void send(text);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && purpose) drop();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  return {
    element,
    send,
    compose,
    fail,
    /** Turns to another conversation: what was begun in the one before waits there. */
    turnTo(key: string) {
      if (writingTo !== undefined) drafts.set(writingTo, purpose?.kind === "edit" ? "" : input.value);
      writingTo = key;
      input.value = drafts.get(key) ?? "";
      problem.hidden = true;
      purpose = undefined;
      purposeBar.hidden = true;
    },
  };
}
