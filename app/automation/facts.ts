import { Timestamp } from "firebase-admin/firestore";
import * as z from "zod";
import { CHANNELS, type ChannelName } from "../channels/channel.ts";
import { isTimeZone } from "./local-time.ts";
import { optional } from "./read.ts";

/** What is known about a customer when it is decided whether and how to write. Read leniently: not all of it is ours. */

export interface UserFacts {
  readonly optedOut: boolean;
  readonly email?: string;
  readonly name?: string;
  readonly preferred?: ChannelName | "email";
  readonly timeZone?: string;
}

export interface ConversationFacts {
  readonly id: string;
  readonly channel: ChannelName;
  readonly open: boolean;
  readonly human: boolean;
  readonly optedOut: boolean;
  /** Unix milliseconds; 0 when the customer never wrote. */
  readonly lastInboundAt: number;
  readonly lastAutomation?: { readonly at: number; readonly sendId: string };
}

const zone = optional(z.string().refine(isTimeZone));
const user = z.object({
  optOutAutomations: z.boolean().catch(false),
  email: optional(z.email()),
  name: optional(z.string().min(1)),
  preferredChannel: optional(z.enum([...CHANNELS, "email"])),
  timeZone: zone,
  timezone: zone,
});

/** @param id the document's id, which is an e-mail address unless somebody did otherwise */
export function userFacts(id: string, data: unknown): UserFacts {
  const read = user.parse(typeof data === "object" && data !== null ? data : {});
  const email = z.email().safeParse(id).data ?? read.email;
  const timeZone = read.timeZone ?? read.timezone;
  return {
    optedOut: read.optOutAutomations,
    ...(email && { email }),
    ...(read.name && { name: read.name }),
    ...(read.preferredChannel && { preferred: read.preferredChannel }),
    ...(timeZone && { timeZone }),
  };
}

const moment = optional(z.instanceof(Timestamp));
const conversation = z.object({
  channel: z.enum(CHANNELS),
  status: optional(z.string()),
  mode: optional(z.string()),
  contact: optional(z.object({ optOut: optional(z.boolean()) })),
  lastInboundAt: moment,
  lastAutomation: optional(
    z.object({ at: z.instanceof(Timestamp), sendId: z.string(), failed: optional(z.boolean()) }),
  ),
});

export function conversationFacts(id: string, data: unknown): ConversationFacts | undefined {
  const read = conversation.safeParse(data).data;
  if (!read) return undefined;
  return {
    id,
    channel: read.channel,
    open: read.status !== "closed",
    human: read.mode === "human",
    optedOut: read.contact?.optOut === true,
    lastInboundAt: read.lastInboundAt?.toMillis() ?? 0,
    // One that never left keeps nobody from the next.
    ...(read.lastAutomation &&
      read.lastAutomation.failed !== true && {
        lastAutomation: { at: read.lastAutomation.at.toMillis(), sendId: read.lastAutomation.sendId },
      }),
  };
}
