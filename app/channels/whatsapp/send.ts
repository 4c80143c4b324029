import * as z from "zod";
import type { OutboundTemplate, OutboundText, SendResult } from "../channel.ts";
import type { Graph } from "../meta/graph.ts";
import { shortenText, TEXT_LIMITS } from "../text.ts";
import { sendingWindow } from "../window.ts";
import { uploadMedia } from "./upload.ts";

const accepted = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) });

/** `CC.…` or `CC.ENT.…`: a business-scoped user id. */
const BSUID = /^[A-Z]{2}\.(ENT\.)?[0-9A-Za-z]{1,128}$/;
/** Meta's own code for "more than 24 hours have passed". */
const WINDOW_CLOSED = 131047;
const LONGEST_CORRELATION = 512;
/** https://developers.facebook.com/docs/whatsapp/cloud-api/messages/image-messages */
const CAPTION_LIMIT = { max: 1024, unit: "characters" } as const;

/**
 * Sends one text. A business-scoped id goes into `recipient`: in `to` it would be answered with 200 and dropped.
 * Source: https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages
 */
export async function sendWhatsApp(
  graph: Graph,
  phoneId: string,
  message: OutboundText,
  now: number,
): Promise<SendResult> {
  const { template } = message;
  if (!template && sendingWindow("whatsapp", message.lastInboundAt, now).state !== "open") {
    return {
      ok: false,
      failure: "window",
      code: WINDOW_CLOSED,
      message: "A janela de 24 horas fechou. Envie um modelo aprovado ou espere o cliente escrever.",
    };
  }
  const sender = message.account ?? phoneId;
  const { text, shortened } = shortenText(message.text, message.file ? CAPTION_LIMIT : TEXT_LIMITS.whatsapp);
  const media = message.file && (await uploadMedia(graph, sender, message.file));
  if (media?.ok === false) return media;
  const answer = await graph.post(`${sender}/messages`, {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    ...recipientOf(message),
    ...contentOf(message, text, media?.id),
    ...(message.replyTo !== undefined && { context: { message_id: message.replyTo } }),
    biz_opaque_callback_data: message.messageId.slice(0, LONGEST_CORRELATION),
  });
  if (!answer.ok) return answer;
  const id = accepted.safeParse(answer.body).data?.messages[0]?.id;
  if (id !== undefined) return { ok: true, providerId: id, shortened };
  return { ok: false, failure: "unknown", code: -1, message: "Graph accepted the message but named no message id" };
}

function contentOf({ template, file }: OutboundText, text: string, mediaId: string | undefined): object {
  if (template) return templatePart(template);
  if (!file || mediaId === undefined) return { type: "text", text: { preview_url: false, body: text } };
  const caption = text !== "" && file.kind !== "audio" && file.kind !== "sticker" ? { caption: text } : {};
  const filename = file.kind === "document" && file.fileName !== undefined ? { filename: file.fileName } : {};
  return { type: file.kind, [file.kind]: { id: mediaId, ...caption, ...filename } };
}

/** Source: https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates */
function templatePart(template: OutboundTemplate) {
  const parameters = template.parameters.map((text, index) => {
    const name = template.names?.[index];
    return { type: "text", ...(name !== undefined && { parameter_name: name }), text: onOneLine(text) };
  });
  return {
    type: "template",
    template: {
      name: template.name,
      language: { code: template.language },
      ...(parameters.length > 0 && { components: [{ type: "body", parameters }] }),
    },
  };
}

/** Meta refuses a value with a line break, a tab or more than four spaces in a row: the title of a job may have them. */
function onOneLine(value: string): string {
  return value.replace(/\s*[\n\r\t]\s*| {5,}/g, " ");
}

function recipientOf(message: OutboundText): { to: string } | { recipient: string } {
  // The conversation's name keeps the first id for good; the contact has the one that is valid now.
  if (BSUID.test(message.customer)) return { recipient: message.bsuid ?? message.customer };
  return { to: message.customer };
}

/** Marks the customer's message as read, and all before it. */
export async function seeWhatsApp(graph: Graph, phoneId: string, providerId: string | undefined): Promise<void> {
  if (providerId !== undefined) await graph.post(`${phoneId}/messages`, readMark(providerId));
}

/** Marks the customer's message as read and shows "typing" for up to 25 seconds, or until the answer. */
export async function typeWhatsApp(graph: Graph, phoneId: string, providerId: string | undefined): Promise<void> {
  if (providerId === undefined) return;
  await graph.post(`${phoneId}/messages`, { ...readMark(providerId), typing_indicator: { type: "text" } });
}

function readMark(providerId: string) {
  return { messaging_product: "whatsapp", status: "read", message_id: providerId };
}
