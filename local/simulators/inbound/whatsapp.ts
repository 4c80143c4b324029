import { isBsuid } from "../ids.ts";
import type { MediaKind } from "../media/samples.ts";
import { whatsappUpdate } from "../webhooks.ts";
import {
  type Builder,
  type Builders,
  type Built,
  type Effect,
  fileOf,
  type Making,
  NOTHING_SHOWN,
  shown,
  targetOf,
} from "./making.ts";

/** What a customer does on WhatsApp. Shapes: WhatsApp Business Platform, webhooks reference, messages. */
export const whatsappBuilders: Builders = {
  text: (making) => {
    const body = making.input.text ?? "Olá";
    return message(making, "text", { body }, shown("text", body));
  },
  image: media("image"),
  video: media("video"),
  audio: media("audio", { voice: false }),
  voice: media("audio", { voice: true }),
  document: media("document"),
  sticker: media("sticker", { animated: false }),
  location: (making) => {
    const { latitude = -23.5614, longitude = -46.6559, title } = making.input;
    const place = title === undefined ? {} : { name: title, address: "Endereço de exemplo, 1" };
    return message(making, "location", { latitude, longitude, ...place }, shown("location", title));
  },
  contacts: (making) => {
    const name = making.input.title ?? "Contato de exemplo";
    const card = {
      name: { formatted_name: name, first_name: name },
      phones: [{ phone: "+55 11 90000-0009", type: "CELL" }],
    };
    return message(making, "contacts", [card], shown("contacts", name));
  },
  button_reply: (making) => choice(making, "button_reply", {}),
  list_reply: (making) => choice(making, "list_reply", { description: "Descrição de exemplo" }),
  flow_reply: (making) => {
    const response_json = making.input.payload ?? JSON.stringify({ flow_token: "exemplo", bairro: "Centro" });
    const content = { type: "nfm_reply", nfm_reply: { name: "flow", body: "Sent", response_json } };
    return message(making, "interactive", content, shown("interactive", "Formulário enviado"));
  },
  template_button: (making) => {
    const text = making.input.title ?? "Quero continuar";
    return message(making, "button", { payload: making.input.payload ?? text, text }, shown("interactive", text));
  },
  reaction: (making) => {
    const [target, emoji] = [targetOf(making, "business"), making.input.emoji ?? "👍"];
    return message(making, "reaction", { message_id: target, emoji }, { type: "reaction", target, emoji });
  },
  reaction_removed: (making) => {
    const target = targetOf(making, "business");
    return message(making, "reaction", { message_id: target }, { type: "reaction", target, emoji: "" });
  },
  edit: (making) => {
    const [target, body] = [targetOf(making, "customer"), making.input.text ?? "Olá (corrigido)"];
    const edit = { original_message_id: target, message: { type: "text", text: { body } } };
    return message(making, "edit", edit, { type: "edit", target, text: body });
  },
  revoke: (making) => {
    const target = targetOf(making, "customer");
    return message(making, "revoke", { original_message_id: target }, { type: "deletion", target });
  },
  order: (making) => {
    const item = { product_retailer_id: "exemplo-1", quantity: 1, item_price: 150, currency: "BRL" };
    const content = { catalog_id: "194836987003835", text: making.input.text ?? "", product_items: [item] };
    return message(making, "order", content, shown("order", making.input.text));
  },
  ad_referral: (making) => {
    const body = making.input.text ?? "Vi o anúncio de vocês";
    const referral = {
      source_url: "https://fb.me/exemplo",
      source_id: "120000000000001",
      source_type: "ad",
      headline: "Anúncio de exemplo",
      body: "Serviços perto de você",
      media_type: "image",
      ctwa_clid: "exemplo-de-clique",
      ...making.input.referral,
    };
    return message({ ...making, input: { ...making.input, referral } }, "text", { body }, shown("text", body));
  },
  product_question: (making) => {
    const body = making.input.text ?? "Este serviço ainda está disponível?";
    const context = { from: making.account, referred_product: { catalog_id: "1", product_retailer_id: "exemplo-1" } };
    return message(making, "text", { body }, shown("text", body), { context });
  },
  forwarded: (making) => {
    const body = making.input.text ?? "Mensagem encaminhada";
    return message(making, "text", { body }, shown("text", body), { context: { forwarded: true } });
  },
  unsupported: (making) => {
    const errors = [
      { code: 131051, title: "Message type unknown", error_data: { details: "Message type is not supported" } },
    ];
    return message(making, "unsupported", { type: making.input.title ?? "poll" }, shown("unsupported"), { errors });
  },
  request_welcome: (making) => message(making, "request_welcome", undefined, NOTHING_SHOWN),
  /** A type that did not exist when the app was written. */
  future: (making) => message(making, "hologram", { id: "1" }, shown("hologram")),
  /** A person of ours answers in the WhatsApp Business app (coexistence). */
  echo: (making) => {
    const body = making.input.text ?? "Aqui é uma pessoa da equipe.";
    const echo = { from: making.account, to: making.input.from, ...common(making), type: "text", text: { body } };
    const effect: Effect = { type: "bubble", kind: "text", text: body, author: "business" };
    return { updates: [whatsappUpdate(making.account, { message_echoes: [echo] }, "smb_message_echoes")], effect };
  },
};

function media(kind: MediaKind, more: Record<string, unknown> = {}): Builder {
  return (making) => {
    const file = fileOf(making, kind);
    const caption = making.input.text;
    const content = {
      id: file.id,
      mime_type: file.mimeType,
      sha256: file.sha256.toString("base64"),
      url: making.simulation.media.ticket(file),
      ...more,
      ...(kind === "document" ? { filename: file.fileName } : {}),
      ...(caption === undefined ? {} : { caption }),
    };
    return message(
      making,
      kind,
      content,
      shown(more.voice ? "voice" : kind, caption, making.simulation.media.publicUrl(file)),
    );
  };
}

function choice(making: Making, type: "button_reply" | "list_reply", more: Record<string, unknown>): Built {
  const title = making.input.title ?? "Opção de exemplo";
  const reply = { id: making.input.payload ?? "opcao-1", title, ...more };
  return message(making, "interactive", { type, [type]: reply }, shown("interactive", title));
}

function common({ id, at }: Making): Record<string, string> {
  return { id, timestamp: String(Math.floor(at / 1000)) };
}

/** A message of the customer's with one object named after its type. */
function message(
  making: Making,
  type: string,
  content: unknown,
  effect: Effect,
  more: Record<string, unknown> = {},
): Built {
  const { input, account } = making;
  const identity = identityOf(making);
  const element = {
    ...(identity.phone === undefined ? {} : { from: identity.phone }),
    ...(identity.bsuid === undefined ? {} : { from_user_id: identity.bsuid }),
    ...common(making),
    type,
    [type]: content,
    ...(input.replyTo === undefined ? {} : { context: { from: account, id: input.replyTo } }),
    ...(input.referral === undefined ? {} : { referral: input.referral }),
    ...more,
    ...input.fields,
  };
  const contact = {
    profile: { name: making.name },
    ...(identity.phone === undefined ? {} : { wa_id: identity.phone }),
    ...(identity.bsuid === undefined ? {} : { user_id: identity.bsuid }),
  };
  return { updates: [whatsappUpdate(account, { contacts: [contact], messages: [element] })], effect };
}

/** A customer with a username may hide the number; then only the business-scoped id is there. */
function identityOf({ input }: Making): { phone?: string; bsuid?: string } {
  const bsuid = input.bsuid ?? (isBsuid(input.from) ? input.from : undefined);
  const isHidden = input.hidePhone === true || isBsuid(input.from);
  return { ...(isHidden ? {} : { phone: input.from }), ...(bsuid === undefined ? {} : { bsuid }) };
}
