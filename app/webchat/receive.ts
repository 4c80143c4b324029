import type { Attachment } from "../attachments/index.ts";
import type { AnyMessage } from "../channels/channel.ts";
import { conversationId, messageId } from "../conversations/ids.ts";
import { COLLECTIONS } from "../conversations/model.ts";
import { AlreadyExists, fastWrites, type StorePort, type Write } from "../inbound/index.ts";
import type { Visitor } from "./session.ts";
import { providerIdOf } from "./view.ts";

/** Our side of every web chat, where Meta's channels name a number or a Page. */
const ACCOUNT = "widget";

/** What the page sends. */
export interface VisitorText {
  /** Empty where there is a file. */
  readonly text: string;
  readonly file?: Attachment;
  /** Made once per message by the page: the same id again is the same message. */
  readonly clientMessageId: string;
  /** What the visitor wrote into the form before the chat, by the field's label. Their own word, proven by nobody. */
  readonly form?: Readonly<Record<string, string>>;
  /** The form's name, for whoever has none yet. */
  readonly name?: string;
}

export interface Received {
  readonly conversationId: string;
  readonly messageId: string;
  /** False: it was stored before. */
  readonly fresh: boolean;
}

/**
 * Stores a visitor's message, durably once it returns. The e-mail address or number of the form stays beside the contact:
 * there it would be taken for the customer's own, and open somebody else's account to a stranger.
 *
 * @param at Unix milliseconds
 */
export async function receiveFromVisitor(
  store: StorePort,
  visitor: Visitor,
  message: VisitorText,
  { at, trace }: { readonly at: number; readonly trace?: string },
): Promise<Received> {
  const identity = { conversationId: conversationId("webchat", visitor.id), customer: visitor.id };
  const name = visitor.name ?? message.name;
  const event: AnyMessage = {
    type: "message",
    direction: "in",
    channel: "webchat",
    account: ACCOUNT,
    at,
    providerId: providerIdOf(visitor.id, message.clientMessageId),
    customer: visitor.id,
    kind: message.file ? (message.file.type === "image" ? "image" : "document") : "text",
    text: message.text,
    attachments: message.file ? [message.file] : [],
    ...(name !== undefined && { customerName: name }),
  };
  const writes = fastWrites([{ event, identity }], { now: at, ...(trace !== undefined && { trace }) });
  const received = {
    conversationId: identity.conversationId,
    messageId: messageId("webchat", ACCOUNT, event.providerId),
  };
  try {
    await store.commit([...writes, ...formWrites(identity.conversationId, message.form)]);
    return { ...received, fresh: true };
  } catch (error) {
    if (error instanceof AlreadyExists) return { ...received, fresh: false };
    throw error;
  }
}

function formWrites(id: string, form: VisitorText["form"]): Write[] {
  if (form === undefined || Object.keys(form).length === 0) return [];
  return [{ op: "merge", collection: COLLECTIONS.conversations, id, data: { form: { ...form } } }];
}
