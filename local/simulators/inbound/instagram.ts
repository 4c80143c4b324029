import { INSTAGRAM_INBOX_APP_ID } from "../ids.ts";
import { type Builder, type Builders, fileOf, NOTHING_SHOWN, shown, targetOf } from "./making.ts";
import { commonBuilders, event, message, textOf } from "./messaging.ts";

/** What a customer does on Instagram. */
export const instagramBuilders: Builders = {
  ...commonBuilders(INSTAGRAM_INBOX_APP_ID),
  /** The heart: the only sticker that Instagram tells about, and it has no payload. */
  like: (making) => message(making, { attachments: [{ type: "like_heart" }] }, shown("like", "❤️")),
  share: shared("share"),
  post: shared("ig_post"),
  reel: shared("ig_reel"),
  story: shared("ig_story"),
  story_reply: (making) => {
    const [text, url] = [textOf(making, "Adorei!"), making.simulation.media.publicUrl(fileOf(making, "image"))];
    return message(
      making,
      { text, reply_to: { story: { url, id: "18000000000000001" } } },
      shown("story_reply", text, url),
    );
  },
  story_mention: (making) => {
    const url = making.simulation.media.publicUrl(fileOf(making, "image"));
    const content = { attachments: [{ type: "story_mention", payload: { url } }] };
    return message(making, content, shown("story_mention", "", url));
  },
  /** Seen once and gone: no payload. */
  ephemeral: (making) => message(making, { attachments: [{ type: "ephemeral" }] }, shown("ephemeral")),
  unsupported: (making) => message(making, { is_unsupported: true }, shown("unsupported")),
  unsupported_attachment: (making) => {
    return message(making, { attachments: [{ type: "unsupported_type" }] }, shown("unsupported"));
  },
  unsend: (making) => {
    const target = targetOf(making, "customer");
    return message({ ...making, id: target }, { is_deleted: true }, { type: "deletion", target });
  },
  seen: (making) => event(making, { read: { mid: targetOf(making, "business") } }, NOTHING_SHOWN),
  /** The "Test" button of the app's dashboard. */
  dashboard_test: (making) => {
    const value = {
      sender: { id: "12334" },
      recipient: { id: "23245" },
      timestamp: String(Math.floor(making.at / 1000)),
      message: { mid: making.id, text: textOf(making, "random_text") },
    };
    return { updates: [{ list: "changes", element: { field: "messages", value } }], effect: NOTHING_SHOWN };
  },
};

function shared(type: string): Builder {
  return (making) => {
    const url = making.input.payload ?? making.simulation.media.publicUrl(fileOf(making, "image"));
    const payload = { url, title: making.input.title ?? "Publicação de exemplo", ...more(type) };
    const attachment = { type, payload };
    const text = making.input.text === undefined ? {} : { text: making.input.text };
    return message(making, { ...text, attachments: [attachment] }, shown("share", making.input.text, url));
  };
}

function more(type: string): Record<string, string> {
  if (type === "ig_reel") return { reel_video_id: "18000000000000002" };
  return type === "ig_post" ? { ig_post_media_id: "18000000000000003" } : {};
}
