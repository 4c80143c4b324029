import type { AttachmentInfo, MessageKind } from "../channel.ts";
import { type RawAttachment, attachment as schema } from "./messaging-schemas.ts";

/** The files of a Messenger or Instagram message. `like_heart` and `ephemeral` have no payload at all. */

interface ReadAttachment {
  readonly kind: MessageKind;
  readonly info: AttachmentInfo;
}

const KINDS: Readonly<Record<string, { kind: MessageKind; type: AttachmentInfo["type"] }>> = {
  image: { kind: "image", type: "image" },
  video: { kind: "video", type: "video" },
  audio: { kind: "audio", type: "audio" },
  file: { kind: "document", type: "document" },
  sticker: { kind: "sticker", type: "sticker" },
  like_heart: { kind: "sticker", type: "sticker" },
  location: { kind: "location", type: "location" },
  story_mention: { kind: "story_mention", type: "share" },
  share: { kind: "share", type: "share" },
  fallback: { kind: "share", type: "share" },
  template: { kind: "share", type: "share" },
  reel: { kind: "share", type: "share" },
  post: { kind: "share", type: "share" },
  ig_post: { kind: "share", type: "share" },
  ig_reel: { kind: "share", type: "share" },
  ig_story: { kind: "share", type: "share" },
};

/** Reads a list of attachments; one of the wrong shape counts as unsupported, its neighbours stay. */
export function readAttachments(list: readonly unknown[]): ReadAttachment[] {
  return list.map((raw) => {
    const parsed = schema.safeParse(raw);
    return parsed.success ? readAttachment(parsed.data) : { kind: "unsupported", info: { type: "other" } };
  });
}

function readAttachment(raw: RawAttachment): ReadAttachment {
  const known = Object.hasOwn(KINDS, raw.type) ? KINDS[raw.type] : undefined;
  const payload = raw.payload ?? {};
  const url = textOf(payload.url) ?? raw.url;
  const title = textOf(payload.title) ?? raw.title;
  const sticker = payload.sticker_id !== undefined;
  const { kind, type } = sticker ? KINDS_STICKER : (known ?? { kind: "unsupported" as const, type: "other" as const });
  return {
    kind,
    info: {
      type,
      ...(url !== undefined && { url }),
      ...(title !== undefined && { title }),
      ...(raw.type === "location" && coordinatesOf(payload.coordinates)),
    },
  };
}

const KINDS_STICKER = { kind: "sticker", type: "sticker" } as const;

function coordinatesOf(value: unknown): { latitude?: number; longitude?: number } {
  if (typeof value !== "object" || value === null) return {};
  const { lat, long } = value as Record<string, unknown>;
  return {
    ...(typeof lat === "number" && { latitude: lat }),
    ...(typeof long === "number" && { longitude: long }),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
