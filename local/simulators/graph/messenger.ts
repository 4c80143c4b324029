import * as z from "zod";
import { newMessageId } from "../ids.ts";
import type { Simulation } from "../simulation.ts";
import type { Conversation, Sent } from "../world.ts";
import { pageChoices } from "./choices.ts";
import { GraphError } from "./errors.ts";
import { HUMAN_AGENT_MS, WINDOW_MS } from "./limits.ts";
import { type Accepted, markAllRead, showTyping } from "./outgoing.ts";
import { addressee } from "./strangers.ts";
import { fetchAttachment } from "./uploads.ts";

/** Messenger: 2000 characters, counted in UTF-16 units to be on the safe side. */
const MAX_FACEBOOK_TEXT = 2000;
/** Instagram: 1000 bytes of UTF-8. */
const MAX_INSTAGRAM_BYTES = 1000;
const MAX_METADATA = 1000;
const MAX_QUICK_REPLY = 20;
/** No longer accepted since 27 April 2026 (Messenger Platform changelog). */
const DEAD_TAGS: ReadonlySet<string> = new Set(["CONFIRMED_EVENT_UPDATE", "ACCOUNT_UPDATE", "POST_PURCHASE_UPDATE"]);

const request = z.looseObject({
  recipient: z.object({ id: z.string().min(1) }),
  messaging_type: z.enum(["RESPONSE", "UPDATE", "MESSAGE_TAG"]).optional(),
  tag: z.string().optional(),
  message: z
    .looseObject({
      text: z.string().min(1).optional(),
      attachment: z.looseObject({ type: z.string() }).optional(),
      quick_replies: z
        .array(z.looseObject({ title: z.string().max(MAX_QUICK_REPLY).optional() }))
        .max(13)
        .optional(),
      metadata: z.string().max(MAX_METADATA).optional(),
    })
    .optional(),
  sender_action: z.enum(["typing_on", "typing_off", "mark_seen", "react", "unreact"]).optional(),
});
type SendRequest = z.output<typeof request>;
type PageChannel = "facebook" | "instagram";

/** `POST /{page id}/messages` and `/me/messages`. @throws {GraphError} when Meta would refuse it. */
export async function sendMessenger(
  simulation: Simulation,
  channel: PageChannel,
  account: string,
  body: unknown,
): Promise<Accepted> {
  const parsed = request.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new GraphError(100, { details: `param ${issue?.path.join(".")}: ${issue?.message}` });
  }
  const customer = addressee(simulation, channel, parsed.data.recipient.id);
  if (!customer) {
    throw new GraphError(100, {
      subcode: channel === "facebook" ? 2018001 : 2534014,
      details: "No matching user found",
    });
  }
  if ((parsed.data.message === undefined) === (parsed.data.sender_action === undefined)) {
    throw new GraphError(100, { details: "send a message or a sender_action, each in a call of its own" });
  }
  const now = simulation.world.now();
  if (!simulation.rates.account(channel, account, now)) throw new GraphError(613);
  if (parsed.data.sender_action !== undefined) return act(simulation, customer, parsed.data.sender_action);
  checkTag(parsed.data);
  checkText(channel, parsed.data);
  checkWindow(channel, parsed.data, customer, now);
  const { message } = parsed.data;
  if (message?.attachment && !simulation.rates.media(channel, account, now)) throw new GraphError(613);
  const mediaUrl = await mediaOf(simulation, channel, message?.attachment);
  const id = newMessageId(channel);
  const sent: Sent = {
    id,
    channel,
    account,
    to: customer.customer,
    kind: message?.attachment?.type ?? "text",
    text: message?.text ?? "",
    at: now,
    ...(message?.metadata === undefined ? {} : { correlation: message.metadata }),
    ...(mediaUrl === undefined ? {} : { mediaUrl }),
    body,
  };
  return {
    answer: { recipient_id: customer.customer, message_id: id },
    sent,
    choices: pageChoices(message),
  };
}

/** The files that Messenger and Instagram take by their address; a template has none. */
const FILES: ReadonlySet<string> = new Set(["image", "video", "audio", "file"]);
const filePayload = z.looseObject({ payload: z.looseObject({ url: z.string() }) });

async function mediaOf(simulation: Simulation, channel: PageChannel, attachment: { type: string } | undefined) {
  if (attachment === undefined || !FILES.has(attachment.type)) return undefined;
  const file = filePayload.safeParse(attachment);
  if (!file.success) throw new GraphError(100, { details: "param attachment[payload][url] is required" });
  const fetched = await fetchAttachment(simulation, channel, attachment.type, file.data.payload.url);
  return simulation.media.publicUrl(fetched);
}

function act(simulation: Simulation, customer: Conversation, action: string): Accepted {
  if (action === "mark_seen") markAllRead(simulation, customer);
  else if (action.startsWith("typing")) {
    showTyping(simulation, customer.channel, customer.customer, action === "typing_on");
  }
  return { answer: { recipient_id: customer.customer } };
}

function checkTag(body: SendRequest): void {
  const { messaging_type: type, tag } = body;
  if (type !== "MESSAGE_TAG") {
    if (tag !== undefined) throw new GraphError(100, { details: "param tag needs messaging_type MESSAGE_TAG" });
    return;
  }
  if (tag === undefined) throw new GraphError(100, { details: "messaging_type MESSAGE_TAG needs a tag" });
  if (DEAD_TAGS.has(tag)) throw new GraphError(100, { details: `tag ${tag} is no longer supported` });
  if (tag !== "HUMAN_AGENT") throw new GraphError(100, { details: `tag ${tag} does not exist` });
}

function checkText(channel: PageChannel, body: SendRequest): void {
  const text = body.message?.text;
  if (text !== undefined && body.message?.attachment !== undefined) {
    throw new GraphError(100, { details: "message has text or an attachment, not both" });
  }
  if (text === undefined && body.message?.attachment === undefined) {
    throw new GraphError(100, { details: "message must have text or an attachment" });
  }
  if (channel === "facebook" && text !== undefined && text.length > MAX_FACEBOOK_TEXT) {
    throw new GraphError(100, { details: `Length of param message[text] must be at most ${MAX_FACEBOOK_TEXT}` });
  }
  if (channel === "instagram" && Buffer.byteLength(text ?? "") > MAX_INSTAGRAM_BYTES) {
    throw new GraphError(100, { details: `message[text] must be at most ${MAX_INSTAGRAM_BYTES} bytes of UTF-8` });
  }
}

function checkWindow(channel: PageChannel, body: SendRequest, customer: Conversation, now: number): void {
  const age = now - (customer.lastInboundAt ?? 0);
  if (age <= WINDOW_MS) return;
  if (body.tag === "HUMAN_AGENT" && age <= HUMAN_AGENT_MS) return;
  throw new GraphError(10, {
    subcode: channel === "facebook" ? 2018278 : 2534022,
    details: "This message is sent outside of allowed window",
  });
}
