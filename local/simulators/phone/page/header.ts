import { h, type IconName, icon } from "./dom.ts";
import { load, save } from "./remember.ts";
import type { Store } from "./store.ts";
import { LANGUAGES, type Language, language, setLanguage, t, type Word } from "./words.ts";

const THEMES = ["auto", "light", "dark"] as const;
type Theme = (typeof THEMES)[number];
const THEME_ICONS: Readonly<Record<Theme, IconName>> = { auto: "auto", light: "sun", dark: "moon" };
const THEME_WORDS: Readonly<Record<Theme, Word>> = { auto: "themeAuto", light: "themeLight", dark: "themeDark" };

/** The bar on top: where one is, the way to the inbox, language, theme, and the notice when something is missing. */
export function createHeader(options: { store: Store; backstage: HTMLElement; languageChanged: () => void }) {
  const { store, backstage } = options;
  const inbox = h(
    "a",
    { class: "button inbox", target: "_blank", rel: "noreferrer" },
    h("span", {}, t("inbox")),
    icon("out"),
  );
  const notice = h("p", { class: "notice", role: "status" });
  const languages = h(
    "div",
    { class: "segments", role: "group", "aria-label": t("language") },
    ...(Object.keys(LANGUAGES) as Language[]).map((each) =>
      h(
        "button",
        {
          type: "button",
          lang: LANGUAGES[each],
          "aria-pressed": String(each === language()),
          onclick: () => {
            setLanguage(each);
            save("language", each);
            options.languageChanged();
          },
        },
        each.toUpperCase(),
      ),
    ),
  );
  const toggle = h(
    "button",
    {
      type: "button",
      class: "tool backstage-toggle",
      "aria-label": t("backstage"),
      title: t("backstage"),
      "aria-expanded": "false",
      onclick: () => {
        const isOpen = document.body.classList.toggle("behind");
        toggle.setAttribute("aria-expanded", String(isOpen));
        if (isOpen) backstage.querySelector<HTMLElement>("button")?.focus();
      },
    },
    icon("backstage"),
  );
  const element = h(
    "header",
    {},
    h("h1", { class: "unseen" }, t("title")),
    h(
      "div",
      { class: "bar" },
      h("p", { class: "brand" }, h("img", { src: "/phone/icon.svg", alt: "", width: 20, height: 20 }), t("title")),
      h("span", { class: "subtitle" }, t("subtitle")),
      h("span", { class: "spacer" }),
      inbox,
      languages,
      createThemeButton(),
      toggle,
    ),
    notice,
  );
  return {
    element,
    update() {
      const url = store.state?.inboxUrl;
      inbox.hidden = !url;
      if (url) inbox.href = url;
      inbox.setAttribute("aria-label", t("inbox"));
      const text = noticeOf(store);
      if (notice.textContent !== text) notice.textContent = text;
      notice.hidden = text === "";
    },
  };
}

function noticeOf(store: Store): string {
  if (!store.online) return store.state ? t("offline") : "";
  if (store.state && !store.state.connected) return t("notConnected");
  const channel = store.selected?.split(":")[0];
  const isTold = store.state?.subscribed.some((each) => each === channel) ?? true;
  return channel !== undefined && !isTold ? t("unsubscribed") : "";
}

function createThemeButton(): HTMLElement {
  const button = h("button", { type: "button", class: "tool" });
  const show = (theme: Theme) => {
    const label = `${t("theme")}: ${t(THEME_WORDS[theme])}`;
    button.replaceChildren(icon(THEME_ICONS[theme]));
    button.setAttribute("aria-label", label);
    button.title = label;
    document.documentElement.dataset.theme = theme;
  };
  const current = (): Theme => THEMES.find((theme) => theme === load("theme")) ?? "auto";
  button.addEventListener("click", () => {
    const next = THEMES[(THEMES.indexOf(current()) + 1) % THEMES.length] ?? "auto";
    save("theme", next);
    show(next);
  });
  show(current());
  return button;
}
