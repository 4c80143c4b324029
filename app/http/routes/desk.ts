import type { Firestore } from "firebase-admin/firestore";
import * as z from "zod";
import type { FactsRequest } from "../../assistant/context.ts";
import { getConversation } from "../../conversations/index.ts";
import {
  addNote,
  agentName,
  cancelScheduled,
  recordAgent,
  type ScheduledMessage,
  scheduleMessage,
  signalPresence,
} from "../../desk/index.ts";
import { personOf } from "../caller.ts";
import { HttpProblem, problem } from "../problem.ts";
import { defineRoute, type Route } from "../route.ts";
import { laterTime } from "../time-ahead.ts";
import { conversationIdSchema, noConversation, staffRefusals, unknownConversation } from "./conversations.ts";

export interface DeskRoutesDeps {
  readonly db: Firestore;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** The platform's own facts about a customer. Bounded in time; never throws. */
  readonly facts: (request: FactsRequest) => Promise<string[]>;
}

/** As long as a message, so that what was written as one can be kept as the other. */
const LONGEST_TEXT = 4096;
const MOST_MENTIONS = 20;

const params = z.object({ id: conversationIdSchema });
const text = z.string().trim().min(1).max(LONGEST_TEXT);
const clientId = z.string().min(8).max(100).describe("Made once: a repeated request keeps one");

const scheduledView = z.object({
  id: z.string(),
  conversationId: z.string(),
  text: z.string(),
  dueAt: z.iso.datetime(),
  status: z.enum(["scheduled", "sent", "cancelled", "failed"]),
});

/** What colleagues tell each other: who is here, notes, and messages that leave later. */
export function deskRoutes(deps: DeskRoutesDeps): Route[] {
  return [
    meRoute(deps),
    noteRoute(deps),
    presenceRoute(deps),
    scheduleRoute(deps),
    cancelRoute(deps),
    factsRoute(deps),
  ];
}

function meRoute({ db, now }: DeskRoutesDeps): Route {
  return defineRoute({
    method: "post",
    path: "/api/omni/agents/me",
    access: "staff",
    summary: "Lets colleagues see who is here: whoever opens the inbox may be assigned and mentioned",
    body: z.strictObject({}),
    answers: {
      200: { description: "As colleagues see it", schema: z.object({ id: z.string(), name: z.string() }) },
      ...staffRefusals,
    },
    handle: async ({ caller }) => {
      const { role = "agent", ...person } = personOf(caller);
      const agent = await recordAgent(db, { ...person, role }, now());
      return { status: 200, body: { id: agent.id, name: agent.name } };
    },
  });
}

function noteRoute({ db, now }: DeskRoutesDeps): Route {
  return defineRoute({
    method: "post",
    path: "/api/omni/conversations/:id/notes",
    access: "staff",
    summary: "Keeps a note that the customer never sees",
    params,
    body: z.strictObject({
      text,
      mentions: z.array(z.string().min(1).max(200)).max(MOST_MENTIONS).default([]).describe("uids of colleagues"),
      clientNoteId: clientId,
    }),
    answers: {
      201: { description: "Kept", schema: z.object({ id: z.string() }) },
      ...staffRefusals,
      404: unknownConversation,
    },
    handle: async ({ params: { id }, body, caller }) => {
      const author = personOf(caller).uid;
      const note = await addNote(db, { ...body, conversationId: id, author }, now());
      if (note === undefined) throw noConversation(id);
      return { status: 201, body: { id: note.id } };
    },
  });
}

function presenceRoute({ db, now }: DeskRoutesDeps): Route {
  return defineRoute({
    method: "post",
    path: "/api/omni/conversations/:id/presence",
    access: "staff",
    summary: "Tells colleagues that one reads or writes here; to be renewed while it holds",
    params,
    body: z.strictObject({ state: z.enum(["viewing", "typing", "away"]) }),
    answers: { 204: { description: "Told" }, ...staffRefusals },
    handle: async ({ params: { id }, body, caller }) => {
      const person = personOf(caller);
      const signal = { conversationId: id, uid: person.uid, name: agentName(person), state: body.state };
      await signalPresence(db, signal, now());
      return { status: 204 };
    },
  });
}

function scheduleRoute({ db, now }: DeskRoutesDeps): Route {
  return defineRoute({
    method: "post",
    path: "/api/omni/conversations/:id/schedule",
    access: "staff",
    summary: "Keeps a person's message and sends it when its time has come, within a minute",
    params,
    body: z.strictObject({ text, dueAt: z.iso.datetime(), clientMessageId: clientId }),
    answers: {
      201: { description: "Kept", schema: scheduledView },
      ...staffRefusals,
      404: unknownConversation,
      422: problem("`due_time`: past, or more than 30 days away"),
    },
    handle: async ({ params: { id }, body, caller }) => {
      const dueAt = laterTime(body.dueAt, now());
      const { text: words, clientMessageId } = body;
      const author = personOf(caller).uid;
      const message = { conversationId: id, author, text: words, dueAt, clientMessageId };
      const kept = await scheduleMessage(db, message, now());
      if (kept === undefined) throw noConversation(id);
      return { status: 201, body: viewScheduled(kept) };
    },
  });
}

function cancelRoute({ db, now }: DeskRoutesDeps): Route {
  return defineRoute({
    method: "post",
    path: "/api/omni/scheduled/:id/cancel",
    access: "staff",
    summary: "Calls a scheduled message off, while it has not left",
    params: z.object({ id: z.string().regex(/^[0-9a-f]{40}$/, "is no id of a scheduled message") }),
    body: z.strictObject({}),
    answers: {
      200: { description: "Called off", schema: scheduledView },
      ...staffRefusals,
      404: problem("`unknown_scheduled`"),
      409: problem("`already_settled`: it has left, or failed"),
    },
    handle: async ({ params: { id } }) => {
      const message = await cancelScheduled(db, id, now());
      if (message === undefined) {
        const detail = "There is no scheduled message of this id.";
        throw new HttpProblem({ status: 404, code: "unknown_scheduled", title: "Unknown message", detail });
      }
      if (message.status !== "cancelled") {
        const detail = `It is ${message.status} already and cannot be called off any more.`;
        throw new HttpProblem({ status: 409, code: "already_settled", title: "Too late", detail });
      }
      return { status: 200, body: viewScheduled(message) };
    },
  });
}

function factsRoute({ db, facts }: DeskRoutesDeps): Route {
  return defineRoute({
    method: "get",
    path: "/api/omni/conversations/:id/facts",
    access: "staff",
    summary: "What the platform knows of a customer whose account is proven",
    params,
    answers: {
      200: {
        description: "A line each; none without a proven account",
        schema: z.object({ facts: z.array(z.string()) }),
      },
      ...staffRefusals,
      404: unknownConversation,
    },
    handle: async ({ params: { id } }) => {
      const conversation = await getConversation(db, id);
      if (!conversation) throw noConversation(id);
      const userId = conversation.contact?.userId;
      if (userId === undefined) return { status: 200, body: { facts: [] } };
      const request = { userId, userType: conversation.userType ?? "cliente", conversationId: id };
      return { status: 200, body: { facts: await facts(request) } };
    },
  });
}

function viewScheduled(message: ScheduledMessage): z.input<typeof scheduledView> {
  const { id, conversationId, text: words, status } = message;
  return { id, conversationId, text: words, dueAt: message.dueAt.toDate().toISOString(), status };
}
