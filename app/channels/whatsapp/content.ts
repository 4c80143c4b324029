import type { AttachmentInfo, MessageKind } from "../channel.ts";
import { flatten } from "../meta/values.ts";
import * as schemas from "./schemas.ts";

/** What a message says, apart from who said it and when. */
export interface Content {
  readonly kind: MessageKind;
  readonly text: string;
  readonly attachments: readonly AttachmentInfo[];
  readonly payload?: string;
  /** A person's new ids, from a `system` message. */
  readonly phone?: string;
  readonly bsuid?: string;
}

const NO_ATTACHMENTS: readonly AttachmentInfo[] = [];
const LONGEST_PAYLOAD = 20_000;

type Reader = (raw: unknown) => Content;

const READERS: Readonly<Record<string, Reader>> = {
  text: (raw) => ({ kind: "text", text: schemas.text.parse(raw).text.body, attachments: NO_ATTACHMENTS }),
  image: (raw) => mediaContent("image", raw),
  video: (raw) => mediaContent("video", raw),
  audio: (raw) => mediaContent("audio", raw),
  document: (raw) => mediaContent("document", raw),
  sticker: (raw) => mediaContent("sticker", raw),
  location: locationContent,
  contacts: contactsContent,
  interactive: interactiveContent,
  button: (raw) => {
    const { text, payload } = schemas.button.parse(raw).button;
    return { kind: "interactive", text: text ?? "", attachments: NO_ATTACHMENTS, ...optionalPayload(payload) };
  },
  order: (raw) => {
    const { text, catalog_id, product_items } = schemas.order.parse(raw).order;
    const payload = JSON.stringify({ catalog_id, product_items }).slice(0, LONGEST_PAYLOAD);
    return { kind: "order", text: text ?? "", attachments: NO_ATTACHMENTS, payload };
  },
  system: systemContent,
  request_welcome: () => ({ kind: "system", text: "", attachments: NO_ATTACHMENTS }),
};

/** Reads the part of a message that its `type` names; an unknown type, or one of the wrong shape, is `unsupported`. */
export function readContent(type: string, raw: unknown): Content {
  const reader = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  if (!reader) return unsupported();
  try {
    return reader(raw);
  } catch {
    // A message that exists but cannot be read is shown as such; the customer did write something.
    return unsupported();
  }
}

/** The new text of an edited message: its body, or the caption of its file. */
export function editedText(message: Record<string, unknown>): string {
  const type = typeof message.type === "string" ? message.type : "text";
  return readContent(type, message).text;
}

function unsupported(): Content {
  return { kind: "unsupported", text: "", attachments: NO_ATTACHMENTS };
}

function mediaContent(kind: "image" | "video" | "audio" | "document" | "sticker", raw: unknown): Content {
  const file = schemas.media.parse((raw as Record<string, unknown>)[kind]);
  const attachment: AttachmentInfo = {
    type: kind,
    ...(file.id !== undefined && { mediaId: file.id }),
    ...(file.url !== undefined && { url: file.url }),
    ...(file.mime_type !== undefined && { mimeType: file.mime_type }),
    ...(file.filename !== undefined && { fileName: file.filename }),
    ...(file.sha256 !== undefined && { sha256: file.sha256 }),
    ...(file.voice !== undefined && { voice: file.voice }),
  };
  return { kind, text: file.caption ?? "", attachments: [attachment] };
}

function locationContent(raw: unknown): Content {
  const { latitude, longitude, name, address, url } = schemas.location.parse(raw).location;
  const title = [name, address].filter(Boolean).join(", ");
  const attachment: AttachmentInfo = {
    type: "location",
    ...(latitude !== undefined && { latitude }),
    ...(longitude !== undefined && { longitude }),
    ...(title !== "" && { title }),
    ...(url !== undefined && { url }),
  };
  return { kind: "location", text: "", attachments: [attachment] };
}

/** One message, as many attachments as there are cards. */
function contactsContent(raw: unknown): Content {
  const cards = schemas.contactCards.parse(raw).contacts.flatMap((card) => {
    const parsed = schemas.vcard.safeParse(card);
    if (!parsed.success) return [];
    const { name, phones } = parsed.data;
    const numbers = (phones ?? []).flatMap(({ phone, wa_id }) => phone ?? wa_id ?? []);
    const title = [name?.formatted_name ?? name?.first_name, ...numbers].filter(Boolean).join(", ");
    return [{ type: "contact" as const, title }];
  });
  return { kind: "contacts", text: "", attachments: cards };
}

function interactiveContent(raw: unknown): Content {
  const { button_reply, list_reply, nfm_reply } = schemas.interactive.parse(raw).interactive;
  const chosen = button_reply ?? list_reply;
  if (chosen) {
    return {
      kind: "interactive",
      text: chosen.title ?? "",
      attachments: NO_ATTACHMENTS,
      ...optionalPayload(chosen.id),
    };
  }
  if (!nfm_reply) return unsupported();
  // Usually a string that holds JSON, but not always one that does, and sometimes an object already.
  const answer = nfm_reply.response_json;
  const payload = typeof answer === "string" ? answer : answer === undefined ? undefined : JSON.stringify(answer);
  return {
    kind: "interactive",
    text: nfm_reply.body ?? nfm_reply.name ?? "",
    attachments: NO_ATTACHMENTS,
    ...optionalPayload(payload?.slice(0, LONGEST_PAYLOAD)),
  };
}

function systemContent(raw: unknown): Content {
  const { body, wa_id, new_wa_id, user_id } = schemas.system.parse(raw).system;
  const phone = new_wa_id ?? wa_id;
  return {
    kind: "system",
    text: body ?? "",
    attachments: NO_ATTACHMENTS,
    ...(phone !== undefined && { phone }),
    ...(user_id !== undefined && { bsuid: user_id }),
  };
}

function optionalPayload(payload: string | undefined): { payload?: string } {
  return payload === undefined ? {} : { payload };
}

/** Where the customer came from: an advertisement, or a product that the message refers to. */
export function readReferral(message: schemas.WhatsAppMessage): Record<string, string> | undefined {
  if (message.referral) return flatten(message.referral);
  const product = message.context?.referred_product;
  return product ? { ...flatten(product), source_type: "product" } : undefined;
}
