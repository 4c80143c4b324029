import * as z from "zod";
import type { Profile } from "../channel.ts";
import type { Graph } from "./graph.ts";

const text = z.string().trim().min(1).max(200).optional().catch(undefined);
const fields = z.object({ name: text, first_name: text, last_name: text, username: text });

/** What may be asked; a field that a channel does not know makes it refuse the whole call. */
const ASKED = { facebook: "name,first_name,last_name", instagram: "name,username" } as const;

/**
 * Asks for a customer's name, which Messenger and Instagram do not send with their messages. People may refuse (error 230),
 * and an app may lack the permission: then there is none, and nothing else follows from it.
 * Source: https://developers.facebook.com/docs/messenger-platform/identity/user-profile
 */
export async function readProfile(graph: Graph, channel: keyof typeof ASKED, customer: string): Promise<Profile> {
  const answer = await graph.get(`${encodeURIComponent(customer)}?fields=${ASKED[channel]}`);
  if (!answer.ok) return { settled: answer.failure !== "retry" && answer.failure !== "unknown" };
  const { name, first_name: first, last_name: last, username } = fields.safeParse(answer.body).data ?? {};
  const known = name ?? ([first, last].filter(Boolean).join(" ") || username);
  return { settled: true, ...(known !== undefined && known !== "" && { name: known.toWellFormed() }) };
}
