import { readFileSync } from "node:fs";
import { join } from "node:path";
import { silentVoice } from "./ogg.ts";
import { png } from "./png.ts";

export type MediaKind = "image" | "video" | "audio" | "document" | "sticker";

export interface Sample {
  readonly bytes: Buffer;
  readonly mimeType: string;
  readonly fileName: string;
}

const MAKERS: Readonly<Record<MediaKind, () => Sample>> = {
  image: () => ({ bytes: roomToPaint(), mimeType: "image/png", fileName: "sala.png" }),
  video: () => ({ bytes: emptyMp4(), mimeType: "video/mp4", fileName: "video.mp4" }),
  audio: () => ({ bytes: silentVoice(3_000), mimeType: "audio/ogg; codecs=opus", fileName: "audio.ogg" }),
  document: () => ({ bytes: pdf("Documento de exemplo"), mimeType: "application/pdf", fileName: "orcamento.pdf" }),
  sticker: () => ({
    bytes: readFileSync(join(import.meta.dirname, "sticker.webp")),
    mimeType: "image/webp",
    fileName: "figurinha.webp",
  }),
};

const made = new Map<MediaKind, Sample>();

/** A small file of each kind, made on first use. */
export function sample(kind: MediaKind): Sample {
  const known = made.get(kind) ?? MAKERS[kind]();
  made.set(kind, known);
  return known;
}

/** A wall, a window and a floor: something to look at. */
function roomToPaint(): Buffer {
  return png(320, 200, (x, y) => {
    if (y > 150) return [150 - ((x >> 5) % 2) * 12, 112, 78];
    const inWindow = x > 200 && x < 284 && y > 30 && y < 106;
    if (inWindow) return x === 242 || y === 68 ? [250, 248, 242] : [150, 196 - (y >> 2), 214];
    return [226 - (x >> 4), 218 - (y >> 4), 200];
  });
}

/** The file type box of an MP4 and nothing in it. */
function emptyMp4(): Buffer {
  return Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypisom\0\0\x02\0isommp42", "latin1")]);
}

/** One page with one line (PDF 1.4). */
function pdf(line: string): Buffer {
  const content = `BT /F1 18 Tf 60 760 Td (${line}) Tj ET`;
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
  ];
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj${object}endobj\n`;
    return `${String(offset).padStart(10, "0")} 00000 n \n`;
  });
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join("")}`;
  text += `trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, "latin1");
}
