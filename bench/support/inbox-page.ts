import type { Page } from "playwright-core";
import { createReadMeter, type ReadMeter } from "./read-meter.ts";

/** What is measured inside the page itself, where it happens. */

declare global {
  interface Window {
    /** When what a row of the list says last changed, Unix milliseconds, by the row's conversation. */
    benchChanged: Map<string, number>;
  }
}

/** The path of live queries, whichever host answers: a local stack puts a relay of its own before the emulator. */
const LISTEN = "google.firestore.v1.Firestore/Listen";
/** Of a WebChannel's requests the ones that the server answers bit by bit. */
const BACK_CHANNEL = "RID=rpc";

/** Meters what comes from Firestore, outside the page: its own time is measured too. To be called before it is opened. */
export async function meterReads(page: Page): Promise<ReadMeter> {
  const meter = createReadMeter();
  const decoders = new Map<string, TextDecoder>();
  const devtools = await page.context().newCDPSession(page);
  const take = (requestId: string, base64: string) => {
    const bytes = Buffer.from(base64, "base64");
    const text = decoders.get(requestId)?.decode(bytes, { stream: true });
    if (text) meter.push(requestId, text);
  };
  devtools.on("Network.responseReceived", ({ requestId, response }) => {
    if (!response.url.includes(LISTEN) || !response.url.includes(BACK_CHANNEL)) return;
    decoders.set(requestId, new TextDecoder());
    devtools.send("Network.streamResourceContent", { requestId }).then(
      ({ bufferedData }) => take(requestId, bufferedData),
      // A stream that is over by then has nothing more to say.
      () => decoders.delete(requestId),
    );
  });
  devtools.on("Network.dataReceived", ({ requestId, data }) => {
    if (data !== undefined) take(requestId, data);
  });
  await devtools.send("Network.enable");
  return meter;
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

/**
 * Follows the rows of the list: when what one says changes. Which words it says is not asked: the bot may have answered
 * before the page draws again, and its words stand there then.
 */
export async function watchRows(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.benchChanged = new Map();
    const known = new Map<string, string>();
    const look = () => {
      for (const row of document.querySelectorAll("[data-testid=rows] [data-row]")) {
        const id = row.getAttribute("data-row") ?? "";
        const says = [...row.querySelectorAll("bdi")].map((part) => part.textContent).join(" ");
        if (known.get(id) !== says) window.benchChanged.set(id, Date.now());
        known.set(id, says);
      }
    };
    look();
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
