import type { Part } from "../budget.ts";

/** Design, section 10, in gzip bytes. The build fails above them; `npm run bench` prints where it stands. */
export const WIDGET_PARTS = {
  "widget loader": { files: /^widget\.js$/, limit: 3_000 },
  "widget chat": { files: /^(?!widget\.js$).*\.(?:html|js|css)$/, limit: 25_000 },
} as const satisfies Readonly<Record<string, Part>>;
