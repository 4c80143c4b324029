import type { Builder, Builders, Built, Effect, Making } from "./build.ts";

/** Shapes: Messenger Platform, webhook events. */

const text: Builder = (making) => {
  const body = making.input.text ?? "Olá";
  return message(making, { text: body }, { type: "bubble", kind: "text", text: body });
};

export const facebookBuilders: Builders = { text };

/** A message of the customer's. */
export function message(making: Making, content: Record<string, unknown>, effect: Effect): Built {
  const { input, id } = making;
  return event(
    making,
    {
      message: {
        mid: id,
        ...content,
        ...(input.replyTo === undefined ? {} : { reply_to: { mid: input.replyTo } }),
        ...(input.referral === undefined ? {} : { referral: input.referral }),
        ...input.fields,
      },
    },
    effect,
  );
}

/** Any event that the customer causes. */
export function event(making: Making, news: Record<string, unknown>, effect: Effect): Built {
  const { input, account, at } = making;
  const element = { sender: { id: input.from }, recipient: { id: account }, timestamp: at, ...news };
  return { updates: [{ list: "messaging", element }], effect };
}
