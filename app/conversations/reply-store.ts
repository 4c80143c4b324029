import type { Firestore } from "firebase-admin/firestore";
import { claim, release, renew } from "./claim.ts";
import { commitAnswer, skipBurst } from "./commit.ts";
import { HISTORY_LIMIT } from "./history.ts";
import { COLLECTIONS, type Message } from "./model.ts";
import type { ReplyStore } from "./ports.ts";
import { rememberProfile } from "./profile.ts";
import { resolvePerson } from "./user-type.ts";
import { type Channels, sendingWindow } from "./window.ts";

/** What the worker reads and writes, in Firestore. @param now Unix milliseconds */
export function createReplyStore(db: Firestore, channels: Channels, now: () => number): ReplyStore {
  return {
    claim: (conversationId, job, token, recent) => claim(db, conversationId, { job, token, now: now() }, recent),
    renew: (conversationId, token, recent) => renew(db, conversationId, token, now(), recent),
    release: (conversationId, token, recent) => release(db, conversationId, token, recent),
    learned: (conversationId, name) => rememberProfile(db, conversationId, name, now()),
    person: (conversation) => resolvePerson(db, conversation),
    skip: (skip) => skipBurst(db, skip, now()),
    history: async (conversationId) => {
      const newestFirst = db
        .collection(COLLECTIONS.messages)
        .where("conversationId", "==", conversationId)
        .orderBy("timestamp", "desc")
        .limit(HISTORY_LIMIT);
      return (await newestFirst.get()).docs.map((document) => document.data() as Message);
    },
    commit: (answer, recent) => {
      const time = now();
      const window = sendingWindow(channels, answer.conversation.channel, answer.lastInboundAt, time).state;
      return commitAnswer(db, answer, { now: time, window }, recent);
    },
  };
}
