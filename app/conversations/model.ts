import type { Timestamp } from "firebase-admin/firestore";
import type { Attachment } from "../attachments/model.ts";
import type { ChannelName, MessageKind, OutboundTemplate } from "../channels/channel.ts";

/** The documents as Firestore holds them. Names are the specification's (section 3); added fields are optional to old readers. */

export const BOT_ID = "omni_ia";
export const USER_TYPES = ["cliente", "prestador", "prospector", "admin"] as const;
export type UserType = (typeof USER_TYPES)[number];
export type Language = "pt" | "en" | "es";

export const COLLECTIONS = {
  conversations: "conversations",
  messages: "messages",
  outbox: "outbox",
  channels: "channels",
  rejected: "rejected_events",
  omniLogs: "omni_logs",
  iaLogs: "ia_logs",
  users: "users",
  prospects: "prospects",
  tasks: "tasks",
} as const;

/** `conversations/{channel}_{sender}` */
export interface Conversation {
  id: string;
  channel: ChannelName;
  participants: string[];
  /** Set by the worker the first time it sees the conversation; absent means `cliente`. */
  userType?: UserType;
  lastMessage: string;
  lastMessageAt: Timestamp;
  lastMessageSender: string;
  status: "active" | "closed";
  updatedAt: Timestamp;
  /** Absent means `bot`. */
  mode?: "bot" | "human";
  assignedTo?: string | null;
  unread?: number;
  contact?: {
    name?: string;
    /** What the name is found by: every beginning of its words. */
    words?: string[];
    /** As WhatsApp last wrote it: send to this, the conversation's id may hold another form of the number. */
    phone?: string;
    bsuid?: string;
    /** When the newest message that tells each of these was written. */
    seenAt?: { name?: Timestamp; phone?: Timestamp; bsuid?: Timestamp };
    userId?: string;
    /** When the channel was asked for the name; it is asked once, whatever it answers. */
    profileAt?: Timestamp;
    /** The customer stopped marketing messages in the channel itself. */
    optOut?: boolean;
    optOutAt?: Timestamp;
  };
  /** The web chat's form before the first message, by the field's label: the visitor's own word, proven by nobody. */
  form?: Record<string, string>;
  /** Up to when Messenger says that everything was delivered or read. */
  watermarks?: { delivered?: Timestamp; read?: Timestamp };
  /** The customer's last reaction: sometimes the only answer there is. */
  lastReactionAt?: Timestamp;
  /** When we heard last that the customer took a message back, by our clock: an answer to it must not leave. */
  takenBackAt?: Timestamp;
  /** By the provider's clock. */
  lastInboundAt?: Timestamp;
  windowExpiresAt?: Timestamp;
  language?: Language;
  /** Phone number id, Page id or Instagram account id of the last inbound message. */
  account?: string;
  /** How many inbound messages there have been; rises in the batch that creates each of them. */
  inboundCount?: number;
  /** Up to which inbound message an answer (or a decision not to answer) exists. */
  answeredCount?: number;
  /** True while something waits for the worker; what the sweep looks for. */
  awaitingReply?: boolean;
  /** Who answers right now. The token fences a worker that lost its lease. */
  lease?: { token: string; job: string; expiresAt: Timestamp } | null;
  /** When the customer wrote what nobody has answered yet, as far as the worker has seen it; null: nothing waits. */
  waitingSince?: Timestamp | null;
  /** From the first message since the beginning or the last closing on, and who has answered in it: for the metrics. */
  session?: { since: Timestamp; bot?: boolean; person?: boolean } | null;
  /** True while a person should look: after a handoff, a fallback text or an answer that could not be sent. */
  needsPerson?: boolean;
  /** When the bot handed over to a person; null once somebody took it, or it went back to the bot. */
  handoffAt?: Timestamp | null;
  /** When the fallback text last went out; null after the model answered again. One text per outage. */
  fallbackAt?: Timestamp | null;
  /** When the conversation was last handed back to the bot: the model sees nothing older, by our own clock. */
  botSince?: Timestamp;
  /** The last message that a person wrote from the inbox: a colleague with an older page before them is told. */
  lastPersonAnswer?: { at: Timestamp; by: string };
  /** Put aside until then, or until the customer writes after `at`. */
  snooze?: { until: Timestamp; at: Timestamp; by: string } | null;
  /** Who had it when a person closed it: closing by mistake can be undone. */
  beforeClose?: { mode: "bot" | "human"; assignedTo: string | null } | null;
  /** The last message that an automation wrote here, by the time that the message itself carries. */
  lastAutomation?: { at: Timestamp; sendId: string; trigger: string; failed?: boolean } | null;
  /** What an automation could not say itself and a person may: shown with {@link needsPerson}. */
  followUp?: {
    trigger: string;
    text: string;
    reason: string;
    at: Timestamp;
    /** True when nothing else made it wait for a person at that time. */
    raised?: boolean;
  } | null;
  /** Ids in `tasks` of all that automations left to a person here: done with that person's answer. */
  openTasks?: string[];
}

/** The customer's id in the channel: what follows the channel in the conversation's id. */
export function customerOf(conversation: Pick<Conversation, "id" | "channel">): string {
  return conversation.id.slice(conversation.channel.length + 1);
}

export type MessageStatus = "received" | "pending" | "sending" | "sent" | "delivered" | "read" | "failed";

/** `messages/{hash}` */
export interface Message {
  id: string;
  conversationId: string;
  channel: ChannelName;
  sender: string;
  senderType: UserType | "bot";
  text: string;
  timestamp: Timestamp;
  isAutomation: boolean;
  metadata: { phone_number_id?: string; recipient_id?: string };
  createdAt: Timestamp;
  providerId?: string;
  status?: MessageStatus;
  error?: { code: number; message: string };
  kind?: MessageKind;
  attachments?: Attachment[];
  /** When the worker should see to the attachments' bytes (again); absent when nothing is left to do. */
  fetchAt?: Timestamp;
  /** How many runs did not get all of them. */
  fetchTries?: number;
  replyTo?: string;
  payload?: string;
  referral?: Record<string, string>;
  /** Emoji by who reacted. */
  reactions?: Record<string, string>;
  /** When each of them last did, or took it back. */
  reactionsAt?: Record<string, Timestamp>;
  editedAt?: Timestamp;
  /** Which edit `text` is from. */
  editRevision?: number;
  deletedAt?: Timestamp;
  /** What it is found by: its words, each once. Absent from a message without any. */
  words?: string[];
  /** Joins webhook, queue, worker and send. */
  trace?: string;
}

/**
 * `messages/{hash}` before the message itself: news about a message that has not come yet (a deletion may overtake the
 * text it deletes). It belongs to no conversation, so no list shows it; the message takes it over when it comes, and the
 * TTL policy on `expireAt` removes it when none does.
 */
export interface EarlyNews
  extends Pick<Message, "reactions" | "reactionsAt" | "editedAt" | "editRevision" | "deletedAt" | "status" | "error"> {
  id: string;
  stub: true;
  channel: ChannelName;
  providerId: string;
  /** The edited text, when there was an edit. */
  text?: string;
  expireAt: Timestamp;
}

/** `outbox/{message id}`: what must reach a customer, and how far it got. */
export interface OutboxRow {
  id: string;
  conversationId: string;
  channel: ChannelName;
  customer: string;
  account?: string;
  bsuid?: string;
  text: string;
  author: "bot" | "person";
  status: "pending" | "sending" | "sent" | "failed";
  attempts: number;
  /** When the call that may still be under way began. */
  sendingAt?: Timestamp;
  lastInboundAt: Timestamp;
  createdAt: Timestamp;
  updatedAt: Timestamp;
  trace?: string;
  /** Provider's id of the message that left. */
  providerId?: string;
  /** How many sends ended without anyone knowing whether the message left. */
  unsure?: number;
  /** It has had the one more try that a failure of unknown cause gets. */
  triedAgain?: boolean;
  /** Not before this time, after the channel asked for patience. */
  nextAttemptAt?: Timestamp | null;
  /** The provider's own words; the message carries the plain ones. */
  error?: { failure: string; code: number; message: string };
  /** The bot's farewell: the one bot message that may leave after the conversation turned to `human`. */
  handoff?: boolean;
  /** For the log row that is written when the send is decided. */
  userType?: UserType;
  /** The automation's trigger, when it is not an answer. */
  automation?: string;
  /** Sent instead of the text. */
  template?: OutboundTemplate;
  /** Provider's id of the message that it answers. */
  replyTo?: string;
  /** Sent with the text as its caption, or instead of a text. */
  attachment?: Attachment;
  /** Our ids of the messages that it answers: when the customer takes all of them back, it must not leave. */
  answers?: readonly string[];
  /** `reply`, `handoff`, or why the model had no answer. */
  outcome?: string;
  /** The person who wrote it. */
  agent?: string;
  /** Since when the customer had waited for it; absent: nobody waited. */
  waitingSince?: Timestamp;
  /** The first answer of the bot's, or of a person's, since the conversation began or was last closed. */
  firstResponse?: boolean;
  /** The TTL field, once the send is decided: the message itself stays. */
  expireAt?: Timestamp;
}

/** The job on the `replies` topic: this conversation has something unanswered. */
export interface ReplyJob {
  conversationId: string;
  /** Whoever has the conversation now may not come to an end: the job stays until it is done, or free. */
  insist?: boolean;
  trace?: string;
}

/** The other job on the same topic: the files of this message shall be fetched, or removed. */
export interface MediaJob {
  messageId: string;
  trace?: string;
}

/** How the rest of the app asks for the files of a message: an awaited publish. */
export interface MediaQueue {
  publish(job: MediaJob): Promise<void>;
}

/** How the rest of the app asks for an answer: an awaited publish. */
export interface RepliesQueue {
  publish(job: ReplyJob): Promise<void>;
}
