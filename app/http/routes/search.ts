import type { Firestore } from "firebase-admin/firestore";
import * as z from "zod";
import { searchConversations } from "../../search/index.ts";
import { defineRoute, type Route } from "../route.ts";
import { conversationView, messageView, viewConversation, viewMessage } from "../views.ts";
import { staffRefusals } from "./conversations.ts";

const limit = z.coerce.number().int().min(1).max(50).default(20);

/** What an agent looks for beyond the conversations before them. */
export function searchRoutes({ db }: { readonly db: Firestore }): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/api/omni/search",
      access: "staff",
      summary: "Conversations by name, number or the words of their messages",
      query: z.strictObject({
        q: z
          .string()
          .trim()
          .min(2)
          .max(200)
          .describe("Beginnings of a name, of a number with or without its country, or whole words of a message"),
        limit,
      }),
      answers: {
        200: {
          description: "Persons first, then messages, the newest first",
          schema: z.object({
            found: z.array(
              z.object({
                conversation: conversationView,
                message: messageView
                  .optional()
                  .describe("The newest one that holds all the words; absent where the person was found"),
              }),
            ),
          }),
        },
        ...staffRefusals,
      },
      handle: async ({ query }) => {
        const found = await searchConversations(db, query.q, query.limit);
        return {
          status: 200,
          body: {
            found: found.map(({ conversation, message }) => ({
              conversation: viewConversation(conversation),
              ...(message && { message: viewMessage(message) }),
            })),
          },
        };
      },
    }),
  ];
}
