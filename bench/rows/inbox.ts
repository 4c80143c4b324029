import { setTimeout } from "node:timers/promises";
import { initializeApp } from "firebase-admin/app";
import { getFirestore } from "firebase-admin/firestore";
import type { Page } from "playwright-core";
import type { LocalCloudHandle } from "../../local/cloud.ts";
import { launchChromium } from "../../tests/support/chromium.ts";
import { customerNo, seedConversations, seedMessages } from "../support/inbox-data.ts";
import { meterReads, scrollFrames, switchTime, watchRows } from "../support/inbox-page.ts";
import { median, percentile } from "../support/open-model.ts";
import { whatsappText } from "../support/payload.ts";
import { type Effort, milliseconds, type Row } from "../support/row.ts";

const CONVERSATIONS = 10_000;
const MESSAGES = 10_000;
/** Conversations before a team, and messages in one of them. */
const ORDINARY = 200;
const ROWS = "[data-testid=rows]";
/** 12,000 a second at 60 frames: a list thrown as hard as a touchpad can, three new rows a frame. */
const PIXELS_A_FRAME = 200;
const SCROLL_DEADLINE_MS = 600_000;
/** Conversations between which one goes to and fro. */
const SWITCHED = 7;
const LOG = "section[tabindex='0']";
/** What an agent sees in an hour of a busy team: messages that arrive in all conversations together. */
const MESSAGES_AN_HOUR = 600;
/** Six times as many, so that a message and the bot's answer to it are over before the next: latency, not capacity. */
const ARRIVAL_GAP_MS = 1_000;

/** The built inbox in a real browser, over a store as large as the product promises to stay smooth with. */
export async function inboxRows(handle: LocalCloudHandle, effort: Effort): Promise<Row[]> {
  const { outputs } = handle;
  process.env.FIRESTORE_EMULATOR_HOST = outputs.firestoreHost;
  process.env.METADATA_SERVER_DETECTION = "none";
  const db = getFirestore(initializeApp({ projectId: outputs.project }, "bench-inbox"));
  const now = Date.now() - 60_000;
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: "pt-BR" });
    await seedConversations(db, ORDINARY, now);
    await seedMessages(db, customerNo(0), ORDINARY, now);
    const ordinary = await ordinaryDay(page, handle, effort.quick ? 20 : 200);
    // Nobody looks while the store fills: each batch would be sent to the page.
    await page.goto("about:blank");
    const [conversations, messages] = effort.quick ? [1_000, 1_000] : [CONVERSATIONS, MESSAGES];
    await seedConversations(db, conversations, now);
    await seedMessages(db, customerNo(0), messages, now);
    await page.goto(outputs.inboxUrl);
    return [...ordinary, ...(await largeStore(page, conversations, messages, effort.quick ? 5_000 : 30_000))];
  } finally {
    await browser.close();
  }
}

/**
 * A store as a team has it before it. The emulator goes through a whole collection for every live query at each write, so
 * that with thousands of documents it would be the emulator that is measured.
 */
async function ordinaryDay(page: Page, handle: LocalCloudHandle, messages: number): Promise<Row[]> {
  const meter = await meterReads(page);
  await signIn(page, handle);
  await page.locator("[data-row]").first().waitFor();
  await page.locator(`[data-row="whatsapp_${customerNo(0)}"]`).click();
  await page.getByText(`Mensagem ${ORDINARY - 1}:`).waitFor();
  const { reads: opened, sent } = meter;
  if (opened === 0) throw new Error("No document was counted on its way into the page: the figure of reads would lie.");
  const arrivals = await measureArrivals(page, handle, messages);
  const each = (meter.reads - opened) / arrivals.length;
  const told = (meter.sent - sent) / arrivals.length;
  const hour = Math.round(opened + each * MESSAGES_AN_HOUR);
  return [
    {
      what: "webhook to message visible in the inbox",
      bar: "p50 ≤ 300 ms, p99 ≤ 1 s",
      measured: `p50 ${milliseconds(median(arrivals))}, p99 ${milliseconds(percentile(sorted(arrivals), 99))}`,
      holds: median(arrivals) <= 300 && percentile(sorted(arrivals), 99) <= 1_000,
    },
    {
      what: `Firestore reads per agent-hour, ${MESSAGES_AN_HOUR} messages arriving`,
      bar: "≤ 5000",
      measured: `${hour} (${opened} to open, ${each.toFixed(1)} a message; the emulator sends ${told.toFixed(0)})`,
      holds: hour <= 5_000,
    },
  ];
}

/** As large as the product promises to stay smooth with. @param logMs how long the conversation is scrolled */
async function largeStore(page: Page, conversations: number, messages: number, logMs: number): Promise<Row[]> {
  await page.locator("[data-row]").first().waitFor();
  const list = await scrollAll(page, `[data-row="whatsapp_${customerNo(conversations - 1)}"]`);
  await page.locator(ROWS).evaluate((rows) => rows.scrollTo(0, 0));
  await page.locator(`[data-row="whatsapp_${customerNo(1)}"]`).waitFor();
  const switches = await measureSwitches(page);

  await page.locator(`[data-row="whatsapp_${customerNo(0)}"]`).click();
  await page.getByText(`Mensagem ${messages - 1}:`).waitFor();
  const log = await scrollFrames(page, LOG, -PIXELS_A_FRAME, logMs);
  return [
    frameRow(`inbox list of ${conversations}, scrolled to its end`, list),
    frameRow(`conversation of ${messages} messages, scrolled back`, log),
    {
      what: "conversation switch, row pressed to conversation drawn",
      bar: "≤ 50 ms",
      measured: `p50 ${milliseconds(median(switches))}, max ${milliseconds(Math.max(...switches))}`,
      holds: median(switches) <= 50,
    },
  ];
}

async function signIn(page: Page, { outputs }: LocalCloudHandle): Promise<void> {
  const agent = outputs.demoUsers.find((user) => user.role === "agent");
  if (!agent) throw new Error("There is no demo agent.");
  await page.goto(outputs.inboxUrl);
  await page.getByLabel("E-mail").fill(agent.email);
  await page.getByLabel("Senha").fill(agent.password);
  await page.getByRole("button", { name: "Entrar" }).click();
}

/** Scrolls until an element is there: older pages come on the way. */
async function scrollAll(page: Page, last: string): Promise<number[]> {
  const frames: number[] = [];
  const end = page.locator(last);
  for (const deadline = Date.now() + SCROLL_DEADLINE_MS; (await end.count()) === 0; ) {
    if (Date.now() > deadline) throw new Error(`The list's end did not come within ${SCROLL_DEADLINE_MS} ms.`);
    frames.push(...(await scrollFrames(page, ROWS, PIXELS_A_FRAME, 500)));
  }
  return frames;
}

async function measureSwitches(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    for (let index = 1; index <= SWITCHED; index += 1) {
      times.push(await switchTime(page, `whatsapp_${customerNo(index)}`, `Cliente de exemplo número ${index}`));
    }
  }
  // The first round fetches what the others find in memory.
  return times.slice(SWITCHED);
}

/** Messages through the webhook at their own pace, each from the request's start to the row that shows it. */
async function measureArrivals(page: Page, { outputs }: LocalCloudHandle, count: number): Promise<number[]> {
  await watchRows(page);
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const next = setTimeout(ARRIVAL_GAP_MS);
    const mark = `bench-${index}-`;
    const from = customerNo(writerNo(index));
    const { body, headers } = whatsappText(outputs.secrets.META_APP_SECRET, `${mark}${Date.now()}`, from, mark);
    const began = Date.now();
    const url = outputs.webhookUrls.whatsapp;
    const response = await fetch(url, { method: "POST", headers: { ...headers }, body: new Uint8Array(body) });
    if (response.status !== 200) throw new Error(`The webhook answered ${response.status}.`);
    times.push((await changedSince(page, `whatsapp_${from}`, began)) - began);
    await next;
  }
  return times;
}

/** One in fifty writes in the conversation that is open. */
function writerNo(index: number): number {
  const turn = index % 50;
  return turn === 0 ? 0 : SWITCHED + turn;
}

/** When a row first changed after a moment. Asked again and again: the page's own policy forbids what a waiting call would run. */
async function changedSince(page: Page, row: string, moment: number): Promise<number> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; ) {
    const at = await page.evaluate((id) => window.benchChanged.get(id), row);
    if (at !== undefined && at >= moment) return at;
    await page.waitForTimeout(20);
  }
  throw new Error(`The row ${row} did not change within 30 s.`);
}

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);

function frameRow(what: string, frames: readonly number[]): Row {
  const longest = Math.max(...frames);
  const over = frames.filter((frame) => frame > 50).length;
  return {
    what,
    bar: "no frame > 50 ms",
    measured: `p50 ${milliseconds(median(frames))}, p99 ${milliseconds(percentile(sorted(frames), 99))}, max ${milliseconds(longest)}, ${over} of ${frames.length} over`,
    holds: over === 0,
  };
}
