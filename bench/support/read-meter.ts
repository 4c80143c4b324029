import * as z from "zod";

/**
 * Counts what Firestore would bill for a page's live queries, from the bytes of its Listen streams: a document is a read
 * when it comes into a result and each time it changes there (https://cloud.google.com/firestore/pricing).
 *
 * The emulator says more than that: it resets every live query whose collection is written to, and sends its whole
 * result again (seen in the SDK's emulator with limits, cursors and neither). A document that is sent again as it was is
 * therefore no read.
 */
export interface ReadMeter {
  /** What came on a stream, in the order it came. */
  push(stream: string, text: string): void;
  /** Documents billed so far. */
  readonly reads: number;
  /** Documents sent so far, those among them that the emulator repeats. */
  readonly sent: number;
}

const response = z.object({
  documentChange: z
    .object({
      document: z.object({ name: z.string(), updateTime: z.string() }),
      targetIds: z.array(z.number()).default([]),
    })
    .optional(),
  targetChange: z
    .object({ targetChangeType: z.string().optional(), targetIds: z.array(z.number()).default([]) })
    .optional(),
});
/** What a stream of the WebChannel protocol is cut into: numbered arrays of messages, others than responses among them. */
const envelope = z.array(z.tuple([z.number(), z.array(z.unknown())]));

export function createReadMeter(): ReadMeter {
  const rest = new Map<string, string>();
  /** Of each target, by document, the version that was sent last. */
  const targets = new Map<number, Map<string, string>>();
  let reads = 0;
  let sent = 0;

  const take = (message: unknown) => {
    const { documentChange, targetChange } = response.safeParse(message).data ?? {};
    if (targetChange?.targetChangeType === "REMOVE") for (const id of targetChange.targetIds) targets.delete(id);
    if (documentChange === undefined) return;
    const { name, updateTime } = documentChange.document;
    for (const id of documentChange.targetIds) {
      const known = targets.get(id) ?? new Map<string, string>();
      targets.set(id, known);
      sent += 1;
      if (known.get(name) !== updateTime) reads += 1;
      known.set(name, updateTime);
    }
  };

  return {
    push(stream, text) {
      let left = (rest.get(stream) ?? "") + text;
      for (let part = nextChunk(left); part !== undefined; part = nextChunk(left)) {
        left = part.rest;
        for (const [, messages] of envelope.parse(JSON.parse(part.chunk))) for (const one of messages) take(one);
      }
      rest.set(stream, left);
    },
    get reads() {
      return reads;
    },
    get sent() {
      return sent;
    },
  };
}

/** `12\n[[1,["noop"]]]`: the length in characters, then so many of them. */
function nextChunk(text: string): { readonly chunk: string; readonly rest: string } | undefined {
  const line = text.indexOf("\n");
  if (line === -1) return undefined;
  const end = line + 1 + Number(text.slice(0, line));
  return text.length < end ? undefined : { chunk: text.slice(line + 1, end), rest: text.slice(end) };
}
