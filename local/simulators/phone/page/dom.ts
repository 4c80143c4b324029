/** The page's whole rendering library. Text only ever becomes text nodes. */

type Child = Node | string | null | undefined | false;
type Attributes = Readonly<Record<string, string | number | boolean | ((event: Event) => void) | undefined>>;

/** Makes an element: `on…` listens, `true` and `false` set and leave out, everything else is an attribute. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2).toLowerCase(), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const ICONS = {
  back: "M10 3 5 8l5 5",
  send: "M2.5 8h11M8.5 3l5 5-5 5",
  plus: "M8 3v10M3 8h10",
  close: "m4 4 8 8M12 4l-8 8",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 5v3l2 1.5",
  tick: "m3.5 8.5 3 3 6-7",
  ticks: "m1.5 8.5 3 3 6-7M8 11.5l.5.5 6-7",
  warning: "M8 2.5 14.5 13.5h-13ZM8 6.5v3M8 11.6v.1",
  sun: "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1.5V3M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1",
  moon: "M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7Z",
  auto: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 2v12M8 5l4.5-1M8 8h6M8 11l4.5 1",
  out: "M6 3.5H3.5v9h9V10M9 3h4v4M13 3 7.5 8.5",
  backstage: "M2.5 4h11M2.5 8h7M2.5 12h9",
  reply: "M6.5 4 2.5 8l4 4M3 8h6.5a4 4 0 0 1 4 4v.5",
  file: "M4 1.5h5l3 3v10H4ZM9 1.5v3h3",
  pin: "M8 14.5s4.5-4.2 4.5-8a4.5 4.5 0 1 0-9 0c0 3.8 4.5 8 4.5 8ZM8 8a1.6 1.6 0 1 0 0-3.2A1.6 1.6 0 0 0 8 8Z",
  voice: "M8 10a2 2 0 0 0 2-2V4a2 2 0 1 0-4 0v4c0 1.1.9 2 2 2ZM3.5 7.5a4.5 4.5 0 0 0 9 0M8 12v2.5",
  dot: "M8 9.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Z",
  person: "M8 8a2.7 2.7 0 1 0 0-5.4A2.7 2.7 0 0 0 8 8ZM2.8 14a5.2 5.2 0 0 1 10.4 0",
  image: "M2.5 3h11v10h-11ZM2.5 11l3.5-3.5 3 3 2-2 2.5 2.5M10.5 6.2v.1",
  video: "M1.5 4h8.5v8H1.5ZM10 7l4.5-2.5v7L10 9",
  smile: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM5.5 9.5a3 3 0 0 0 5 0M6 6.3v.1M10 6.3v.1",
  heart: "M8 13.5S2.5 10.3 2.5 6.3A2.8 2.8 0 0 1 8 5.3a2.8 2.8 0 0 1 5.5 1c0 4-5.5 7.2-5.5 7.2Z",
  bag: "M3.5 5.5h9l.7 8H2.8ZM5.7 7.5V4.5a2.3 2.3 0 0 1 4.6 0v3",
  horn: "M2.5 6.5v3l2 .3L11.5 13V3L4.5 6.2ZM13.5 6.5v3M5 10v3.5",
  story: "M8 14A6 6 0 1 0 8 2M8 2a6 6 0 0 0-5.2 3M2 8a6 6 0 0 0 1 3.3M5.5 13.5 4.8 13M8 5.5v5M5.5 8h5",
  pencil: "M2.5 13.5 3.2 10.5 11 2.7l2.3 2.3-7.8 7.8Z",
  trash: "M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.5 9h6l.5-9M6.8 7v4M9.2 7v4",
  more: "M3.5 8h.1M8 8h.1M12.5 8h.1",
  whatsapp: "M8 14a6 6 0 1 0-5.2-3L2 14.2 5.1 13.3A6 6 0 0 0 8 14ZM6 5.5c0 2.5 2 4.5 4.5 4.5",
  facebook:
    "M8 2C4.6 2 2 4.5 2 7.6c0 1.8.8 3.3 2.1 4.3v2.3l2.1-1.2c.6.2 1.2.2 1.8.2 3.4 0 6-2.5 6-5.6S11.4 2 8 2ZM4.8 9l2.4-2.4 1.6 1.6 2.4-2.2",
  instagram:
    "M5 2h6a3 3 0 0 1 3 3v6a3 3 0 0 1-3 3H5a3 3 0 0 1-3-3V5a3 3 0 0 1 3-3ZM8 10.6a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2ZM11.6 4.4v.1",
} as const;
export type IconName = keyof typeof ICONS;

const SVG = "http://www.w3.org/2000/svg";

/** A line drawing of 16 by 16; says nothing by itself, so put words beside it or in a label. */
export function icon(name: IconName, className = ""): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon ${className}`.trim());
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}
