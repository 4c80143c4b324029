import * as z from "zod";
import type { OutboundFile, OutboundText, SendResult } from "../channel.ts";
import { shortenText, TEXT_LIMITS } from "../text.ts";
import { sendingWindow } from "../window.ts";
import type { Graph } from "./graph.ts";

const accepted = z.object({ message_id: z.string().min(1) });
/** Meta's own code for "sent outside of the allowed window". */
const WINDOW_CLOSED = 10;

/**
 * Sends one text through the Send API of Messenger or Instagram. Only a person's message, and only after the first 24
 * hours, carries the human-agent tag: Meta does not allow it on automatic ones.
 * Source: https://developers.facebook.com/docs/messenger-platform/reference/send-api
 *
 * @param sender Page id, or `me`.
 */
export async function sendMessaging(
  channel: "facebook" | "instagram",
  graph: Graph,
  sender: string,
  message: OutboundText,
  now: number,
): Promise<SendResult> {
  const { state } = sendingWindow(channel, message.lastInboundAt, now);
  if (state !== "open" && !(state === "person_only" && message.author === "person")) {
    return {
      ok: false,
      failure: "window",
      code: WINDOW_CLOSED,
      message:
        state === "person_only"
          ? "A janela de 24 horas fechou. Só uma pessoa pode responder agora."
          : "Passaram mais de sete dias. É preciso esperar o cliente escrever.",
    };
  }
  const { text, shortened } = shortenText(message.text, TEXT_LIMITS[channel]);
  const answer = await graph.post(`${sender}/messages`, {
    recipient: { id: message.customer },
    ...(state === "open" ? { messaging_type: "RESPONSE" } : { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" }),
    message: { ...(message.file ? { attachment: attachmentOf(message.file) } : { text }), metadata: message.messageId },
    ...(message.replyTo !== undefined && { reply_to: { mid: message.replyTo } }),
  });
  if (!answer.ok) return answer;
  const parsed = accepted.safeParse(answer.body);
  if (parsed.success) return { ok: true, providerId: parsed.data.message_id, shortened };
  return { ok: false, failure: "unknown", code: -1, message: "Graph accepted the message but named no message id" };
}

/** Meta fetches the file itself. A sticker of ours is a picture to it. */
function attachmentOf(file: OutboundFile) {
  const type = file.kind === "document" ? "file" : file.kind === "sticker" ? "image" : file.kind;
  return { type, payload: { url: file.link(), is_reusable: false } };
}

/** Marks the conversation as seen. */
export async function seeMessaging(graph: Graph, sender: string, customer: string): Promise<void> {
  await act(graph, sender, customer, "mark_seen");
}

/** Marks the conversation as seen, and shows "typing" until the answer, at most 20 seconds: each is a call of its own. */
export async function typeMessaging(graph: Graph, sender: string, customer: string): Promise<void> {
  await act(graph, sender, customer, "mark_seen");
  await act(graph, sender, customer, "typing_on");
}

async function act(graph: Graph, sender: string, customer: string, action: "mark_seen" | "typing_on"): Promise<void> {
  await graph.post(`${sender}/messages`, { recipient: { id: customer }, sender_action: action });
}
