import { setTimeout as sleep } from "node:timers/promises";
import type { ApiEnvironment } from "../environment.ts";
import type { Channel, ChannelEvent, MediaAddress, MetaChannelName, SendResult } from "./channel.ts";
import { parseInstagram } from "./instagram/parse.ts";
import { parseMessenger } from "./messenger/parse.ts";
import { createGraph } from "./meta/graph.ts";
import { readProfile } from "./meta/profile.ts";
import { seeMessaging, sendMessaging, typeMessaging } from "./meta/send.ts";
import { createPacer } from "./pace.ts";
import { whatsappMedia } from "./whatsapp/media.ts";
import { parseWhatsApp } from "./whatsapp/parse.ts";
import { seeWhatsApp, sendWhatsApp, typeWhatsApp } from "./whatsapp/send.ts";
import { sendingWindow } from "./window.ts";

/** What the channels need to send. To parse they need nothing: see {@link createParsers}. */
export interface ChannelsOptions {
  /** `https://graph.facebook.com`, or a simulator. */
  readonly graphBaseUrl: string;
  /** `v26.0` */
  readonly graphVersion: string;
  readonly whatsapp: { readonly token: string; readonly phoneId: string };
  /** The Page token serves Messenger and Instagram. */
  readonly messenger: { readonly token: string; readonly pageId: string };
  readonly instagram: { readonly token: string; readonly accountId: string };
  /** For one Graph call, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
  /** Unix milliseconds. Default the system's clock. */
  readonly now?: () => number;
  /** Waits so many milliseconds. Default a timer. */
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}

/** How each channel reads a payload. Never throws. */
export type Parsers = Readonly<Record<MetaChannelName, (body: unknown) => ChannelEvent[]>>;

/** Only the reading half: what the webhook needs, without any token. */
export function createParsers(now: () => number = Date.now): Parsers {
  return {
    whatsapp: (body) => parseWhatsApp(body, now),
    facebook: (body) => parseMessenger(body, now),
    instagram: (body) => parseInstagram(body, now),
  };
}

/** Messenger and Instagram tell an address that whoever has it may open, for some days. */
async function messagingMedia({ url }: { readonly url?: string }): Promise<MediaAddress> {
  return url === undefined ? { ok: false, gone: true, message: "The message tells no address" } : { ok: true, url };
}

/** As Meta would say it, without having been asked. */
function tooFast(channel: MetaChannelName, turn: { refused: "account" | "pair"; waitMs: number }): SendResult {
  const whole = channel === "whatsapp" ? 130429 : 613;
  return {
    ok: false,
    failure: "retry",
    code: turn.refused === "pair" ? 131056 : whole,
    message: "Mensagens demais em pouco tempo. O envio será repetido.",
    retryAfterMs: turn.waitMs,
  };
}

/** What the service's environment says of the channels. */
export function channelsOptions(environment: ApiEnvironment): ChannelsOptions {
  return {
    graphBaseUrl: environment.GRAPH_BASE_URL,
    graphVersion: environment.GRAPH_API_VERSION,
    whatsapp: { token: environment.WHATSAPP_TOKEN, phoneId: environment.WHATSAPP_PHONE_ID },
    messenger: { token: environment.META_ACCESS_TOKEN, pageId: environment.META_PAGE_ID },
    instagram: { token: environment.META_ACCESS_TOKEN, accountId: environment.INSTAGRAM_ACCOUNT_ID },
  };
}

/** The three channels of Meta's. */
export function createChannels(options: ChannelsOptions): Record<MetaChannelName, Channel> {
  const now = options.now ?? Date.now;
  const parsers = createParsers(now);
  const { whatsapp, messenger, instagram } = options;
  const graphFor = (channel: MetaChannelName, token: string) =>
    createGraph({
      channel,
      baseUrl: options.graphBaseUrl,
      version: options.graphVersion,
      token,
      now,
      ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
      ...(options.fetch !== undefined && { fetch: options.fetch }),
    });
  const graphs = {
    whatsapp: graphFor("whatsapp", whatsapp.token),
    facebook: graphFor("facebook", messenger.token),
    instagram: graphFor("instagram", instagram.token),
  };
  const paced = (name: MetaChannelName, account: string, send: Channel["send"]): Channel["send"] => {
    const pacer = createPacer(name, now);
    return async (message) => {
      const turn = pacer.take(message.account ?? account, message.customer, message.file !== undefined);
      if (typeof turn === "object") return tooFast(name, turn);
      if (turn > 0) await (options.sleep ?? sleep)(turn);
      return send(message);
    };
  };
  return {
    whatsapp: {
      name: "whatsapp",
      parse: parsers.whatsapp,
      send: paced("whatsapp", whatsapp.phoneId, (message) =>
        sendWhatsApp(graphs.whatsapp, whatsapp.phoneId, message, now()),
      ),
      typing: (to) => typeWhatsApp(graphs.whatsapp, to.account ?? whatsapp.phoneId, to.providerId),
      seen: (to) => seeWhatsApp(graphs.whatsapp, to.account ?? whatsapp.phoneId, to.providerId),
      media: (file) => whatsappMedia(graphs.whatsapp, whatsapp.token, file),
      window: (lastInboundAt, at) => sendingWindow("whatsapp", lastInboundAt, at),
    },
    facebook: {
      name: "facebook",
      parse: parsers.facebook,
      send: paced("facebook", messenger.pageId, (message) =>
        sendMessaging("facebook", graphs.facebook, message.account ?? messenger.pageId, message, now()),
      ),
      typing: (to) => typeMessaging(graphs.facebook, to.account ?? messenger.pageId, to.customer),
      seen: (to) => seeMessaging(graphs.facebook, to.account ?? messenger.pageId, to.customer),
      media: messagingMedia,
      profile: (customer) => readProfile(graphs.facebook, "facebook", customer),
      window: (lastInboundAt, at) => sendingWindow("facebook", lastInboundAt, at),
    },
    instagram: {
      name: "instagram",
      parse: parsers.instagram,
      // The Page token names the account: the specification's endpoint is `/me/messages`.
      send: paced("instagram", instagram.accountId, (message) =>
        sendMessaging("instagram", graphs.instagram, "me", message, now()),
      ),
      typing: (to) => typeMessaging(graphs.instagram, "me", to.customer),
      seen: (to) => seeMessaging(graphs.instagram, "me", to.customer),
      media: messagingMedia,
      profile: (customer) => readProfile(graphs.instagram, "instagram", customer),
      window: (lastInboundAt, at) => sendingWindow("instagram", lastInboundAt, at),
    },
  };
}
