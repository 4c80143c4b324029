import { h, icon } from "./dom.ts";
import { t } from "./words.ts";

/** The line to write on: grows to six lines, Enter sends, Shift+Enter breaks the line. */
export function createComposer(send: (text: string) => Promise<unknown>) {
  const problem = h("p", { class: "problem", role: "alert", hidden: true });
  const input = h("textarea", { rows: 1, "aria-label": t("write"), placeholder: t("write"), enterkeyhint: "send" });
  const button = h(
    "button",
    { type: "submit", class: "send", "aria-label": t("send"), title: t("send") },
    icon("send"),
  );
  const form = h("form", { class: "composer" }, input, button);
  const element = h("div", { class: "composer-box" }, problem, form);

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (text === "") return;
    input.value = "";
    problem.hidden = true;
    try {
      await send(text);
    } catch (error) {
      problem.textContent = error instanceof Error ? error.message : String(error);
      problem.hidden = false;
      if (input.value === "") input.value = text;
    }
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  return {
    element,
    reset() {
      input.value = "";
      problem.hidden = true;
    },
  };
}
