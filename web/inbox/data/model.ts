import type { Attachment } from "../../../app/attachments/model.ts";
import type { ChannelName, MessageKind } from "../../../app/channels/channel.ts";
import type { Language, MessageStatus, UserType } from "../../../app/conversations/model.ts";
import type { TemplateObstacle } from "../../../app/templates/model.ts";

import type { ViewsStore } from "../conversations/saved-views.ts";
import type { ChannelHealth } from "../status/health.ts";

/** Conversations and messages as the page shows them: every time is Unix milliseconds, every absent field has its meaning filled in. */

export interface Conversation {
  readonly id: string;
  readonly channel: ChannelName;
  /** The customer's id in the channel: what follows `{channel}_` in the conversation's id. */
  readonly customer: string;
  readonly name?: string;
  readonly phone?: string;
  readonly userId?: string;
  /** What a visitor of the web chat wrote into its form, by the field's label: their own word. */
  readonly form?: Readonly<Record<string, string>>;
  readonly userType: UserType;
  readonly lastMessage: string;
  readonly lastMessageAt: number;
  readonly lastMessageSender: string;
  readonly status: "active" | "closed";
  readonly mode: "bot" | "human";
  /** A person's uid. */
  readonly assignedTo?: string;
  /** A person should look: the bot handed over, or could not answer. */
  readonly needsPerson: boolean;
  /** What an automation could not say by itself and a person may. */
  readonly followUp?: string;
  readonly unread: number;
  readonly lastInboundAt?: number;
  readonly windowExpiresAt?: number;
  readonly language?: Language;
  /** Put aside until then, unless the customer writes after `at`. */
  readonly snooze?: { readonly until: number; readonly at: number };
}

export interface Message {
  readonly id: string;
  readonly conversationId: string;
  readonly sender: string;
  readonly author: "customer" | "bot" | "automation" | "person";
  readonly text: string;
  /** By the provider's clock, which may tell whole seconds only; Unix milliseconds. */
  readonly at: number;
  /** By ours, with the microseconds that keep apart what came together. */
  readonly arrivedAt: number;
  readonly status?: MessageStatus;
  readonly error?: { readonly code: number; readonly message: string };
  readonly kind: MessageKind;
  readonly attachments: readonly Attachment[];
  /** Provider id of the message it answers. */
  readonly replyTo?: string;
  readonly providerId?: string;
  readonly reactions: readonly string[];
  readonly editedAt?: number;
  readonly deletedAt?: number;
}

/** `waiting`: a person is due; longest wait first. The others: latest first. */
export const VIEWS = ["open", "waiting", "unread", "snoozed", "closed"] as const;
/** Whose they are: one's own, nobody's. */
export const HOLDERS = ["me", "none"] as const;

/** The narrow selections the list offers; each is a query with an index. */
export interface ConversationFilter {
  readonly view: (typeof VIEWS)[number];
  readonly channel?: ChannelName;
  readonly userType?: UserType;
  readonly holder?: (typeof HOLDERS)[number];
}

/** Somebody who may be assigned and mentioned, or might once. */
export interface Agent {
  readonly id: string;
  readonly name: string;
  /** No longer works here: still a name beside what they wrote. */
  readonly hasLeft?: true;
  /** When they ended their sessions everywhere, in Unix milliseconds. */
  readonly signedOutAt?: number;
}

/** Words between colleagues. */
export interface Note {
  readonly id: string;
  readonly conversationId: string;
  readonly author: string;
  readonly text: string;
  readonly mentions: readonly string[];
  readonly at: number;
}

/** A colleague who has the conversation open. */
export interface Presence {
  readonly uid: string;
  readonly name: string;
  readonly state: "viewing" | "typing";
  readonly at: number;
}

/** A message that leaves later, or could not. */
export interface Scheduled {
  readonly id: string;
  readonly author: string;
  readonly text: string;
  readonly dueAt: number;
}

/** A WhatsApp template that may be sent now. */
export interface Template {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly body: string;
  /** What stands between the braces of the body, in the order in which values are given. */
  readonly variables: readonly string[];
}

/** A WhatsApp template as Meta sees it, whether or not it may be sent. */
export interface TemplateState {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  /** `APPROVED`, `PENDING`, `REJECTED`, `PAUSED`, `DISABLED` and whatever else Meta says. */
  readonly status: string;
  /** `MARKETING`, `UTILITY`, `AUTHENTICATION` */
  readonly category?: string;
  readonly body?: string;
  /** Why Meta refused or paused it, in Meta's words. */
  readonly reason?: string;
  readonly obstacle?: TemplateObstacle;
  /** When Meta said so. */
  readonly at?: number;
}

/** `canned_responses/{id}`: an answer kept ready, found by its shortcut without the slash. */
export interface CannedResponse {
  readonly id: string;
  readonly shortcut: string;
  /** May hold `{{contact.name}}`, `{{contact.first_name}}`, `{{contact.phone}}`. */
  readonly text: string;
}

/** A live list that can grow. */
export interface Page<T> {
  readonly items: readonly T[];
  /** False once the last one is here. */
  readonly hasMore: boolean;
}

export interface LivePage {
  /** Asks for older ones; the next page comes through the listener. No-op while one is on its way. */
  more(): void;
  /** Says which items are in sight, by their place in the list: those, and those near them, stay live. */
  look(first: number, last: number): void;
  stop(): void;
}

/** What the page reads, live. `firestore-store.ts` is the one that talks to Firestore; tests bring their own. */
export interface InboxStore {
  /** The narrowings that the person at the desk keeps. */
  readonly views: ViewsStore;
  watchConversations(filter: ConversationFilter, listener: PageListener<Conversation>): LivePage;
  watchMessages(conversationId: string, listener: PageListener<Message>): LivePage;
  /** `undefined` when there is no such conversation. */
  watchConversation(id: string, listener: Listener<Conversation | undefined>): () => void;
  watchCannedResponses(listener: Listener<readonly CannedResponse[]>): () => void;
  watchTemplates(listener: Listener<readonly Template[]>): () => void;
  /** All of them, also those that Meta refused. */
  watchTemplateStates(listener: Listener<readonly TemplateState[]>): () => void;
  watchAgents(listener: Listener<readonly Agent[]>): () => void;
  /** The newest first. */
  watchNotes(conversationId: string, listener: Listener<readonly Note[]>): () => void;
  /** The newest notes that name the person at the desk, the newest first. */
  watchMentions(listener: Listener<readonly Note[]>): () => void;
  /** Ids of what automations left to people, as many as a badge counts. */
  watchOpenTasks(listener: Listener<readonly string[]>): () => void;
  watchPresence(conversationId: string, listener: Listener<readonly Presence[]>): () => void;
  watchScheduled(conversationId: string, listener: Listener<readonly Scheduled[]>): () => void;
  /** The person's conversations on every channel, by the account or the phone that they share. */
  watchSamePerson(of: Conversation, listener: Listener<readonly Conversation[]>): () => void;
  /** How many there are under a filter, loaded or not; `undefined` where only a list can tell. */
  count(filter: ConversationFilter): Promise<number | undefined>;
  watchChannels(listener: Listener<readonly ChannelHealth[]>): () => void;
}

export interface Listener<T> {
  next(value: T): void;
  /** The stream ended: rules, index or network for good. */
  fail(reason: Error): void;
}
export type PageListener<T> = Listener<Page<T>>;
