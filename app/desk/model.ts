import type { Timestamp } from "firebase-admin/firestore";

/**
 * What the people at the inbox share with each other and never with a customer. Collections of their own: a customer who
 * is signed in may read every message of their conversation, so nothing private may stand among the messages.
 */
export const DESK_COLLECTIONS = {
  agents: "agents",
  notes: "notes",
  presence: "presence",
  scheduled: "scheduled_messages",
  views: "saved_views",
} as const;

/** `agents/{uid}`: who may be assigned or mentioned. Written when they open the inbox, from their own token. */
export interface Agent {
  id: string;
  /** Their name, else their address, else their id. */
  name: string;
  email?: string;
  role: "agent" | "admin";
  seenAt: Timestamp;
  /** When their role was taken away; gone when they open the inbox again. */
  leftAt?: Timestamp;
  /** When they ended their sessions everywhere: pages that were signed in to before it sign out. */
  signedOutAt?: Timestamp;
}

/** `notes/{hash}`: words between colleagues, in the place of the conversation where they were written. */
export interface Note {
  id: string;
  conversationId: string;
  author: string;
  text: string;
  /** The uids of those it is meant for. */
  mentions: string[];
  createdAt: Timestamp;
}

/** `presence/{hash}`: who has a conversation open right now. Gone by TTL when nobody renews it. */
export interface Presence {
  id: string;
  conversationId: string;
  uid: string;
  name: string;
  /** Absent once they have left. */
  state: "viewing" | "typing" | "away";
  at: Timestamp;
  expireAt: Timestamp;
}

/** `scheduled_messages/{hash}`: a person's message that leaves later. */
export interface ScheduledMessage {
  id: string;
  conversationId: string;
  author: string;
  text: string;
  dueAt: Timestamp;
  createdAt: Timestamp;
  status: "scheduled" | "sent" | "cancelled" | "failed";
  /** Why it did not leave: a code of the send route, such as `window_closed`. */
  reason?: string;
  /** When its outcome was known; the TTL follows it. */
  settledAt?: Timestamp;
  expireAt?: Timestamp;
}

/** `saved_views/{uid}`: narrowings of the list that somebody keeps. Written by their own page, under the rules' limits. */
export interface SavedViews {
  /** Addresses of the page, the newest last. */
  views: string[];
}
