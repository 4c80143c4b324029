import { INSTAGRAM_MESSAGES } from "./instagram-messages.ts";
import { INSTAGRAM_NEWS } from "./instagram-news.ts";
import { INSTAGRAM_OTHERS } from "./instagram-others.ts";
import { MESSENGER_MESSAGES } from "./messenger-messages.ts";
import { MESSENGER_NEWS } from "./messenger-news.ts";
import { MESSENGER_OTHERS } from "./messenger-others.ts";
import type { Shape } from "./shape.ts";
import { WHATSAPP_ACCOUNT } from "./whatsapp-account.ts";
import { WHATSAPP_BATCHES } from "./whatsapp-batches.ts";
import { WHATSAPP_MEDIA } from "./whatsapp-media.ts";
import { WHATSAPP_NEWS } from "./whatsapp-news.ts";
import { WHATSAPP_REPLIES } from "./whatsapp-replies.ts";
import { WHATSAPP_SENDERS } from "./whatsapp-senders.ts";
import { WHATSAPP_SHELLS } from "./whatsapp-shells.ts";
import { WHATSAPP_STATUSES } from "./whatsapp-statuses.ts";
import { WHATSAPP_TEXTS } from "./whatsapp-texts.ts";

/** Every payload shape that the channels know, with what each means. */
export const SHAPES: readonly Shape[] = [
  ...WHATSAPP_TEXTS,
  ...WHATSAPP_MEDIA,
  ...WHATSAPP_REPLIES,
  ...WHATSAPP_SENDERS,
  ...WHATSAPP_BATCHES,
  ...WHATSAPP_SHELLS,
  ...WHATSAPP_STATUSES,
  ...WHATSAPP_NEWS,
  ...WHATSAPP_ACCOUNT,
  ...MESSENGER_MESSAGES,
  ...MESSENGER_NEWS,
  ...MESSENGER_OTHERS,
  ...INSTAGRAM_MESSAGES,
  ...INSTAGRAM_NEWS,
  ...INSTAGRAM_OTHERS,
];

export * from "./shape.ts";
