/** As many bytes as the library looks at: the magic number of a tar archive ends at 262, ZIP-based formats need more. */
const HEAD_BYTES = 4_100;

/** A stream of which the beginning has been looked at. */
export interface Sniffed {
  /** The type that the bytes show, without parameters; `undefined` when they show none, as plain text does. */
  readonly mimeType: string | undefined;
  /** All of the bytes, the beginning included. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Finds out what a stream holds by its first bytes, never by its name or by what somebody says of it. */
export async function sniff(stream: AsyncIterable<Uint8Array>): Promise<Sniffed> {
  const iterator = stream[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  let length = 0;
  while (length < HEAD_BYTES) {
    const next = await iterator.next();
    if (next.done) break;
    head.push(next.value);
    length += next.value.length;
  }
  return { mimeType: await typeOf(Buffer.concat(head)), bytes: rejoined(head, iterator) };
}

async function typeOf(head: Buffer): Promise<string | undefined> {
  // The library is large, and most instances never see a file.
  const { fileTypeFromBuffer } = await import("file-type/core");
  const found = await fileTypeFromBuffer(head);
  return found?.mime.split(";")[0]?.trim();
}

async function* rejoined(head: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    // Whoever stops half-way also stops the download.
    await rest.return?.();
  }
}
