import { isBsuid } from "../ids.ts";
import { whatsappUpdate } from "../webhooks.ts";
import type { Builder, Builders, Built, Effect, Making } from "./build.ts";

/** Shapes: WhatsApp Business Platform, webhooks reference, messages. */

const text: Builder = (making) => {
  const body = making.input.text ?? "Olá";
  return message(making, "text", { body }, { type: "bubble", kind: "text", text: body });
};

export const whatsappBuilders: Builders = { text };

/** A message of the customer's with one object named after its type. */
function message(making: Making, type: string, content: unknown, effect: Effect): Built {
  const { input, account, id, at } = making;
  const element = {
    ...sender(making),
    id,
    timestamp: String(Math.floor(at / 1000)),
    type,
    [type]: content,
    ...(input.replyTo === undefined ? {} : { context: { from: account, id: input.replyTo } }),
    ...(input.referral === undefined ? {} : { referral: input.referral }),
    ...input.fields,
  };
  return { updates: [whatsappUpdate(account, { contacts: [contact(making)], messages: [element] })], effect };
}

function contact({ input, name }: Making): Record<string, unknown> {
  const bsuid = input.bsuid ?? (isBsuid(input.from) ? input.from : undefined);
  const hidden = input.hidePhone === true || isBsuid(input.from);
  return {
    profile: { name },
    ...(hidden ? {} : { wa_id: input.from }),
    ...(bsuid === undefined ? {} : { user_id: bsuid }),
  };
}

function sender({ input }: Making): Record<string, unknown> {
  const bsuid = input.bsuid ?? (isBsuid(input.from) ? input.from : undefined);
  const hidden = input.hidePhone === true || isBsuid(input.from);
  return { ...(hidden ? {} : { from: input.from }), ...(bsuid === undefined ? {} : { from_user_id: bsuid }) };
}
