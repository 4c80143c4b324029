import { randomUUID } from "node:crypto";
import type { Firestore } from "firebase-admin/firestore";
import * as z from "zod";
import { type Attachment, type Bucket, storeUpload, uploadedAttachment } from "../../attachments/index.ts";
import { conversationId, getConversation, listMessages } from "../../conversations/index.ts";
import { currentTrace } from "../../telemetry/log.ts";
import {
  markRead,
  type Refusal,
  type Session,
  type Sessions,
  type StreamRefusal,
  type Streams,
  sendFromVisitor,
  stateForVisitor,
  type Visitor,
  viewForVisitor,
  visitorMessageView,
  visitorStateView,
  type WebSendDeps,
} from "../../webchat/index.ts";
import { visitorOf } from "../caller.ts";
import { cursorSchema, writeCursor } from "../cursor.ts";
import { HttpProblem, type ProblemOptions, problemSchema } from "../problem.ts";
import { bucketPerCaller, takeOrRefuse } from "../rate-limit.ts";
import { type Answer, defineRoute, type Route } from "../route.ts";
import { uploadRefused } from "./attachments.ts";

export interface WebchatRoutesDeps extends WebSendDeps {
  readonly db: Firestore;
  readonly sessions: Sessions;
  readonly streams: Streams;
  readonly bucket: Bucket;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Milliseconds that only rise. */
  readonly monotonic: () => number;
}

/** As on the inbox's side; more than that is a document. */
const LONGEST_TEXT = 4096;
/** A burst of short messages, then one every three seconds. */
const PER_VISITOR = { perSecond: 1 / 3, holds: 20 };
/** New visitors from one address: a school class opens the chat at once, a script that makes up visitors is slowed. */
const SESSIONS_PER_ADDRESS = { perSecond: 0.5, holds: 60 };
/** Files cost storage: a handful, then one every ten seconds. */
const UPLOADS_PER_VISITOR = { perSecond: 0.1, holds: 6 };
const MOST_FIELDS = 10;

const problem = (description: string): Answer => ({ description, schema: problemSchema });
const refusals = {
  400: problem("`invalid_request`: names every field that is wrong"),
  401: problem("`token_missing`, `invalid_session`: open a new session"),
  403: problem("`origin_not_allowed`: the website is not among webchatAllowedOrigins"),
  429: problem("`rate_limited`: try again after Retry-After"),
};

/** What the chat calls: a session, messages both ways, and the live stream. */
export function webchatRoutes(deps: WebchatRoutesDeps): Route[] {
  return [
    sessionRoute(deps),
    sendRoute(deps),
    uploadRoute(deps),
    messagesRoute(deps),
    readRoute(deps),
    streamRoute(deps),
  ];
}

function sessionRoute({ sessions, monotonic }: WebchatRoutesDeps): Route {
  const addresses = bucketPerCaller(SESSIONS_PER_ADDRESS, monotonic);
  return defineRoute({
    method: "post",
    path: "/api/omni/web/session",
    access: "open",
    summary: "Opens the chat: a new visitor, an earlier one again, or one whom the website vouches for",
    body: z.strictObject({
      token: z.string().max(4096).optional().describe("The session of an earlier visit"),
      identity: z.string().max(4096).optional().describe("A JWT that the website's server signed (docs/widget.md)"),
    }),
    answers: {
      200: {
        description: "`token` goes into the Authorization header of every other call",
        schema: z.object({
          token: z.string(),
          expiresAt: z.iso.datetime(),
          visitor: z.object({ id: z.string(), identified: z.boolean(), name: z.string().optional() }),
        }),
      },
      ...refusals,
      401: problem("`identity_invalid`, `identity_expired`"),
    },
    handle: async ({ body, ip }) => {
      takeOrRefuse(addresses, ip);
      const credentials = {
        ...(body.token !== undefined && { token: body.token }),
        ...(body.identity !== undefined && { identity: body.identity }),
      };
      const opened = await sessions.open(credentials);
      if ("refused" in opened) throw new HttpProblem(REFUSED[opened.refused]);
      return { status: 200, body: viewSession(opened) };
    },
  });
}

function viewSession({ token, visitor, expiresAt }: Session) {
  return { token, visitor, expiresAt: new Date(expiresAt).toISOString() };
}

const REFUSED: Readonly<Record<Refusal, ProblemOptions>> = {
  identity_not_configured: {
    status: 400,
    code: "identity_not_configured",
    title: "Identity not configured",
    detail: "This stack has no webchatIdentitySecret, so no identity can be checked. Set it, or send none.",
  },
  identity_invalid: {
    status: 401,
    code: "identity_invalid",
    title: "Unauthorized",
    detail:
      "The identity is not valid. Sign it with HS256 and webchatIdentitySecret; it needs sub, iat, exp (24 h at most) and aud servio-webchat.",
  },
  identity_expired: {
    status: 401,
    code: "identity_expired",
    title: "Unauthorized",
    detail: "The identity has expired. Sign a new one for each page.",
  },
};

function sendRoute(deps: WebchatRoutesDeps): Route {
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

function uploadRoute({ bucket, monotonic }: WebchatRoutesDeps): Route {
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

function messagesRoute({ db, now, links }: WebchatRoutesDeps): Route {
  return defineRoute({
    method: "get",
    path: "/api/omni/web/messages",
    access: "visitor",
    summary: "The visitor's own conversation, the latest messages first",
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(50).default(30),
      cursor: cursorSchema.optional().describe("The `next` of the page before"),
    }),
    answers: {
      200: {
        description: "One page; `next` is absent on the last one",
        schema: z.object({
          messages: z.array(visitorMessageView),
          state: visitorStateView,
          streamFrom: z.string().describe("Last-Event-ID for the stream that goes on from here"),
          next: z.string().optional(),
        }),
      },
      ...refusals,
    },
    handle: async ({ query, caller }) => {
      const visitor = visitorOf(caller);
      const id = conversationId("webchat", visitor.id);
      const asked = now();
      const [conversation, page] = await Promise.all([
        getConversation(db, id),
        listMessages(db, id, query.limit, query.cursor),
      ]);
      const messages = page.items.flatMap((message) => viewForVisitor(message, visitor.id, links) ?? []);
      const body = {
        messages,
        state: stateForVisitor(conversation, asked),
        streamFrom: String(asked),
        ...(page.next && { next: writeCursor(page.next) }),
      };
      return { status: 200, body };
    },
  });
}

function readRoute({ db }: WebchatRoutesDeps): Route {
  return defineRoute({
    method: "post",
    path: "/api/omni/web/read",
    access: "visitor",
    summary: "The visitor has seen everything up to this time",
    body: z.strictObject({ upTo: z.iso.datetime().describe("`at` of the last message on the screen") }),
    answers: { 204: { description: "Noted" }, ...refusals },
    handle: async ({ body, caller }) => {
      await markRead(db, visitorOf(caller), Date.parse(body.upTo));
      return { status: 204 };
    },
  });
}

function streamRoute({ streams }: WebchatRoutesDeps): Route {
  return defineRoute({
    method: "get",
    path: "/api/omni/web/stream",
    access: "visitor",
    summary: "Server-sent events of the visitor's own conversation: message, state, missed",
    answers: {
      200: { description: "text/event-stream; resumes after Last-Event-ID, ends after a few minutes: come again" },
      401: refusals[401],
      403: refusals[403],
      429: problem("`rate_limited`, `too_many_tabs`"),
      503: problem("`streams_full`: read the messages instead, and come again after Retry-After"),
    },
    handle: async ({ caller, header }) => {
      const visitor = visitorOf(caller);
      const refusal = streams.refusal(visitor);
      if (refusal) throw noStream(refusal);
      return { status: 200, live: (response) => streams.serve(visitor, response, header("last-event-id")) };
    },
  });
}

function noStream(refusal: StreamRefusal): HttpProblem {
  const tabs = refusal === "too_many_tabs";
  return new HttpProblem({
    status: tabs ? 429 : 503,
    code: tabs ? refusal : "streams_full",
    title: tabs ? "Too many tabs" : "Streams full",
    detail: tabs
      ? "This visitor has the chat open in too many tabs. Read the messages instead, and come again."
      : "This instance takes no further stream. Read the messages instead, and come again.",
    headers: { "retry-after": "15" },
  });
}
