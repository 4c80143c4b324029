import { h, type IconName, icon } from "./dom.ts";

export interface MenuItem {
  readonly label: string;
  /** An icon, or an emoji that stands by itself. */
  readonly icon?: IconName;
  readonly emoji?: string;
  readonly run: () => void;
}

const GAP_PX = 6;

/** A button that opens a menu in the top layer: arrows move, Enter chooses, Escape closes and gives the focus back. */
export function createMenu(options: {
  label: string;
  icon: IconName;
  className: string;
  items: () => readonly MenuItem[];
}): HTMLElement {
  const menu = h("div", { class: "menu", role: "menu", popover: "auto", "aria-label": options.label });
  const button = h(
    "button",
    {
      type: "button",
      class: options.className,
      "aria-label": options.label,
      title: options.label,
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      onclick: () => open(),
    },
    icon(options.icon),
  );
  const open = () => {
    const buttons = options.items().map((item) => createItem(item, () => menu.hidePopover()));
    menu.replaceChildren(...buttons);
    menu.showPopover();
    place(menu, button);
    buttons[0]?.focus();
  };
  menu.addEventListener("toggle", (event) => {
    const isOpen = (event as ToggleEvent).newState === "open";
    button.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen && menu.contains(document.activeElement)) button.focus();
  });
  menu.addEventListener("keydown", (event) => {
    const buttons = [...menu.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowRight: at + 1,
      ArrowUp: at - 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: -1,
    };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    buttons.at(next % buttons.length)?.focus();
  });
  return h("span", { class: "menu-anchor" }, button, menu);
}

function createItem(item: MenuItem, close: () => void): HTMLButtonElement {
  const run = () => {
    close();
    item.run();
  };
  const face = item.emoji === undefined ? [item.icon ? icon(item.icon) : null, item.label] : [item.emoji];
  const attributes = item.emoji === undefined ? {} : { class: "emoji", "aria-label": item.label };
  return h("button", { type: "button", role: "menuitem", tabindex: -1, onclick: run, ...attributes }, ...face);
}

/** Above the button, or below when there is no room; never off the screen. */
function place(menu: HTMLElement, button: HTMLElement): void {
  const [box, size] = [button.getBoundingClientRect(), menu.getBoundingClientRect()];
  const above = box.top - size.height - GAP_PX;
  const top = above > GAP_PX ? above : Math.min(box.bottom + GAP_PX, innerHeight - size.height - GAP_PX);
  const left = Math.min(Math.max(GAP_PX, box.left), innerWidth - size.width - GAP_PX);
  menu.style.top = `${top}px`;
  menu.style.left = `${left}px`;
}
