import { randomUUID } from "node:crypto";
import type { Firestore } from "firebase-admin/firestore";
import * as z from "zod";
import {
  ATTACHMENT_REASONS,
  type Attachment,
  LINK_LIFE_MS,
  signedPath,
  storeUpload,
  type UploadResult,
} from "../../attachments/index.ts";
import type { ChannelName } from "../../channels/channel.ts";
import { COLLECTIONS, getConversation, type Message } from "../../conversations/index.ts";
import { personOf } from "../caller.ts";
import { HttpProblem, problem } from "../problem.ts";
import { defineRoute, type Route } from "../route.ts";
import { conversationIdSchema, maySee, noConversation, staffRefusals, unknownConversation } from "./conversations.ts";
import { type FileRouteDeps, fileRoute } from "./files.ts";

export interface AttachmentRoutesDeps extends FileRouteDeps {
  readonly db: Firestore;
  /** Any of them may have signed a link; the first signs new ones. */
  readonly secrets: readonly string[];
}

const link = z.object({
  url: z.string().describe("On this host, without a token; valid until `expiresAt`. Understands Range."),
  expiresAt: z.iso.datetime(),
  mimeType: z.string().describe("By the bytes themselves"),
  size: z.int().describe("Bytes"),
  fileName: z.string().optional(),
});

/** The files of messages: first a short-lived link for whoever may read the message, then the bytes for whoever has it. */
export function attachmentRoutes(deps: AttachmentRoutesDeps): Route[] {
  return [linkRoute(deps), fileRoute(deps), uploadRoute(deps)];
}

const uploadView = z.object({
  uploadId: z.uuid().describe("For `POST /api/omni/messages`"),
  type: z.enum(["image", "video", "audio", "document", "sticker"]).describe("As what the channel will show it"),
  mimeType: z.string(),
  size: z.int(),
  fileName: z.string().optional(),
});

function uploadRoute({ db, bucket }: AttachmentRoutesDeps): Route {
  return defineRoute({
    method: "post",
    path: "/api/omni/attachments",
    access: "staff",
    summary: "Takes in a file to be sent: the body is its bytes, whatever Content-Type says",
    query: z.strictObject({
      conversationId: conversationIdSchema,
      fileName: z.string().min(1).max(240).optional().describe("As the customer will see it"),
    }),
    answers: {
      201: { description: "Stored; nothing is sent yet", schema: uploadView },
      ...staffRefusals,
      404: unknownConversation,
      413: problem("`file_too_large` for the channel and kind"),
      415: problem("`file_type_refused` by the channel, or a program"),
      422: problem("`file_empty`"),
    },
    handle: async ({ query, incoming }) => {
      const conversation = await getConversation(db, query.conversationId);
      if (!conversation) throw noConversation(query.conversationId);
      const { id: conversationId, channel } = conversation;
      const named = query.fileName === undefined ? {} : { fileName: query.fileName };
      const result = await storeUpload(bucket, randomUUID(), { conversationId, channel, bytes: incoming, ...named });
      if (!result.ok) throw uploadRefused(result, channel);
      return { status: 201, body: result.uploaded };
    },
  });
}

export function uploadRefused(result: Extract<UploadResult, { ok: false }>, channel: ChannelName): HttpProblem {
  switch (result.why) {
    case "empty":
      return new HttpProblem({
        status: 422,
        code: "file_empty",
        title: "Empty file",
        detail: "The body has no bytes. Send the file itself as the body, not a form.",
      });
    case "too_large":
      return new HttpProblem({
        status: 413,
        code: "file_too_large",
        title: "File too large",
        detail: `On ${channel} a file of this kind has at most ${result.limit} bytes. Make it smaller.`,
      });
    case "type_refused":
      return new HttpProblem({
        status: 415,
        code: "file_type_refused",
        title: "Type of file refused",
        detail: `${channel} does not take this file (${result.mimeType ?? "no known type"}). Send it in another format.`,
      });
  }
}

function linkRoute(deps: AttachmentRoutesDeps): Route {
  return defineRoute({
    method: "get",
    path: "/api/omni/attachments/:messageId/:index",
    access: "signed_in",
    summary: "A short-lived URL of a message's file; `index` counts from 0 as in the message's `attachments`",
    params: z.object({
      messageId: z
        .string()
        .min(1)
        .max(128)
        .regex(/^[\w-]+$/),
      index: z.coerce.number().int().min(0).max(99),
    }),
    answers: {
      200: { description: "Where the file can be read", schema: link },
      401: problem("`token_missing`, `invalid_id_token`"),
      404: problem("`unknown_attachment`: none there that the caller may see"),
      409: problem("`attachment_pending`: not fetched yet; try again after Retry-After"),
      410: problem("`attachment_unavailable`: it will not come; the detail says why"),
    },
    handle: async ({ params, caller }) => {
      const found = await deps.db.collection(COLLECTIONS.messages).doc(params.messageId).get();
      const message = found.data() as Message | undefined;
      const attachment = message?.attachments?.[params.index];
      if (!message?.conversationId || attachment?.state === undefined) throw unknownAttachment();
      const conversation = await getConversation(deps.db, message.conversationId);
      if (!conversation || !maySee(personOf(caller), conversation)) throw unknownAttachment();
      return { status: 200, body: linkTo(deps, attachment) };
    },
  });
}

function linkTo({ secrets, now }: AttachmentRoutesDeps, attachment: Attachment): z.input<typeof link> {
  const { object, size = 0, mimeType = "application/octet-stream", fileName } = attachment;
  if (attachment.state === "stored" && object !== undefined) {
    const expiresAt = now() + LINK_LIFE_MS;
    const named = fileName === undefined ? {} : { fileName };
    const url = signedPath({ object, contentType: mimeType, expiresAt, ...named }, secrets[0] ?? "");
    return { url, expiresAt: new Date(expiresAt).toISOString(), mimeType, size, ...named };
  }
  if (attachment.state === "pending") {
    throw new HttpProblem({
      status: 409,
      code: "attachment_pending",
      title: "Not fetched yet",
      detail: "The file is still being fetched from Meta. Try again in some seconds.",
      headers: { "retry-after": "5" },
    });
  }
  throw new HttpProblem({
    status: 410,
    code: "attachment_unavailable",
    title: "File not available",
    detail: ATTACHMENT_REASONS[attachment.reason ?? "unavailable"],
  });
}

/** The same answer for what does not exist and for what is somebody else's. */
function unknownAttachment(): HttpProblem {
  return new HttpProblem({
    status: 404,
    code: "unknown_attachment",
    title: "Unknown attachment",
    detail: "There is no such file that you may see. The path is the message's id and the number in its attachments.",
  });
}
