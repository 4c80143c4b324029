import type { Shape } from "./shape.ts";
import { said } from "./whatsapp-bodies.ts";

const image = { id: "9001", mime_type: "image/jpeg", sha256: "abc=" };
const imageInfo = { type: "image", mediaId: "9001", mimeType: "image/jpeg", sha256: "abc=" } as const;
const file = { id: "9002", mime_type: "application/pdf", sha256: "def=" };

/** Files, places and contact cards. */
export const WHATSAPP_MEDIA: readonly Shape[] = [
  said("image", 11, { type: "image", image }, { kind: "image", attachments: [imageInfo] }),
  said(
    "image with caption and URL",
    12,
    { type: "image", image: { ...image, caption: "A sala", url: "https://lookaside.example/1" } },
    {
      kind: "image",
      text: "A sala",
      attachments: [
        { type: "image", mediaId: "9001", url: "https://lookaside.example/1", mimeType: "image/jpeg", sha256: "abc=" },
      ],
    },
  ),
  said(
    "image that could not be fetched keeps its caption",
    13,
    {
      type: "image",
      image: { caption: "Veja" },
      errors: [
        { code: 131052, title: "Media download error", error_data: { details: "Failed to download the media" } },
      ],
    },
    {
      kind: "image",
      text: "Veja",
      attachments: [{ type: "image" }],
      error: { code: 131052, title: "Failed to download the media" },
    },
  ),
  said(
    "video",
    14,
    { type: "video", video: { id: "9003", mime_type: "video/mp4", sha256: "v=" } },
    { kind: "video", attachments: [{ type: "video", mediaId: "9003", mimeType: "video/mp4", sha256: "v=" }] },
  ),
  said(
    "voice message",
    15,
    { type: "audio", audio: { id: "9004", mime_type: "audio/ogg; codecs=opus", sha256: "a=", voice: true } },
    {
      kind: "audio",
      attachments: [{ type: "audio", mediaId: "9004", mimeType: "audio/ogg; codecs=opus", sha256: "a=", voice: true }],
    },
  ),
  said(
    "audio file",
    16,
    { type: "audio", audio: { id: "9005", mime_type: "audio/mpeg", sha256: "a=", voice: false } },
    {
      kind: "audio",
      attachments: [{ type: "audio", mediaId: "9005", mimeType: "audio/mpeg", sha256: "a=", voice: false }],
    },
  ),
  said(
    "document",
    17,
    { type: "document", document: { ...file, filename: "orçamento.pdf", caption: "Segue" } },
    {
      kind: "document",
      text: "Segue",
      attachments: [
        { type: "document", mediaId: "9002", mimeType: "application/pdf", fileName: "orçamento.pdf", sha256: "def=" },
      ],
    },
  ),
  said(
    "document without a name",
    18,
    { type: "document", document: file },
    {
      kind: "document",
      attachments: [{ type: "document", mediaId: "9002", mimeType: "application/pdf", sha256: "def=" }],
    },
  ),
  said(
    "sticker",
    19,
    { type: "sticker", sticker: { id: "9006", mime_type: "image/webp", sha256: "s=", animated: true } },
    { kind: "sticker", attachments: [{ type: "sticker", mediaId: "9006", mimeType: "image/webp", sha256: "s=" }] },
  ),
  said(
    "location",
    20,
    { type: "location", location: { latitude: -23.5, longitude: -46.6 } },
    { kind: "location", attachments: [{ type: "location", latitude: -23.5, longitude: -46.6 }] },
  ),
  said(
    "named location",
    21,
    {
      type: "location",
      location: {
        latitude: -23.5,
        longitude: -46.6,
        name: "Oficina",
        address: "Rua Exemplo, 1",
        url: "https://maps.example",
      },
    },
    {
      kind: "location",
      attachments: [
        {
          type: "location",
          latitude: -23.5,
          longitude: -46.6,
          title: "Oficina, Rua Exemplo, 1",
          url: "https://maps.example",
        },
      ],
    },
  ),
  said(
    "contact card",
    22,
    {
      type: "contacts",
      contacts: [
        {
          name: { formatted_name: "Contato de exemplo", first_name: "Contato" },
          phones: [{ phone: "+55 11 90000-0009", wa_id: "5511900000009", type: "CELL" }],
        },
      ],
    },
    { kind: "contacts", attachments: [{ type: "contact", title: "Contato de exemplo, +55 11 90000-0009" }] },
  ),
  said(
    "several contact cards are one message",
    23,
    {
      type: "contacts",
      contacts: [
        { name: { first_name: "Um" } },
        { name: { formatted_name: "Dois" }, phones: [{ wa_id: "5511900000008" }, {}] },
        "?",
      ],
    },
    {
      kind: "contacts",
      attachments: [
        { type: "contact", title: "Um" },
        { type: "contact", title: "Dois, 5511900000008" },
      ],
    },
  ),
];
