/** Twenty milliseconds of silence as one Opus packet (RFC 6716: CELT, mono, 20 ms, nothing coded). */
const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);
const SAMPLES_PER_PACKET = 960;
const SERIAL = 1;
const FIRST_PAGE = 2;
const LAST_PAGE = 4;

/** A voice message without a voice: so many milliseconds of silence in Ogg Opus (RFC 7845), which players accept. */
export function silentVoice(ms: number): Buffer {
  const packets = Array.from({ length: Math.ceil(ms / 20) }, () => SILENCE);
  return Buffer.concat([
    page(0, 0, FIRST_PAGE, [opusHead()]),
    page(1, 0, 0, [opusTags()]),
    page(2, packets.length * SAMPLES_PER_PACKET, LAST_PAGE, packets),
  ]);
}

function opusHead(): Buffer {
  const head = Buffer.alloc(19);
  head.write("OpusHead", "latin1");
  head.set([1, 1], 8);
  head.writeUInt32LE(48_000, 12);
  return head;
}

function opusTags(): Buffer {
  const vendor = Buffer.from("servio", "latin1");
  const tags = Buffer.alloc(16 + vendor.length);
  tags.write("OpusTags", "latin1");
  tags.writeUInt32LE(vendor.length, 8);
  tags.set(vendor, 12);
  return tags;
}

/** One Ogg page (RFC 3533, section 6) of at most 255 packets, each shorter than 255 bytes. */
function page(sequence: number, position: number, flags: number, packets: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(27 + packets.length);
  header.write("OggS", "latin1");
  header[5] = flags;
  header.writeBigUInt64LE(BigInt(position), 6);
  header.writeUInt32LE(SERIAL, 14);
  header.writeUInt32LE(sequence, 18);
  header[26] = packets.length;
  for (const [index, packet] of packets.entries()) header[27 + index] = packet.length;
  const whole = Buffer.concat([header, ...packets]);
  whole.writeUInt32LE(oggCrc(whole), 22);
  return whole;
}

/** Ogg's own CRC-32: polynomial 0x04c11db7, not reflected, no final inversion. */
function oggCrc(bytes: Buffer): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return crc >>> 0;
}
