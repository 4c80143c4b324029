import * as z from "zod";
import { type Bucket, uploadedAttachment } from "../../attachments/index.ts";
import { shortenText, TEXT_LIMITS } from "../../channels/index.ts";
import {
  type ManualDeps,
  type ManualMessage,
  type ManualResult,
  sendManualMessage,
} from "../../conversations/index.ts";
import { currentTrace } from "../../telemetry/log.ts";
import { chooseTemplate } from "../../templates/index.ts";
import { personOf } from "../caller.ts";
import { HttpProblem, problem } from "../problem.ts";
import { defineRoute, type Route } from "../route.ts";
import { messageView, viewMessage } from "../views.ts";
import { conversationIdSchema, noConversation, staffRefusals, unknownConversation } from "./conversations.ts";

/** Longer than any channel takes (WhatsApp: 4,096 characters). */
const LONGEST_TEXT = 4096;
/** WhatsApp. */
const LONGEST_CAPTION = 1024;

const sendBody = z
  .strictObject({
    conversationId: conversationIdSchema,
    text: z.string().trim().min(1).max(LONGEST_TEXT).optional(),
    template: z
      .strictObject({
        name: z.string().min(1).max(512),
        language: z.string().min(2).max(10).describe("`pt_BR`"),
        parameters: z.array(z.string().trim().min(1).max(1024)).max(20).default([]),
      })
      .optional()
      .describe("WhatsApp: an approved template instead of a text, also outside the window"),
    uploadId: z
      .uuid()
      .optional()
      .describe("A file from `POST /api/omni/attachments`; the text, if any, is its caption (WhatsApp only)"),
    clientMessageId: z
      .string()
      .min(8)
      .max(100)
      .describe("Made once per message: a repeated request sends nothing twice"),
    replyTo: z
      .string()
      .min(1)
      .max(128)
      .regex(/^[^/]+$/)
      .optional()
      .describe("Id of the message that it answers"),
    seenAt: z.iso
      .datetime()
      .optional()
      .describe("Time of the newest message that the author saw: refused when a colleague answered after it"),
  })
  .refine(({ text, template, uploadId }) => (template === undefined) === ((text ?? uploadId) !== undefined), {
    message: "give either text, uploadId or both, or template",
    path: ["text"],
  });

export interface SendDeps extends ManualDeps {
  readonly bucket: Bucket;
}

/** A person writes to the customer: the bot steps aside at once, and the message goes out in the same request. */
export function sendRoute(deps: SendDeps): Route {
  return defineRoute({
    method: "post",
    path: "/api/omni/messages",
    access: "staff",
    summary: "Sends a person's message and takes the conversation over from the bot",
    body: sendBody,
    answers: {
      201: { description: "Written and decided: `status` is sent, or failed with the reason", schema: messageView },
      202: { description: "Written; the channel asked for patience, the worker goes on", schema: messageView },
      ...staffRefusals,
      404: unknownConversation,
      409: problem("`window_closed`, `id_taken`, `template_not_sendable`, `answered_meanwhile`"),
      422: problem(
        "`text_too_long` for the channel, `template_unknown`, `template_parameters`, `upload_unknown`, `caption_not_possible`",
      ),
    },
    handle: async (call) => {
      const { conversationId, clientMessageId, replyTo, seenAt } = call.body;
      const content = await contentOf(deps, call.body);
      refuseTooLong(conversationId, content.text);
      const trace = currentTrace();
      const author = personOf(call.caller).uid;
      const manual = {
        conversationId,
        ...content,
        clientMessageId,
        author,
        ...(replyTo !== undefined && { replyTo }),
        ...(seenAt !== undefined && { seenAt: Date.parse(seenAt) }),
        ...(trace !== undefined && { trace }),
      };
      const { message } = written(await sendManualMessage(deps, manual), conversationId);
      const undecided = message.status === "pending" || message.status === "sending";
      return { status: undecided ? 202 : 201, body: viewMessage(message) };
    },
  });
}

/** The words, and the template that carries them where one was chosen. @throws {HttpProblem} when it cannot be sent */
async function contentOf(
  deps: SendDeps,
  { text, template, uploadId, conversationId }: z.output<typeof sendBody>,
): Promise<Pick<ManualMessage, "text" | "template" | "attachment">> {
  if (uploadId !== undefined) return fileOf(deps, conversationId, uploadId, text);
  if (!template) return { text: text ?? "" };
  const refuse = (status: 409 | 422, code: string, detail: string) =>
    new HttpProblem({ status, code, title: "Template refused", detail });
  if (!conversationId.startsWith("whatsapp_")) {
    throw refuse(409, "template_not_sendable", "Only WhatsApp knows templates. Write a text instead.");
  }
  const chosen = await chooseTemplate(deps.db, template);
  switch (chosen.state) {
    case "ready":
      return { text: chosen.text, template: chosen.template };
    case "unknown": {
      const detail = "Meta's list, as last read, has no template of this name in this language.";
      throw refuse(422, "template_unknown", `${detail} Pick one of the collection templates.`);
    }
    case "not_sendable": {
      const detail = `This template cannot be sent from here: ${chosen.why}. Pick one whose status is APPROVED and that has no obstacle.`;
      throw refuse(409, "template_not_sendable", detail);
    }
    case "parameters": {
      const wanted = chosen.variables.length === 0 ? "none" : chosen.variables.join(", ");
      throw refuse(
        422,
        "template_parameters",
        `Give one value for each of the template's places, in order: ${wanted}.`,
      );
    }
  }
}

/** The file and its caption. @throws {HttpProblem} when there is no such file, or its channel takes no caption with it */
async function fileOf(
  { bucket }: SendDeps,
  conversationId: string,
  uploadId: string,
  text: string | undefined,
): Promise<Pick<ManualMessage, "text" | "attachment">> {
  const refuse = (code: string, detail: string) =>
    new HttpProblem({ status: 422, code, title: "File refused", detail });
  const attachment = await uploadedAttachment(bucket, conversationId, uploadId);
  if (!attachment) {
    const detail = "There is no such upload for this conversation. Upload the file with POST /api/omni/attachments.";
    throw refuse("upload_unknown", detail);
  }
  const takesCaption = conversationId.startsWith("whatsapp_") && attachment.type !== "audio";
  if (text !== undefined && !takesCaption) {
    throw refuse(
      "caption_not_possible",
      "This channel shows no words with this file. Send them as a message of their own.",
    );
  }
  if ((text?.length ?? 0) > LONGEST_CAPTION) {
    throw refuse("text_too_long", `A caption holds at most ${LONGEST_CAPTION} characters. Send the rest on its own.`);
  }
  return { text: text ?? "", attachment };
}

/** A bot's answer may be shortened; a person is told instead. */
function refuseTooLong(conversationId: string, text: string): void {
  for (const [channel, limit] of Object.entries(TEXT_LIMITS)) {
    if (!conversationId.startsWith(`${channel}_`) || !shortenText(text, limit).shortened) continue;
    throw new HttpProblem({
      status: 422,
      code: "text_too_long",
      title: "Text too long",
      detail: `One message on ${channel} holds at most ${limit.max} ${limit.unit}. Shorten the text, or send it in parts.`,
    });
  }
}

function written(result: ManualResult, conversationId: string): Extract<ManualResult, { state: "written" }> {
  if (result.state === "written") return result;
  if (result.state === "unknown_conversation") throw noConversation(conversationId);
  if (result.state === "id_taken") {
    throw new HttpProblem({
      status: 409,
      code: "id_taken",
      title: "Message id taken",
      detail: "This clientMessageId was used for another text. Make a new one for each message.",
    });
  }
  if (result.state === "answered_meanwhile") {
    throw new HttpProblem({
      status: 409,
      code: "answered_meanwhile",
      title: "Answered meanwhile",
      detail:
        "A colleague answered after the newest message that you saw. Read it; send again without `seenAt`, or not at all.",
    });
  }
  const since = result.window.expiresAt > 0 ? ` since ${new Date(result.window.expiresAt).toISOString()}` : "";
  throw new HttpProblem({
    status: 409,
    code: "window_closed",
    title: "Window closed",
    detail: `The channel takes no free text for this customer${since}. Send an approved template, or leave a note.`,
  });
}
