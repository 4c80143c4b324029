/**
 * Opus from an Ogg file into a Core Audio file, packet by packet. Formats: RFC 3533 (Ogg pages), RFC 7845 (Opus in Ogg),
 * RFC 6716 section 3.1 (a packet's duration), Apple's Core Audio Format Specification 1.0.
 */

interface OpusStream {
  readonly channels: number;
  /** Samples at 48 kHz that the decoder produces before the sound begins. */
  readonly preSkip: number;
  readonly packets: readonly Uint8Array<ArrayBuffer>[];
}

const RATE = 48_000;

/** @returns undefined for what is no Opus in Ogg */
export function oggOpusToCaf(ogg: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | undefined {
  const stream = readOgg(ogg);
  return stream === undefined ? undefined : writeCaf(stream);
}

function readOgg(bytes: Uint8Array<ArrayBuffer>): OpusStream | undefined {
  const packets: Uint8Array<ArrayBuffer>[] = [];
  let parts: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at + 27 <= bytes.length && isText(bytes, at, "OggS"); ) {
    const segments = bytes[at + 26] ?? 0;
    let body = at + 27 + segments;
    for (let index = 0; index < segments; index += 1) {
      const size = bytes[at + 27 + index] ?? 0;
      parts.push(bytes.subarray(body, body + size));
      body += size;
      // A segment that is not full ends its packet.
      if (size === 255) continue;
      packets.push(joined(parts));
      parts = [];
    }
    at = body;
  }
  const [head, , ...sound] = packets;
  if (head === undefined || head.length < 19 || !isText(head, 0, "OpusHead")) return undefined;
  return { channels: head[9] ?? 1, preSkip: (head[10] ?? 0) + 256 * (head[11] ?? 0), packets: sound };
}

/** RFC 6716, section 3.1: samples at 48 kHz. */
export function samplesOf(packet: Uint8Array): number {
  const toc = packet[0] ?? 0;
  const config = toc >> 3;
  const milliseconds =
    config < 12
      ? ([10, 20, 40, 60][config % 4] ?? 20)
      : config < 16
        ? ([10, 20][config % 2] ?? 20)
        : ([2.5, 5, 10, 20][config % 4] ?? 20);
  const code = toc & 3;
  const frames = code === 0 ? 1 : code === 3 ? (packet[1] ?? 0) & 63 : 2;
  return (milliseconds * RATE * frames) / 1_000;
}

function writeCaf({ channels, preSkip, packets }: OpusStream): Uint8Array<ArrayBuffer> {
  const durations = packets.map(samplesOf);
  const frames = durations.reduce((sum, samples) => sum + samples, 0);
  const even = durations.every((samples) => samples === durations[0]) ? (durations[0] ?? 0) : 0;
  const description = view(32, (data) => {
    data.setFloat64(0, RATE);
    data.setUint32(8, 0x6f707573); // "opus"
    data.setUint32(20, even); // frames per packet; 0: told for each
    data.setUint32(24, channels);
  });
  const table = packets.flatMap((packet, index) => [
    ...variableLength(packet.length),
    ...(even === 0 ? variableLength(durations[index] ?? 0) : []),
  ]);
  const counts = view(24, (data) => {
    data.setBigInt64(0, BigInt(packets.length));
    data.setBigInt64(8, BigInt(Math.max(0, frames - preSkip)));
    data.setInt32(16, Math.min(preSkip, frames));
  });
  const header = Uint8Array.from([...text("caff"), 0, 1, 0, 0]);
  return joined([
    header,
    chunk("desc", description),
    chunk("pakt", joined([counts, Uint8Array.from(table)])),
    chunk("data", joined([new Uint8Array(4), ...packets])),
  ]);
}

function chunk(type: string, body: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const size = view(8, (data) => data.setBigInt64(0, BigInt(body.length)));
  return joined([Uint8Array.from(text(type)), size, body]);
}

/** Seven bits a byte, the highest first, each but the last marked. */
function variableLength(value: number): number[] {
  const bytes = [value & 127];
  for (let rest = value >> 7; rest > 0; rest >>= 7) bytes.unshift((rest & 127) | 128);
  return bytes;
}

function view(size: number, fill: (data: DataView) => void): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  fill(new DataView(bytes.buffer));
  return bytes;
}

const text = (words: string): number[] => [...words].map((letter) => letter.charCodeAt(0));
const isText = (bytes: Uint8Array, at: number, words: string): boolean =>
  text(words).every((code, index) => bytes[at + index] === code);

function joined(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
