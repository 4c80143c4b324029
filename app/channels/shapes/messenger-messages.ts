import { body, fb, PAGE, picture, pictureInfo, said, shape, text } from "./messenger-bodies.ts";
import { millis, NOW, type Shape } from "./shape.ts";

/** What customers write and send. */
export const MESSENGER_MESSAGES: readonly Shape[] = [
  said("text", 301, { text: "Olá" }, { text: "Olá" }),
  said("reply", 302, { text: "Sim", reply_to: { mid: "m_301" } }, { text: "Sim", replyTo: "m_301" }),
  said(
    "quick reply",
    303,
    { text: "Azul", quick_reply: { payload: "BLUE" } },
    { kind: "interactive", text: "Azul", payload: "BLUE" },
  ),
  said("image", 304, { attachments: [picture] }, { kind: "image", attachments: [pictureInfo] }),
  said(
    "several images with text",
    305,
    { text: "Veja", attachments: [picture, picture] },
    { kind: "image", text: "Veja", attachments: [pictureInfo, pictureInfo] },
  ),
  said(
    "video",
    306,
    { attachments: [{ type: "video", payload: { url: "https://cdn.example/v" } }] },
    { kind: "video", attachments: [{ type: "video", url: "https://cdn.example/v" }] },
  ),
  said(
    "audio",
    307,
    { attachments: [{ type: "audio", payload: { url: "https://cdn.example/a" } }] },
    { kind: "audio", attachments: [{ type: "audio", url: "https://cdn.example/a" }] },
  ),
  said(
    "file",
    308,
    { attachments: [{ type: "file", payload: { url: "https://cdn.example/f" } }] },
    { kind: "document", attachments: [{ type: "document", url: "https://cdn.example/f" }] },
  ),
  said(
    "sticker, the old way",
    309,
    { sticker_id: 369, attachments: [{ type: "image", payload: { url: "https://cdn.example/s", sticker_id: 369 } }] },
    { kind: "sticker", attachments: [{ type: "sticker", url: "https://cdn.example/s" }] },
  ),
  said(
    "sticker",
    310,
    { attachments: [{ type: "sticker", payload: { sticker_id: 369 } }] },
    { kind: "sticker", attachments: [{ type: "sticker" }] },
  ),
  said(
    "location",
    311,
    { attachments: [{ type: "location", title: "Aqui", payload: { coordinates: { lat: -23.5, long: -46.6 } } }] },
    { kind: "location", attachments: [{ type: "location", title: "Aqui", latitude: -23.5, longitude: -46.6 }] },
  ),
  said(
    "link preview",
    312,
    {
      text: "https://x.example",
      attachments: [{ type: "fallback", title: "Página", url: "https://x.example", payload: null }],
    },
    {
      kind: "share",
      text: "https://x.example",
      attachments: [{ type: "share", url: "https://x.example", title: "Página" }],
    },
  ),
  said(
    "template",
    313,
    { attachments: [{ type: "template", payload: { template_type: "generic" } }] },
    { kind: "share", attachments: [{ type: "share" }] },
  ),
  said(
    "attachment of the future",
    314,
    { attachments: [{ type: "hologram" }] },
    { kind: "unsupported", attachments: [{ type: "other" }] },
  ),
  said(
    "attachment that is none",
    315,
    { attachments: ["?"] },
    { kind: "unsupported", attachments: [{ type: "other" }] },
  ),
  said("nothing in it", 316, {}, { kind: "unsupported" }),
  said(
    "from an advertisement",
    317,
    { text: "Oi", referral: { source: "ADS", type: "OPEN_THREAD", ad_id: "AD1", ref: "r" } },
    { text: "Oi", referral: { source: "ADS", type: "OPEN_THREAD", ad_id: "AD1", ref: "r" } },
  ),
  shape("time in seconds", {
    body: body([{ ...text(318, { text: "oi" }), timestamp: millis(318) / 1000 }]),
    events: [fb.said(318, { text: "oi" })],
  }),
  shape("no time: the entry's", {
    body: body([{ sender: { id: "4000000000000009" }, recipient: PAGE, message: { mid: "m_319", text: "oi" } }]),
    events: [{ ...fb.said(319, { text: "oi", customer: "4000000000000009" }), at: NOW }],
  }),
];
