import type { MediaKind } from "../media/samples.ts";
import {
  type Builder,
  type Builders,
  type Built,
  type Effect,
  fileOf,
  type Making,
  NOTHING_SHOWN,
  revisionOf,
  shown,
  targetOf,
} from "./making.ts";

/** What Messenger and Instagram have in common. Shapes: Messenger Platform and Instagram Platform, webhook events. */
export function commonBuilders(inboxAppId: string): Builders {
  return {
    text: (making) => message(making, { text: textOf(making, "Olá") }, shown("text", textOf(making, "Olá"))),
    image: attachment("image", "image"),
    video: attachment("video", "video"),
    audio: attachment("audio", "audio"),
    file: attachment("document", "file"),
    quick_reply: (making) => {
      const text = making.input.title ?? "Opção de exemplo";
      return message(
        making,
        { text, quick_reply: { payload: making.input.payload ?? "OPCAO_1" } },
        shown("text", text),
      );
    },
    postback: (making) => {
      const { title = "Começar", payload = "GET_STARTED", referral } = making.input;
      const postback = { mid: making.id, title, payload, ...(referral === undefined ? {} : { referral }) };
      return event(making, { postback: { ...postback, ...making.input.fields } }, shown("postback", title));
    },
    ad_referral: (making) => {
      const text = textOf(making, "Vi o anúncio de vocês");
      const ad = { ad_title: "Anúncio de exemplo" };
      const referral = {
        ref: "exemplo",
        source: "ADS",
        type: "OPEN_THREAD",
        ad_id: "120000000000001",
        ads_context_data: ad,
      };
      return message(making, { text, referral: { ...referral, ...making.input.referral } }, shown("text", text));
    },
    referral: (making) => {
      const referral = { ref: "exemplo", source: "SHORTLINK", type: "OPEN_THREAD", ...making.input.referral };
      return event(making, { referral }, NOTHING_SHOWN);
    },
    /** `ref` alone: an m.me or ig.me link. */
    link_referral: (making) => event(making, { referral: { ref: "exemplo", ...making.input.referral } }, NOTHING_SHOWN),
    reaction: (making) => {
      const [target, emoji] = [targetOf(making, "business"), making.input.emoji ?? "❤️"];
      const reaction = { mid: target, action: "react", reaction: "other", emoji };
      return event(making, { reaction }, { type: "reaction", target, emoji });
    },
    reaction_removed: (making) => {
      const target = targetOf(making, "business");
      return event(making, { reaction: { mid: target, action: "unreact" } }, { type: "reaction", target, emoji: "" });
    },
    edit: (making) => {
      const [target, text] = [targetOf(making, "customer"), textOf(making, "Olá (corrigido)")];
      const message_edit = { mid: target, text, num_edit: revisionOf(making, target), ...making.input.fields };
      return event(making, { message_edit }, { type: "edit", target, text });
    },
    /** A person of ours answers in Meta's own inbox. */
    echo: (making) => echo(making, inboxAppId),
    /** Another app owns the thread. */
    standby: (making) => {
      const text = textOf(making, "Olá");
      return aside(message(making, { text }, shown("text", text)));
    },
    /** Postbacks in standby carry no payload. */
    standby_postback: (making) => {
      const title = making.input.title ?? "Começar";
      return aside(event(making, { postback: { mid: making.id, title } }, shown("postback", title)));
    },
  };
}

/** A message of the customer's. */
export function message(making: Making, content: Record<string, unknown>, effect: Effect): Built {
  const { input, id } = making;
  const news = {
    mid: id,
    ...content,
    ...(input.replyTo === undefined ? {} : { reply_to: { mid: input.replyTo } }),
    ...(input.referral === undefined || "referral" in content ? {} : { referral: input.referral }),
    ...input.fields,
  };
  return event(making, { message: news }, effect);
}

/** Any event that the customer causes. */
export function event(making: Making, news: Record<string, unknown>, effect: Effect): Built {
  const { input, account, at } = making;
  const element = { sender: { id: input.from }, recipient: { id: account }, timestamp: at, ...news };
  return { updates: [{ list: "messaging", element }], effect };
}

export function textOf({ input }: Making, otherwise: string): string {
  return input.text ?? otherwise;
}

function attachment(kind: MediaKind, type: string): Builder {
  return (making) => {
    const url = making.simulation.media.publicUrl(fileOf(making, kind));
    const text = making.input.text === undefined ? {} : { text: making.input.text };
    return message(making, { ...text, attachments: [{ type, payload: { url } }] }, shown(kind, making.input.text, url));
  };
}

function echo(making: Making, appId: string): Built {
  const { input, account, at, id } = making;
  const text = textOf(making, "Aqui é uma pessoa da equipe.");
  const news = { mid: id, is_echo: true, app_id: Number(appId), text, ...input.fields };
  const element = { sender: { id: account }, recipient: { id: input.from }, timestamp: at, message: news };
  const effect: Effect = { type: "bubble", kind: "text", text, author: "business" };
  return { updates: [{ list: "messaging", element }], effect };
}

function aside(built: Built): Built {
  return { ...built, updates: built.updates.map((update) => ({ ...update, list: "standby" as const })) };
}
