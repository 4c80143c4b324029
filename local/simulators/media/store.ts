import { createHash, randomBytes } from "node:crypto";
import type { Sample } from "./samples.ts";

/** Meta's media addresses live five minutes (WhatsApp Cloud API, media). */
export const ADDRESS_LIFE_MS = 5 * 60_000;
/** Files kept in memory; the oldest go first. */
const MAX_FILES = 500;
const MAX_TICKETS = 5_000;

export interface MediaFile extends Sample {
  readonly id: string;
  readonly sha256: Buffer;
}

/** Files that customers sent, and the short-lived addresses under which WhatsApp hands them out. */
export class MediaStore {
  readonly #files = new Map<string, MediaFile>();
  readonly #tickets = new Map<string, { readonly file: MediaFile; readonly until: number }>();
  readonly #base: string;
  readonly #now: () => number;
  #lastId = 700_000_000_000_000;

  constructor(url: string, now: () => number) {
    this.#base = `${url}/media`;
    this.#now = now;
  }

  add(file: Sample): MediaFile {
    this.#lastId += 1;
    const stored = { ...file, id: String(this.#lastId), sha256: createHash("sha256").update(file.bytes).digest() };
    this.#files.set(stored.id, stored);
    forgetOldest(this.#files, MAX_FILES);
    return stored;
  }

  get(id: string): MediaFile | undefined {
    return this.#files.get(id);
  }

  /** WhatsApp: an address that needs the token and dies after five minutes. */
  ticket(file: MediaFile): string {
    const ticket = randomBytes(18).toString("base64url");
    this.#tickets.set(ticket, { file, until: this.#now() + ADDRESS_LIFE_MS });
    forgetOldest(this.#tickets, MAX_TICKETS);
    return `${this.#base}/whatsapp/${ticket}`;
  }

  redeem(ticket: string): MediaFile | undefined {
    const found = this.#tickets.get(ticket);
    return found && found.until > this.#now() ? found.file : undefined;
  }

  /** Messenger and Instagram: an address that anyone may open; the phone page uses it too. */
  publicUrl(file: MediaFile): string {
    return `${this.#base}/cdn/${file.id}`;
  }
}

function forgetOldest(map: Map<string, unknown>, most: number): void {
  const oldest = map.keys().next();
  if (map.size > most && !oldest.done) map.delete(oldest.value);
}
