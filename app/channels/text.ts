/** How long one text may be, and in what the channel counts. */
export interface TextLimit {
  readonly max: number;
  /** `characters`: UTF-16 units, never fewer than what a channel counts. `bytes`: of the UTF-8 form. */
  readonly unit: "characters" | "bytes";
}

/**
 * WhatsApp: 4,096 characters (Cloud API, text messages). Messenger: 2,000 characters (Send API, `message.text`).
 * Instagram: 1,000 bytes of UTF-8 (Messenger Platform, "Send a Message").
 */
export const TEXT_LIMITS = {
  whatsapp: { max: 4096, unit: "characters" },
  facebook: { max: 2000, unit: "characters" },
  instagram: { max: 1000, unit: "bytes" },
} as const satisfies Record<string, TextLimit>;

export interface Shortened {
  readonly text: string;
  readonly shortened: boolean;
}

const ELLIPSIS = "…";
/** A sentence is worth ending at when it keeps at least this share of what fits; else a word is. */
const WORTH_KEEPING = 0.5;
const SENTENCE_END = /[.!?…。！？]["'”’)\]]*(?=\s|$)|\n/gu;
const graphemes = new Intl.Segmenter("pt", { granularity: "grapheme" });

/**
 * The text as one message of the channel can carry it: unchanged where it fits, else its beginning up to the last whole
 * sentence that fits, else up to the last whole word and an ellipsis. It is never split over several messages, because
 * their order is not guaranteed, and never cut inside an emoji.
 */
export function shortenText(text: string, limit: TextLimit): Shortened {
  if (sizeOf(text, limit) <= limit.max) return { text, shortened: false };
  const whole = fitting(text, limit, limit.max);
  const sentence = lastSentenceEnd(whole, text);
  if (sentence >= whole.length * WORTH_KEEPING) return { text: whole.slice(0, sentence).trimEnd(), shortened: true };
  const room = fitting(text, limit, limit.max - sizeOf(ELLIPSIS, limit));
  const word = room.search(/\s\S*$/u);
  const kept = word > 0 ? room.slice(0, word).trimEnd() : room;
  return { text: kept + ELLIPSIS, shortened: true };
}

/** How much of the limit a text takes. */
export function sizeOf(text: string, limit: TextLimit): number {
  return limit.unit === "bytes" ? Buffer.byteLength(text) : text.length;
}

/** The longest beginning of whole user-perceived characters within `max`. */
function fitting(text: string, limit: TextLimit, max: number): string {
  let size = 0;
  let end = 0;
  // No character takes less than one unit, so the rest of a very long text need not be looked at.
  for (const { segment, index } of graphemes.segment(text.slice(0, max + 1))) {
    size += sizeOf(segment, limit);
    if (size > max) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** Where the last sentence of `part` ends, exclusive; 0 when none does. `text` tells what follows the part. */
function lastSentenceEnd(part: string, text: string): number {
  let last = 0;
  for (const match of part.matchAll(SENTENCE_END)) {
    const end = match.index + match[0].length;
    const next = text[end];
    if (next === undefined || /\s/u.test(next) || match[0] === "\n") last = end;
  }
  return last;
}
