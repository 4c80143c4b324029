import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { oggOpusToCaf, samplesOf } from "./ogg-to-caf.ts";

/** One page with whole packets, as RFC 3533 lays it out. The checksum is not looked at. */
function page(...packets: readonly number[][]): number[] {
  const lacing = packets.flatMap((packet) => [
    ...Array(Math.floor(packet.length / 255)).fill(255),
    packet.length % 255,
  ]);
  return [...letters("OggS"), ...Array(22).fill(0), lacing.length, ...lacing, ...packets.flat()];
}
const letters = (words: string) => [...words].map((letter) => letter.charCodeAt(0));
const HEAD = [...letters("OpusHead"), 1, 1, 0x38, 0x01, 0x80, 0xbb, 0, 0, 0, 0, 0];
const TAGS = [...letters("OpusTags"), 0, 0, 0, 0, 0, 0, 0, 0];
/** SILK wideband, one frame of 20 ms. */
const PACKET = [0x48, 1, 2, 3];

test("every packet arrives, with the count, the length and the priming that Apple's container asks for", () => {
  const long = [0x48, ...Array(299).fill(7)];
  const caf = oggOpusToCaf(Uint8Array.from([...page(HEAD), ...page(TAGS), ...page(PACKET, long), ...page(PACKET)]));
  if (caf === undefined) throw new Error("Nothing came out.");
  const data = new DataView(caf.buffer);
  const name = (at: number) => String.fromCharCode(...caf.subarray(at, at + 4));
  expect([name(0), data.getUint16(4), name(8), data.getBigInt64(12)]).toEqual(["caff", 1, "desc", 32n]);
  expect([data.getFloat64(20), name(28), data.getUint32(40), data.getUint32(44)]).toEqual([48_000, "opus", 960, 1]);
  expect([name(52), data.getBigInt64(56)]).toEqual(["pakt", 24n + 4n]);
  expect([data.getBigInt64(64), data.getBigInt64(72), data.getInt32(80)]).toEqual([3n, 3n * 960n - 312n, 312]);
  expect([...caf.subarray(88, 92)]).toEqual([4, 0x82, 300 & 127, 4]);
  expect([name(92), data.getBigInt64(96)]).toEqual(["data", 4n + 308n]);
  expect([...caf.subarray(108)]).toEqual([...PACKET, ...long, ...PACKET]);
});

test.each([
  [[0x48], 960],
  [[0x58], 2880],
  [[0x80], 120],
  [[0xf8], 960],
  [[0xf9], 1920],
  [[0xfb, 3], 2880],
])("a packet that begins with %j lasts %d samples", (bytes, samples) => {
  expect(samplesOf(Uint8Array.from(bytes))).toBe(samples);
});

test.prop([fc.uint8Array({ maxLength: 600 })])("what is no Opus is refused, never a fault", (bytes) => {
  expect(oggOpusToCaf(Uint8Array.from(bytes))).toBeUndefined();
});
