import { APP_ID, PAGE_INBOX_APP_ID } from "../ids.ts";
import { type Builders, fileOf, type Making, NOTHING_SHOWN, shown } from "./making.ts";
import { commonBuilders, event, message, textOf } from "./messaging.ts";

/** The thumb in the composer is a sticker with this id. */
const THUMB = 369239263222822;

/** What a customer does on Messenger, and what Messenger tells about the thread. */
export const facebookBuilders: Builders = {
  ...commonBuilders(PAGE_INBOX_APP_ID),
  sticker: (making) => sticker(making, 126361874215276),
  like: (making) => sticker(making, THUMB),
  share: (making) => {
    const url = making.input.payload ?? "https://servio.example/servicos/pintura";
    const attachment = { type: "fallback", title: "Página de exemplo", payload: { url, title: "Página de exemplo" } };
    return message(making, { text: textOf(making, url), attachments: [attachment] }, shown("share", url));
  },
  location: (making) => {
    const { latitude = -23.5614, longitude = -46.6559 } = making.input;
    const attachment = { type: "location", payload: { coordinates: { lat: latitude, long: longitude } } };
    return message(making, { attachments: [attachment] }, shown("location"));
  },
  /** Facebook has been seen to write seconds where milliseconds belong. */
  text_in_seconds: (making) => {
    const text = textOf(making, "Olá");
    return message({ ...making, at: Math.floor(making.at / 1000) }, { text }, shown("text", text));
  },
  delivery: (making) => event(making, { delivery: { watermark: making.at } }, NOTHING_SHOWN),
  read: (making) => event(making, { read: { watermark: making.at } }, NOTHING_SHOWN),
  optin: (making) => {
    const optin = { type: "notification_messages", payload: "exemplo", notification_messages_token: "exemplo" };
    return event(making, { optin: { ...optin, ...making.input.fields } }, NOTHING_SHOWN);
  },
  pass_thread_control: (making) => handover(making, "pass_thread_control", { new_owner_app_id: APP_ID }),
  take_thread_control: (making) => handover(making, "take_thread_control", { previous_owner_app_id: APP_ID }),
  request_thread_control: (making) =>
    handover(making, "request_thread_control", { requested_owner_app_id: PAGE_INBOX_APP_ID }),
  /** About the Page itself: it is its own sender. */
  policy_enforcement: (making) => {
    const { account, input } = making;
    const policy_enforcement = { action: input.payload ?? "warning", reason: "Example reason", ...input.fields };
    return event({ ...making, input: { ...input, from: account } }, { policy_enforcement }, NOTHING_SHOWN);
  },
  account_linking: (making) => {
    const account_linking = { status: "linked", authorization_code: "exemplo", ...making.input.fields };
    return event(making, { account_linking }, NOTHING_SHOWN);
  },
  app_roles: (making) => event(making, { app_roles: { [APP_ID]: ["primary_receiver"] } }, NOTHING_SHOWN),
};

function sticker(making: Making, id: number) {
  const url = making.simulation.media.publicUrl(fileOf(making, "sticker"));
  return message(
    making,
    { attachments: [{ type: "sticker", payload: { url, sticker_id: id } }] },
    shown("sticker", "", url),
  );
}

function handover(making: Making, name: string, content: Record<string, unknown>) {
  return event(making, { [name]: { ...content, metadata: making.input.payload ?? "" } }, NOTHING_SHOWN);
}
