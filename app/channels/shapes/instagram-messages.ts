import { attached, said, share, URL } from "./instagram-bodies.ts";
import type { Shape } from "./shape.ts";

/** What customers write and send. */
export const INSTAGRAM_MESSAGES: readonly Shape[] = [
  said("text", 401, { text: "Oi" }, { text: "Oi" }),
  said("reply to a message", 402, { text: "Sim", reply_to: { mid: "m_401" } }, { text: "Sim", replyTo: "m_401" }),
  said(
    "reply to a story",
    403,
    { text: "Lindo!", reply_to: { story: { id: "S1", url: URL } } },
    { kind: "story_reply", text: "Lindo!", attachments: [{ type: "share", url: URL, title: "story" }] },
  ),
  said(
    "reply to a story that is gone",
    404,
    { text: "Lindo!", reply_to: { story: { id: "S2" } } },
    { kind: "story_reply", text: "Lindo!" },
  ),
  attached(
    "story mention",
    405,
    { type: "story_mention", payload: { url: URL } },
    { kind: "story_mention", attachments: [share] },
  ),
  attached(
    "share",
    406,
    { type: "share", payload: { url: URL, title: "Post" } },
    { kind: "share", attachments: [{ ...share, title: "Post" }] },
  ),
  attached(
    "post",
    407,
    { type: "ig_post", payload: { ig_post_media_id: "1", url: URL } },
    { kind: "share", attachments: [share] },
  ),
  attached(
    "reel",
    408,
    { type: "ig_reel", payload: { reel_video_id: "1", url: URL, title: "Reel" } },
    { kind: "share", attachments: [{ ...share, title: "Reel" }] },
  ),
  attached("story share", 409, { type: "ig_story", payload: { url: URL } }, { kind: "share", attachments: [share] }),
  attached(
    "heart, without any payload",
    410,
    { type: "like_heart" },
    { kind: "sticker", attachments: [{ type: "sticker" }] },
  ),
  attached(
    "disappearing picture, without any payload",
    411,
    { type: "ephemeral" },
    { kind: "unsupported", attachments: [{ type: "other" }] },
  ),
  attached(
    "unsupported type",
    412,
    { type: "unsupported_type", payload: {} },
    { kind: "unsupported", attachments: [{ type: "other" }] },
  ),
  attached(
    "template",
    413,
    { type: "template", payload: { generic: {} } },
    { kind: "share", attachments: [{ type: "share" }] },
  ),
  attached(
    "image",
    414,
    { type: "image", payload: { url: URL } },
    { kind: "image", attachments: [{ type: "image", url: URL }] },
  ),
  attached(
    "video",
    415,
    { type: "video", payload: { url: URL } },
    { kind: "video", attachments: [{ type: "video", url: URL }] },
  ),
  attached(
    "audio",
    416,
    { type: "audio", payload: { url: URL } },
    { kind: "audio", attachments: [{ type: "audio", url: URL }] },
  ),
  attached(
    "file",
    417,
    { type: "file", payload: { url: URL } },
    { kind: "document", attachments: [{ type: "document", url: URL }] },
  ),
  said("marked as unsupported", 418, { is_unsupported: true }, { kind: "unsupported" }),
  said(
    "quick reply",
    419,
    { text: "Sim", quick_reply: { payload: "YES" } },
    { kind: "interactive", text: "Sim", payload: "YES" },
  ),
  said(
    "from an advertisement",
    420,
    {
      text: "Oi",
      referral: { source: "ADS", type: "OPEN_THREAD", ad_id: "AD1", ads_context_data: { ad_title: "Pintura" } },
    },
    {
      text: "Oi",
      referral: { source: "ADS", type: "OPEN_THREAD", ad_id: "AD1", "ads_context_data.ad_title": "Pintura" },
    },
  ),
  said(
    "about a product",
    421,
    { text: "Tem?", referral: { product: { id: "P1" } } },
    { text: "Tem?", referral: { "product.id": "P1" } },
  ),
];
