import type { AttachmentInfo, MessageKind } from "../channel.ts";
import { type Fields, fieldsOf, listOf, maybeFields, numberOf, partyOf, required, textOf } from "../meta/read.ts";
import { flatten } from "../meta/values.ts";

/** What a message says, apart from who said it and when. */
export interface Content {
  readonly kind: MessageKind;
  readonly text: string;
  readonly attachments: readonly AttachmentInfo[];
  readonly payload?: string | undefined;
  /** A person's new ids, from a `system` message. */
  readonly phone?: string | undefined;
  readonly bsuid?: string | undefined;
}

const NO_ATTACHMENTS: readonly AttachmentInfo[] = [];
const LONGEST_PAYLOAD = 20_000;
const UNSUPPORTED: Content = { kind: "unsupported", text: "", attachments: NO_ATTACHMENTS };

const READERS: ReadonlyMap<unknown, (message: Fields) => Content> = new Map([
  ["text", textContent],
  ["image", (message: Fields) => mediaContent("image", message)],
  ["video", (message: Fields) => mediaContent("video", message)],
  ["audio", (message: Fields) => mediaContent("audio", message)],
  ["document", (message: Fields) => mediaContent("document", message)],
  ["sticker", (message: Fields) => mediaContent("sticker", message)],
  ["location", locationContent],
  ["contacts", contactsContent],
  ["interactive", interactiveContent],
  ["button", buttonContent],
  ["order", orderContent],
  ["system", systemContent],
  ["request_welcome", (): Content => ({ kind: "system", text: "", attachments: NO_ATTACHMENTS })],
]);

/** Reads the part of a message that its `type` names; an unknown type, or one of the wrong shape, is `unsupported`. */
export function readContent(type: unknown, message: Fields): Content {
  const reader = READERS.get(type);
  if (!reader) return UNSUPPORTED;
  try {
    return reader(message);
  } catch {
    // A message that exists but cannot be read is shown as such; the customer did write something.
    return UNSUPPORTED;
  }
}

/** The new text of an edited message: its body, or the caption of its file. */
export function editedText(message: Fields): string {
  return readContent(message.type ?? "text", message).text;
}

function textContent(message: Fields): Content {
  const text = required(textOf(maybeFields(message.text)?.body), "text.body");
  return { kind: "text", text, attachments: NO_ATTACHMENTS };
}

function mediaContent(kind: "image" | "video" | "audio" | "document" | "sticker", message: Fields): Content {
  const file = fieldsOf(message[kind], kind);
  const attachment = present<AttachmentInfo>({
    type: kind,
    mediaId: textOf(file.id),
    url: textOf(file.url),
    mimeType: textOf(file.mime_type),
    fileName: textOf(file.filename),
    sha256: textOf(file.sha256),
    voice: typeof file.voice === "boolean" ? file.voice : undefined,
  });
  return { kind, text: textOf(file.caption) ?? "", attachments: [attachment] };
}

function locationContent(message: Fields): Content {
  const place = fieldsOf(message.location, "location");
  const title = [textOf(place.name), textOf(place.address)].filter(Boolean).join(", ");
  const attachment = present<AttachmentInfo>({
    type: "location",
    latitude: numberOf(place.latitude),
    longitude: numberOf(place.longitude),
    title: title === "" ? undefined : title,
    url: textOf(place.url),
  });
  return { kind: "location", text: "", attachments: [attachment] };
}

/** One message, as many attachments as there are cards. */
function contactsContent(message: Fields): Content {
  const cards = listOf(message.contacts).flatMap((one): AttachmentInfo[] => {
    const card = maybeFields(one);
    if (!card) return [];
    const name = maybeFields(card.name);
    const numbers = listOf(card.phones).map((phone) => {
      const fields = maybeFields(phone);
      return textOf(fields?.phone) ?? textOf(fields?.wa_id);
    });
    const title = [textOf(name?.formatted_name) ?? textOf(name?.first_name), ...numbers].filter(Boolean).join(", ");
    return [{ type: "contact", title }];
  });
  return { kind: "contacts", text: "", attachments: cards };
}

function interactiveContent(message: Fields): Content {
  const interactive = fieldsOf(message.interactive, "interactive");
  const chosen = maybeFields(interactive.button_reply) ?? maybeFields(interactive.list_reply);
  if (chosen) {
    return {
      kind: "interactive",
      text: textOf(chosen.title) ?? "",
      attachments: NO_ATTACHMENTS,
      payload: textOf(chosen.id),
    };
  }
  const form = fieldsOf(interactive.nfm_reply, "nfm_reply");
  // Usually a string that holds JSON, but not always one that does, and sometimes an object already.
  const answer = form.response_json;
  const payload = textOf(answer) ?? (answer === undefined ? undefined : JSON.stringify(answer));
  return {
    kind: "interactive",
    text: textOf(form.body) ?? textOf(form.name) ?? "",
    attachments: NO_ATTACHMENTS,
    payload: payload?.slice(0, LONGEST_PAYLOAD).toWellFormed(),
  };
}

function buttonContent(message: Fields): Content {
  const button = fieldsOf(message.button, "button");
  return {
    kind: "interactive",
    text: textOf(button.text) ?? "",
    attachments: NO_ATTACHMENTS,
    payload: textOf(button.payload),
  };
}

function orderContent(message: Fields): Content {
  const { text, catalog_id, product_items } = fieldsOf(message.order, "order");
  const payload = JSON.stringify({ catalog_id, product_items }).slice(0, LONGEST_PAYLOAD).toWellFormed();
  return { kind: "order", text: textOf(text) ?? "", attachments: NO_ATTACHMENTS, payload };
}

/** WhatsApp's own note, for instance that the customer has a new number. */
function systemContent(message: Fields): Content {
  const system = fieldsOf(message.system, "system");
  return {
    kind: "system",
    text: textOf(system.body) ?? "",
    attachments: NO_ATTACHMENTS,
    phone: partyOf(system.new_wa_id) ?? partyOf(system.wa_id),
    bsuid: partyOf(system.user_id),
  };
}

/** Where the customer came from: an advertisement, or a product that the message refers to. */
export function readReferral(message: Fields): Record<string, string> | undefined {
  const referral = maybeFields(message.referral);
  if (referral) return flatten(referral);
  const product = maybeFields(maybeFields(message.context)?.referred_product);
  return product && { ...flatten(product), source_type: "product" };
}

/** Without the fields that are undefined: that is how documents are stored. */
export function present<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
