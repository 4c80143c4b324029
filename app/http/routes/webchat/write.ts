import { randomUUID } from "node:crypto";
import * as z from "zod";
import { type Attachment, type Bucket, storeUpload, uploadedAttachment } from "../../../attachments/index.ts";
import { conversationId } from "../../../conversations/index.ts";
import { currentTrace } from "../../../telemetry/log.ts";
import { sendFromVisitor, type Visitor, visitorMessageView } from "../../../webchat/index.ts";
import { visitorOf } from "../../caller.ts";
import { HttpProblem, problem } from "../../problem.ts";
import { bucketPerCaller, takeOrRefuse } from "../../rate-limit.ts";
import { defineRoute, type Route } from "../../route.ts";
import { uploadRefused } from "../attachments.ts";
import type { WebchatRoutesDeps } from "./deps.ts";
import { refusals } from "./refusals.ts";

/** As on the inbox's side; more than that is a document. */
const LONGEST_TEXT = 4096;
/** A burst of short messages, then one every three seconds. */
const PER_VISITOR = { perSecond: 1 / 3, holds: 20 };
/** Files cost storage: a handful, then one every ten seconds. */
const UPLOADS_PER_VISITOR = { perSecond: 0.1, holds: 6 };
const MOST_FIELDS = 10;

export function sendRoute(deps: WebchatRoutesDeps): Route {
  const visitors = bucketPerCaller(PER_VISITOR, deps.monotonic);
  const line = z.string().trim().min(1).max(200);
  return defineRoute({
    method: "post",
    path: "/api/omni/web/send",
    access: "visitor",
    summary: "Stores a visitor's message and answers it in the same request, where that takes less than 6 s",
    limit: "32kb",
    body: z.strictObject({
      text: z.string().trim().min(1).max(LONGEST_TEXT).optional().describe("Needed where there is no file"),
      uploadId: z.uuid().optional().describe("A file from `POST /api/omni/web/attachments`"),
      clientMessageId: z
        .string()
        .regex(/^[\w-]{8,64}$/)
        .describe("Made once per message: a repetition is no new one"),
      name: line.max(120).optional().describe("From the form before the chat"),
      form: z
        .record(z.string().trim().min(1).max(60), line)
        .refine((fields) => Object.keys(fields).length <= MOST_FIELDS, `has more than ${MOST_FIELDS} fields`)
        .optional()
        .describe("The form before the chat, by the fields' labels"),
    }),
    answers: {
      200: {
        description: "The message is stored; `reply` is null where the answer comes by the stream, or from a person",
        schema: z.object({
          conversationId: z.string(),
          messageId: z.string(),
          reply: z.string().nullable(),
          status: z.enum(["answered", "pending", "team", "none"]),
          messages: z.array(visitorMessageView).describe("The message and what has been said since, oldest first"),
        }),
      },
      ...refusals,
    },
    handle: async ({ body, caller }) => {
      const visitor = visitorOf(caller);
      takeOrRefuse(visitors, visitor.id);
      const { text = "", uploadId, clientMessageId, name, form } = body;
      const file = uploadId === undefined ? undefined : await fileOf(deps.bucket, visitor, uploadId);
      if (text === "" && !file) throw emptyMessage();
      const message = {
        text,
        clientMessageId,
        ...(file && { file }),
        ...(name !== undefined && { name }),
        ...(form !== undefined && { form }),
      };
      return { status: 200, body: await sendFromVisitor(deps, visitor, message, currentTrace()) };
    },
  });
}

function emptyMessage(): HttpProblem {
  const detail = "body: needs a text, or the uploadId of a file";
  return new HttpProblem({ status: 400, code: "invalid_request", title: "Invalid request", detail });
}

async function fileOf(bucket: Bucket, visitor: Visitor, uploadId: string): Promise<Attachment> {
  const file = await uploadedAttachment(bucket, conversationId("webchat", visitor.id), uploadId);
  if (file) return file;
  throw new HttpProblem({
    status: 422,
    code: "upload_unknown",
    title: "File refused",
    detail: "This visitor has no such upload. Upload the file with POST /api/omni/web/attachments.",
  });
}

export function uploadRoute({ bucket, monotonic }: WebchatRoutesDeps): Route {
  const visitors = bucketPerCaller(UPLOADS_PER_VISITOR, monotonic);
  return defineRoute({
    method: "post",
    path: "/api/omni/web/attachments",
    access: "visitor",
    summary: "Takes in a picture or a PDF of up to 10 MB: the body is its bytes, whatever Content-Type says",
    query: z.strictObject({ fileName: z.string().min(1).max(240).optional() }),
    answers: {
      201: { description: "Stored; nothing is sent yet", schema: z.object({ uploadId: z.string() }) },
      ...refusals,
      413: problem("`file_too_large`"),
      415: problem("`file_type_refused`: by its bytes it is neither a picture nor a PDF"),
      422: problem("`file_empty`"),
    },
    handle: async ({ query, caller, incoming }) => {
      const visitor = visitorOf(caller);
      takeOrRefuse(visitors, visitor.id);
      const result = await storeUpload(bucket, randomUUID(), {
        conversationId: conversationId("webchat", visitor.id),
        channel: "webchat",
        bytes: incoming,
        ...(query.fileName !== undefined && { fileName: query.fileName }),
      });
      if (!result.ok) throw uploadRefused(result, "webchat");
      return { status: 201, body: { uploadId: result.uploaded.uploadId } };
    },
  });
}
