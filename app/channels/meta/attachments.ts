import type { AttachmentInfo, MessageKind } from "../channel.ts";
import { maybeFields, numberOf, textOf } from "./read.ts";

/** The files of a Messenger or Instagram message. `like_heart` and `ephemeral` have no payload at all. */

interface ReadAttachment {
  readonly kind: MessageKind;
  readonly info: AttachmentInfo;
}

interface Meaning {
  readonly kind: MessageKind;
  readonly type: AttachmentInfo["type"];
}

const STICKER: Meaning = { kind: "sticker", type: "sticker" };
const SHARE: Meaning = { kind: "share", type: "share" };
const UNSUPPORTED: Meaning = { kind: "unsupported", type: "other" };

const MEANINGS: ReadonlyMap<unknown, Meaning> = new Map([
  ["image", { kind: "image", type: "image" }],
  ["video", { kind: "video", type: "video" }],
  ["audio", { kind: "audio", type: "audio" }],
  ["file", { kind: "document", type: "document" }],
  ["location", { kind: "location", type: "location" }],
  ["story_mention", { kind: "story_mention", type: "share" }],
  ["sticker", STICKER],
  ["like_heart", STICKER],
  ["share", SHARE],
  ["fallback", SHARE],
  ["template", SHARE],
  ["post", SHARE],
  ["reel", SHARE],
  ["ig_post", SHARE],
  ["ig_reel", SHARE],
  ["ig_story", SHARE],
]);

/** Reads one attachment; one of an unknown type or the wrong shape is unsupported. */
export function readAttachment(raw: unknown): ReadAttachment {
  const attachment = maybeFields(raw);
  const payload = maybeFields(attachment?.payload);
  // Until August 2026 Messenger sent stickers as images with a sticker's id.
  const sticker = payload?.sticker_id !== undefined;
  const { kind, type } = sticker ? STICKER : (MEANINGS.get(attachment?.type) ?? UNSUPPORTED);
  const url = textOf(payload?.url) ?? textOf(attachment?.url);
  const title = textOf(payload?.title) ?? textOf(attachment?.title);
  const place = type === "location" ? maybeFields(payload?.coordinates) : undefined;
  const latitude = numberOf(place?.lat);
  const longitude = numberOf(place?.long);
  return {
    kind,
    info: {
      type,
      ...(url !== undefined && { url }),
      ...(title !== undefined && { title }),
      ...(latitude !== undefined && { latitude }),
      ...(longitude !== undefined && { longitude }),
    },
  };
}
