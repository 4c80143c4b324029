import { type Firestore, Timestamp } from "firebase-admin/firestore";
import { nameBeginnings } from "../search/words.ts";
import { conversationAt } from "./claim.ts";
import { type Conversation, customerOf } from "./model.ts";
import type { Person, ReplyDeps } from "./ports.ts";

/** Who is writing: to the platform, and by the name that the channel gives when it is asked. */
export async function knownPerson(
  deps: Pick<ReplyDeps, "channels" | "store" | "log">,
  conversation: Conversation,
): Promise<Person> {
  const [person, name] = await Promise.all([deps.store.person(conversation), learnName(deps, conversation)]);
  return name === undefined ? person : { ...person, name };
}

/**
 * The customer's name from their profile, asked for once: Messenger and Instagram send none with a message. A refusal is
 * remembered like an answer; only when Meta did not answer is it asked again with the next message.
 */
async function learnName(
  { channels, store, log }: Pick<ReplyDeps, "channels" | "store" | "log">,
  conversation: Conversation,
): Promise<string | undefined> {
  const { channel, contact, id } = conversation;
  if (channel === "webchat" || contact?.name !== undefined || contact?.profileAt !== undefined) return undefined;
  const { profile } = channels[channel];
  if (!profile) return undefined;
  const found = await profile(customerOf(conversation));
  if (found.settled) await store.learned(id, found.name);
  log.debug({ conversationId: id, settled: found.settled, named: found.name !== undefined }, "Profile asked for");
  return found.name;
}

/** Writes down what the profile told, beside whatever else changes in the conversation meanwhile. */
export async function rememberProfile(
  db: Firestore,
  conversationId: string,
  name: string | undefined,
  now: number,
): Promise<void> {
  const fields = {
    "contact.profileAt": Timestamp.fromMillis(now),
    ...(name !== undefined && { "contact.name": name, "contact.words": nameBeginnings(name) }),
  };
  await conversationAt(db, conversationId).update(fields);
}
