import type { Page } from "playwright-core";

/** What is measured inside the page itself, where it happens. */

declare global {
  interface Window {
    /** Documents that the server has sent, which is what Firestore bills as reads. */
    benchReads: number;
    /** When a text first stood in a row of the list, Unix milliseconds. */
    benchSeen: Record<string, number | undefined>;
  }
}

/** The path of live queries, whichever host answers: a local stack puts a relay of its own before the emulator. */
const LISTEN = "google.firestore.v1.Firestore/Listen";

/** Counts what comes from Firestore, before the page's own scripts run: each document of its stream is one read. */
export async function countReads(page: Page): Promise<void> {
  await page.addInitScript((stream) => {
    window.benchReads = 0;
    const documentsIn = (text: string) => text.split('"documentChange"').length - 1;
    const openAsItIs = XMLHttpRequest.prototype.open;
    XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, method: string, url: string | URL) {
      if (String(url).includes(stream)) {
        let counted = 0;
        this.addEventListener("readystatechange", () => {
          if (this.responseType !== "" && this.responseType !== "text") return;
          // The whole answer so far: what grew since the last look is new.
          const all = documentsIn(this.responseText);
          window.benchReads += all - counted;
          counted = all;
        });
      }
      openAsItIs.call(this, method, url, true);
    };
    const fetchAsItIs = window.fetch.bind(window);
    window.fetch = async (input, init) => {
      const response = await fetchAsItIs(input, init);
      const url = input instanceof Request ? input.url : String(input);
      if (!url.includes(stream) || response.body === null) return response;
      const [own, copy] = response.body.tee();
      const count = async () => {
        const reader = copy.pipeThrough(new TextDecoderStream()).getReader();
        let text = "";
        let counted = 0;
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
          text += part.value;
          const all = documentsIn(text);
          window.benchReads += all - counted;
          counted = all;
        }
      };
      // The page closes its streams whenever it likes.
      count().catch(() => undefined);
      return new Response(own, response);
    };
  }, LISTEN);
}

/** Scrolls an element for a while, a bit each frame, and tells how long the frames took, in milliseconds. */
export function scrollFrames(page: Page, selector: string, pixelsAFrame: number, forMs: number): Promise<number[]> {
  return page.evaluate(
    ([where, step, lasting]) =>
      new Promise<number[]>((resolve) => {
        const element = document.querySelector(where);
        if (element === null) throw new Error(`There is no ${where}.`);
        const frames: number[] = [];
        const began = performance.now();
        let before = began;
        const frame = (now: number) => {
          frames.push(now - before);
          before = now;
          element.scrollTop += step;
          if (now - began < lasting) requestAnimationFrame(frame);
          else resolve(frames.slice(1));
        };
        requestAnimationFrame(frame);
      }),
    [selector, pixelsAFrame, forMs] as const,
  );
}

/** Follows the rows of the list: when a text of the form `bench-…` first stands in one. */
export async function watchRows(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.benchSeen = {};
    const look = () => {
      const words = document.querySelector("[data-testid=rows]")?.textContent ?? "";
      for (const [mark] of words.matchAll(/bench-\d+-/g)) window.benchSeen[mark] ??= Date.now();
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

/** Presses a row and waits for the frame in which its conversation stands there; milliseconds. */
export function switchTime(page: Page, id: string, name: string): Promise<number> {
  return page.evaluate(
    ([row, title]) =>
      new Promise<number>((resolve, reject) => {
        const link = document.querySelector<HTMLElement>(`[data-row="${CSS.escape(row)}"]`);
        if (link === null) return reject(new Error(`There is no row ${row}.`));
        const began = performance.now();
        const look = () => {
          const shown = document.getElementById("conversation-title")?.textContent === title;
          if (shown) requestAnimationFrame(() => resolve(performance.now() - began));
          else requestAnimationFrame(look);
        };
        link.click();
        look();
      }),
    [id, name] as const,
  );
}
