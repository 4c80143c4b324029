import type { Firestore } from "firebase-admin/firestore";
import * as z from "zod";
import { CHANNELS } from "../../channels/channel.ts";
import {
  actOnConversation,
  type Conversation,
  type ConversationFilter,
  getConversation,
  listConversations,
  listMessages,
  type StaffAction,
  USER_TYPES,
} from "../../conversations/index.ts";
import { personOf } from "../caller.ts";
import { cursorSchema, writeCursor } from "../cursor.ts";
import type { Person } from "../identity.ts";
import { HttpProblem, problem } from "../problem.ts";
import { defineRoute, type Route } from "../route.ts";
import { laterTime } from "../time-ahead.ts";
import { conversationView, messageView, viewConversation, viewMessage } from "../views.ts";

/** A document id: one path segment. */
export const conversationIdSchema = z
  .string()
  .min(3)
  .max(500)
  .regex(/^[^/]+$/, "may not contain /");
const limit = z.coerce.number().int().min(1).max(100).default(50);

const refusals = {
  400: problem("`invalid_request`: names every field that is wrong"),
  401: problem("`token_missing`, `invalid_id_token`"),
};
export const staffRefusals = { ...refusals, 403: problem("`staff_only`") };
export const adminRefusals = { ...refusals, 403: problem("`admin_only`") };
export const unknownConversation = problem("`unknown_conversation`");

export interface ConversationRoutesDeps {
  readonly db: Firestore;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Shows the customer that a person has read what they wrote. Never throws. */
  readonly seen: (conversation: Conversation) => Promise<void>;
}

/** Reading for everybody who is signed in, acting for staff. */
export function conversationRoutes(deps: ConversationRoutesDeps): Route[] {
  return [listRoute(deps), messagesRoute(deps), ...actionRoutes(deps)];
}

function listRoute({ db }: ConversationRoutesDeps): Route {
  const query = z.strictObject({
    userId: z.string().min(1).max(500).optional().describe("Who takes part. A customer sees only themselves."),
    userType: z.enum(USER_TYPES).optional(),
    channel: z.enum(CHANNELS).optional(),
    status: z.enum(["active", "closed"]).optional(),
    limit,
    cursor: cursorSchema.optional().describe("The `next` of the page before"),
  });
  return defineRoute({
    method: "get",
    path: "/api/omni/conversations",
    access: "signed_in",
    summary: "Conversations, the latest first",
    query,
    answers: {
      200: {
        description: "One page; `next` is absent on the last one",
        schema: z.object({ conversations: z.array(conversationView), next: z.string().optional() }),
      },
      ...refusals,
    },
    handle: async (call) => {
      const { userId, userType, channel, status } = call.query;
      const participants = visibleTo(personOf(call.caller), userId);
      if (participants?.length === 0) return { status: 200, body: { conversations: [] } };
      const filter: ConversationFilter = {
        ...(participants && { participants }),
        ...(userType && { userType }),
        ...(channel && { channel }),
        ...(status && { status }),
      };
      const page = await listConversations(db, filter, call.query.limit, call.query.cursor);
      const conversations = page.items.map(viewConversation);
      return { status: 200, body: { conversations, ...(page.next && { next: writeCursor(page.next) }) } };
    },
  });
}

/** Whose conversations may be listed: undefined is everybody's, an empty list nobody's. */
export function visibleTo(person: Person, asked: string | undefined): string[] | undefined {
  if (person.role) return asked === undefined ? undefined : [asked];
  const own = idsOf(person);
  return asked === undefined ? own : own.filter((id) => id === asked);
}

function idsOf(person: Person): string[] {
  return person.email === undefined ? [person.uid] : [person.uid, person.email];
}

function messagesRoute({ db }: ConversationRoutesDeps): Route {
  return defineRoute({
    method: "get",
    path: "/api/omni/messages",
    access: "signed_in",
    summary: "Messages of a conversation, the latest first",
    query: z.strictObject({
      conversationId: conversationIdSchema,
      limit,
      cursor: cursorSchema.optional().describe("The `next` of the page before"),
    }),
    answers: {
      200: {
        description: "One page; `next` is absent on the last one",
        schema: z.object({ messages: z.array(messageView), next: z.string().optional() }),
      },
      ...refusals,
      404: problem("`unknown_conversation`: none of this id that the caller may see"),
    },
    handle: async (call) => {
      const { conversationId, cursor } = call.query;
      const conversation = await getConversation(db, conversationId);
      if (!conversation || !maySee(personOf(call.caller), conversation)) throw noConversation(conversationId);
      const page = await listMessages(db, conversationId, call.query.limit, cursor);
      const messages = page.items.map(viewMessage);
      return { status: 200, body: { messages, ...(page.next && { next: writeCursor(page.next) }) } };
    },
  });
}

/** Whether a person may read a conversation. */
export function maySee(person: Person, conversation: Conversation): boolean {
  return person.role !== undefined || idsOf(person).some((id) => conversation.participants.includes(id));
}

/** The same answer for what does not exist and for what is somebody else's. */
export function noConversation(id: string): HttpProblem {
  return new HttpProblem({
    status: 404,
    code: "unknown_conversation",
    title: "Unknown conversation",
    detail: `There is no conversation ${JSON.stringify(id.slice(0, 120))} that you may see. Ids are {channel}_{sender}.`,
  });
}

function actionRoutes(deps: ConversationRoutesDeps): Route[] {
  const nothing = z.strictObject({});
  const assign = z.strictObject({ assignee: z.string().min(1).max(200).nullable().describe("null: nobody") });
  const snooze = z.strictObject({ until: z.iso.datetime().nullable().describe("null: takes it up again") });
  const mode = z.strictObject({ mode: z.enum(["bot", "human"]) });
  return [
    action(deps, "assign", "Gives the conversation to a person", assign, ({ assignee }) => ({
      type: "assign",
      assignee,
    })),
    action(deps, "mode", "Takes the conversation over, or hands it to the bot", mode, (body) => ({
      type: "mode",
      ...body,
    })),
    action(deps, "close", "Closes the conversation; the customer's next message reopens it", nothing, () => ({
      type: "close",
    })),
    action(deps, "reopen", "Undoes closing", nothing, () => ({ type: "reopen" })),
    action(deps, "snooze", "Puts the conversation aside until then, or until the customer writes", snooze, (body) => ({
      type: "snooze",
      until: body.until === null ? null : laterTime(body.until, deps.now()),
    })),
    action(
      deps,
      "read",
      "Sets the number of unread messages to 0, and shows the customer that they were read",
      nothing,
      () => ({ type: "read" }),
    ),
  ];
}

function action<Body extends z.ZodType>(
  deps: ConversationRoutesDeps,
  name: StaffAction["type"],
  summary: string,
  body: Body,
  toAction: (body: z.output<Body>) => StaffAction,
): Route {
  return defineRoute({
    method: "post",
    path: `/api/omni/conversations/:id/${name}`,
    access: "staff",
    summary,
    params: z.object({ id: conversationIdSchema }),
    body,
    answers: {
      200: { description: "The conversation afterwards", schema: conversationView },
      ...staffRefusals,
      404: unknownConversation,
    },
    handle: async (call) => {
      const { id } = call.params as { id: string };
      const by = personOf(call.caller).uid;
      const wanted = toAction(call.body as z.output<Body>);
      const conversation = await actOnConversation(deps.db, id, wanted, by, deps.now());
      if (!conversation) throw noConversation(id);
      // Awaited: an instance that has answered gets no CPU for what it still wants to do.
      if (wanted.type === "read") await deps.seen(conversation);
      return { status: 200, body: viewConversation(conversation) };
    },
  });
}
