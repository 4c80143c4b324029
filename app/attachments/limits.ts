import type { AttachmentInfo, ChannelName } from "../channels/channel.ts";

/** What may be kept of a kind of file, and what may be sent. */
export type FileKind = Extract<AttachmentInfo["type"], "image" | "video" | "audio" | "document" | "sticker">;

const MB = 1024 * 1024;

/**
 * Most bytes of one file.
 *
 * WhatsApp: image 5 MB, audio and video 16 MB, document 100 MB, sticker 500 kB (animated).
 * https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types
 * Messenger: 25 MB for any attachment. https://developers.facebook.com/docs/messenger-platform/send-messages
 * Instagram: image 8 MB, the others 25 MB.
 * https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/messaging-api
 */
const LIMITS: Readonly<Record<ChannelName, Readonly<Record<FileKind, number>>>> = {
  whatsapp: { image: 5 * MB, video: 16 * MB, audio: 16 * MB, document: 100 * MB, sticker: MB / 2 },
  facebook: { image: 25 * MB, video: 25 * MB, audio: 25 * MB, document: 25 * MB, sticker: 25 * MB },
  instagram: { image: 8 * MB, video: 25 * MB, audio: 25 * MB, document: 25 * MB, sticker: 8 * MB },
  // Our own choice: anybody may write there, and it passes through us.
  webchat: { image: 10 * MB, video: 0, audio: 0, document: 10 * MB, sticker: 0 },
};

export function sizeLimit(channel: ChannelName, kind: FileKind): number {
  return LIMITS[channel][kind];
}

/** Types, by their bytes, that are programs: nobody who answers customers needs to open one. */
const PROGRAMS: ReadonlySet<string> = new Set([
  "application/java-vm",
  "application/vnd.android.package-archive",
  "application/vnd.microsoft.portable-executable",
  "application/wasm",
  "application/x-elf",
  "application/x-mach-binary",
  "application/x-ms-shortcut",
  "application/x-msdownload",
  "application/x-shockwave-flash",
]);

/** By what the bytes of each kind must begin with; an audio container may also hold a picture, and is then called video. */
const FAMILIES: Readonly<Record<Exclude<FileKind, "document">, readonly string[]>> = {
  image: ["image/"],
  sticker: ["image/"],
  video: ["video/"],
  audio: ["audio/", "video/"],
};

/**
 * Whether bytes of a type may be kept as a kind of file.
 *
 * @param sniffed The type that the bytes themselves show; `undefined` for plain text and the like.
 */
export function typeAllowed(kind: FileKind, sniffed: string | undefined): boolean {
  if (kind === "document") return sniffed === undefined || !PROGRAMS.has(sniffed);
  return sniffed !== undefined && FAMILIES[kind].some((family) => sniffed.startsWith(family));
}

/**
 * What a channel takes from us, by the type that the bytes show.
 *
 * WhatsApp: as the page above lists; a document may be of any type. Messenger takes any file as one. Instagram: PNG, JPEG
 * and GIF; MP4, OGG, AVI, MOV and WEBM; AAC, M4A, WAV and MP4; PDF.
 */
const SENDABLE: Readonly<Record<ChannelName, Readonly<Record<string, FileKind>>>> = {
  whatsapp: {
    ...kinds("image", ["image/jpeg", "image/png"]),
    ...kinds("video", ["video/mp4", "video/3gpp"]),
    ...kinds("audio", ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/x-m4a", "audio/ogg"]),
  },
  facebook: {
    ...kinds("image", ["image/jpeg", "image/png", "image/gif", "image/webp"]),
    ...kinds("video", ["video/mp4", "video/quicktime", "video/webm", "video/ogg"]),
    ...kinds("audio", ["audio/aac", "audio/mpeg", "audio/mp4", "audio/x-m4a", "audio/ogg", "audio/wav"]),
  },
  instagram: {
    ...kinds("image", ["image/jpeg", "image/png", "image/gif"]),
    ...kinds("video", ["video/mp4", "video/quicktime", "video/webm", "video/ogg", "video/vnd.avi"]),
    ...kinds("audio", ["audio/aac", "audio/mp4", "audio/x-m4a", "audio/wav"]),
    ...kinds("document", ["application/pdf"]),
  },
  // Both ways: what every browser shows without a program of its own.
  webchat: {
    ...kinds("image", ["image/jpeg", "image/png", "image/gif", "image/webp"]),
    ...kinds("document", ["application/pdf"]),
  },
};

function kinds(kind: FileKind, types: readonly string[]): Record<string, FileKind> {
  return Object.fromEntries(types.map((type) => [type, kind]));
}

/** As which kind a channel takes a file; `undefined` when not at all. @param sniffed without parameters */
export function sendableAs(channel: ChannelName, sniffed: string | undefined): FileKind | undefined {
  const known = sniffed === undefined ? undefined : SENDABLE[channel][sniffed];
  if (known !== undefined || channel === "instagram" || channel === "webchat") return known;
  return typeAllowed("document", sniffed) ? "document" : undefined;
}
