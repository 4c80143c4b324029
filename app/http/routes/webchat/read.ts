import * as z from "zod";
import { conversationId, getConversation, listMessages } from "../../../conversations/index.ts";
import {
  markRead,
  type StreamRefusal,
  stateForVisitor,
  viewForVisitor,
  visitorMessageView,
  visitorStateView,
} from "../../../webchat/index.ts";
import { visitorOf } from "../../caller.ts";
import { cursorSchema, writeCursor } from "../../cursor.ts";
import { HttpProblem, problem } from "../../problem.ts";
import { defineRoute, type Route } from "../../route.ts";
import type { WebchatRoutesDeps } from "./deps.ts";
import { refusals } from "./refusals.ts";

export function messagesRoute({ db, now, links }: WebchatRoutesDeps): Route {
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

export function readRoute({ db }: WebchatRoutesDeps): Route {
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

export function streamRoute({ streams }: WebchatRoutesDeps): Route {
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
