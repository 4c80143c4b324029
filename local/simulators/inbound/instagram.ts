import type { Builder, Builders } from "./build.ts";
import { message } from "./facebook.ts";

/** Shapes: Instagram Platform, webhooks, messaging; the same envelope as Messenger's. */

const text: Builder = (making) => {
  const body = making.input.text ?? "Olá";
  return message(making, { text: body }, { type: "bubble", kind: "text", text: body });
};

export const instagramBuilders: Builders = { text };
