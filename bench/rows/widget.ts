import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { LocalCloudHandle } from "../../local/cloud.ts";
import { launchChromium } from "../../tests/support/chromium.ts";
import { weighParts } from "../../web/budget.ts";
import { WIDGET_PARTS } from "../../web/widget/budget.ts";
import { median } from "../support/open-model.ts";
import { type Effort, milliseconds, type Row } from "../support/row.ts";

const built = join(import.meta.dirname, "../../dist/web/widget");
/** Intercom's and others' launchers take a second; a person takes less than this for no wait at all. */
const OPEN_BAR_MS = 150;
/** What a website pays for the chat, and how fast it opens for somebody who has never been there. */
export async function widgetRows(handle: LocalCloudHandle, effort: Effort): Promise<Row[]> {
  return [...weightRows(), await openRow(handle, effort.quick ? 3 : 15)];
}

/** The very files that this run serves. */
function weightRows(): Row[] {
  const names = readdirSync(built, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = new Map(
    names.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(built.length + 1), readFileSync(path)];
    }),
  );
  const weights = weighParts(files, WIDGET_PARTS);
  return Object.entries(WIDGET_PARTS).map(([name, { limit }]) => {
    const weight = weights[name] ?? 0;
    const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
    return {
      what: name,
      bar: `≤ ${limit / 1000} kB gzip`,
      measured: kilobytes(weight),
      holds: weight > 0 && weight <= limit,
    };
  });
}

async function openRow(handle: LocalCloudHandle, visits: number): Promise<Row> {
  const browser = await launchChromium();
  try {
    const times: number[] = [];
    for (let visit = 0; visit < visits; visit += 1) times.push(await openTime(browser, handle.outputs.widgetUrl));
    const time = median(times);
    return {
      what: "widget, prefetched: from the click to a chat that can be written in",
      bar: `≤ ${OPEN_BAR_MS} ms`,
      measured: milliseconds(time),
      holds: time <= OPEN_BAR_MS,
    };
  } finally {
    await browser.close();
  }
}

/** One first visit: a browser without a cache, a pointer that comes to the launcher, a click, and the box to write in. */
async function openTime(browser: Browser, website: string): Promise<number> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(website);
    const launcher = page.getByRole("button", { name: /chat/ });
    await launcher.hover();
    // Fetched while the pointer rests there, which it does for some 300 ms before a person clicks.
    await page.frameLocator("iframe").locator("#chat > *").waitFor({ state: "attached" });
    // Both frames stamp by the same clock, so that Playwright's own way to and fro is not counted.
    const written = chatFrame(page).evaluate(() => {
      const painted = (resolve: (time: number) => void) => () => {
        const box = document.querySelector("textarea");
        if (box && box === document.activeElement && box.clientHeight > 0)
          resolve(performance.timeOrigin + performance.now());
        else requestAnimationFrame(painted(resolve));
      };
      return new Promise<number>((resolve) => requestAnimationFrame(painted(resolve)));
    });
    const clicked = await launcher.evaluate((button: HTMLElement) => {
      const time = performance.timeOrigin + performance.now();
      button.click();
      return time;
    });
    return (await written) - clicked;
  } finally {
    await context.close();
  }
}

function chatFrame(page: Page) {
  const frame = page.frames().find((each) => each.url().includes("/widget/chat.html"));
  if (!frame) throw new Error("The chat was not prefetched when the pointer came to the launcher.");
  return frame;
}
