import { type DocumentReference, FieldValue, type Firestore, Timestamp } from "firebase-admin/firestore";
import type { Channel, MetaChannelName } from "../channels/channel.ts";
import { changeDocument } from "../conversations/change.ts";
import { COLLECTIONS, type Message } from "../conversations/model.ts";
import type { Log } from "../telemetry/log.ts";
import { type KeepDeps, type Kept, keepFile } from "./keep.ts";
import { type Attachment, folderOf, objectOf } from "./model.ts";

export interface FetchDeps extends KeepDeps {
  readonly db: Firestore;
  readonly channels: Readonly<Record<MetaChannelName, Channel>>;
  readonly log: Log;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** How long one run has the message for itself: longer than a download may take. */
const LEASE_MS = 120_000;
const HOUR_MS = 3_600_000;
/**
 * Pauses after each try that did not get all files; after the last one what is missing counts as unavailable. Meta keeps a
 * file for seven days, and a token that has run out over a weekend must not cost the files of that weekend.
 */
const PAUSES_MS = [
  60_000,
  300_000,
  900_000,
  HOUR_MS,
  3 * HOUR_MS,
  12 * HOUR_MS,
  24 * HOUR_MS,
  48 * HOUR_MS,
  48 * HOUR_MS,
] as const;

/**
 * Brings the files of one message into the bucket, or, when the customer has taken the message back, out of it. Safe to
 * run any number of times and side by side; `fetchAt` on the message says when it is due again, and the sweep looks for
 * that. Never throws for a file that cannot be had.
 */
export async function fetchAttachments(deps: FetchDeps, messageId: string): Promise<void> {
  const place = deps.db.collection(COLLECTIONS.messages).doc(messageId) as DocumentReference<Message>;
  const message = await claim(place, deps.now());
  if (!message) return;
  if (message.deletedAt !== undefined) {
    await deps.bucket.removeAll(folderOf(messageId));
    await place.update({ fetchAt: FieldValue.delete() });
    deps.log.info({ event: "attachments_removed", messageId }, "Files of a message that was taken back are removed");
    return;
  }
  const kept = await keepAll(deps, message);
  await record(deps, place, kept);
}

/** Takes the message for {@link LEASE_MS}; `undefined` when nothing is due, or somebody else is at it. */
function claim(place: DocumentReference<Message>, now: number): Promise<Message | undefined> {
  return changeDocument<Message, Message | undefined>(place, (message) => {
    if (message?.fetchAt === undefined || message.fetchAt.toMillis() > now) return { result: undefined };
    return { result: message, fields: { fetchAt: Timestamp.fromMillis(now + LEASE_MS) } };
  });
}

/** By index in `attachments`. One after the other: an album must not take all of the memory for its buffers. */
async function keepAll(deps: FetchDeps, message: Message): Promise<ReadonlyMap<number, Kept>> {
  const kept = new Map<number, Kept>();
  if (message.channel === "webchat") return kept;
  const channel = deps.channels[message.channel];
  const account = message.metadata.phone_number_id;
  for (const [index, attachment] of (message.attachments ?? []).entries()) {
    if (attachment.state !== "pending") continue;
    const object = objectOf(message.id, index);
    const result = await keepFile(deps, { channel, attachment, object, ...(account !== undefined && { account }) });
    kept.set(index, result);
    report(deps.log, message, index, result);
  }
  return kept;
}

function record(deps: FetchDeps, place: DocumentReference<Message>, kept: ReadonlyMap<number, Kept>): Promise<void> {
  const now = deps.now();
  return changeDocument<Message, void>(place, (message) => {
    // Taken back meanwhile: `fetchAt` is due, and the next run removes what this one stored.
    if (!message || message.deletedAt !== undefined) return { result: undefined };
    const tries = (message.fetchTries ?? 0) + 1;
    const pause = PAUSES_MS[tries - 1];
    const attachments = (message.attachments ?? []).map((one, index) => settled(one, kept.get(index), pause));
    const open = attachments.some((one) => one.state === "pending");
    const next =
      open && pause !== undefined
        ? { fetchAt: Timestamp.fromMillis(now + pause), fetchTries: tries }
        : { fetchAt: FieldValue.delete(), fetchTries: FieldValue.delete() };
    return { result: undefined, fields: { attachments, ...next } };
  });
}

/** @param pause until the next try; `undefined` when there is none */
function settled(attachment: Attachment, kept: Kept | undefined, pause: number | undefined): Attachment {
  if (!kept) return attachment;
  switch (kept.state) {
    case "stored": {
      const { object, size, mimeType } = kept;
      return { ...attachment, state: "stored", object, size, mimeType };
    }
    case "failed":
      return { ...attachment, state: "failed", reason: kept.reason };
    case "pending":
      return pause === undefined ? { ...attachment, state: "failed", reason: "unavailable" } : attachment;
  }
}

function report(log: Log, message: Message, index: number, kept: Kept): void {
  const fields = { messageId: message.id, channel: message.channel, index, state: kept.state };
  if (kept.state === "stored") {
    log.info({ ...fields, event: "attachment_stored", size: kept.size, mimeType: kept.mimeType }, "File stored");
  } else {
    const reason = kept.state === "failed" ? kept.reason : "later";
    log.warn({ ...fields, event: "attachment_not_stored", reason, detail: kept.detail }, "File not stored");
  }
}
