/** One event of a stream: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream */
export interface StreamEvent {
  readonly event: string;
  readonly data: string;
  readonly id?: string;
}

/** Longer without a sign of life, and the connection is taken for dead. */
const SILENCE_MS = 45_000;

/**
 * Reads a stream's events. Not EventSource: that can send no Authorization header, and a token in the address would stand
 * in every log on the way. @throws when the connection breaks, or says nothing for too long
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  silenceMs = SILENCE_MS,
): AsyncGenerator<StreamEvent> {
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await beforeSilence(reader.read(), silenceMs);
      if (done) return;
      const blocks = (rest + value).split(/\r?\n\r?\n/);
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const event = parseEvent(block);
        if (event) yield event;
      }
    }
  } finally {
    // Nobody reads on: the connection may close. It may have broken already, which is no news here.
    reader.cancel().catch(() => undefined);
  }
}

/** Comments keep a connection open and say nothing. */
export function parseEvent(block: string): StreamEvent | undefined {
  const fields: Record<string, string> = {};
  for (const line of block.split(/\r?\n/)) {
    const [, name, value] = line.match(/^(\w+): ?(.*)$/) ?? [];
    if (name === undefined || value === undefined) continue;
    fields[name] = name === "data" && fields.data !== undefined ? `${fields.data}\n${value}` : value;
  }
  if (fields.data === undefined) return undefined;
  const { event = "message", data, id } = fields;
  return { event, data, ...(id !== undefined && { id }) };
}

async function beforeSilence<T>(reading: Promise<T>, silenceMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The stream fell silent.")), silenceMs);
  });
  try {
    return await Promise.race([reading, silence]);
  } finally {
    clearTimeout(timer);
  }
}
