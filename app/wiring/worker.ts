import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Firestore } from "firebase-admin/firestore";
import { createAssistant, createContext } from "../assistant/index.ts";
import { type Bucket, createOpenFile } from "../attachments/index.ts";
import { channelsOptions, createChannels } from "../channels/index.ts";
import {
  createOutboxStore,
  createReplyStore,
  type ManualDeps,
  type RepliesQueue,
  type ReplyDeps,
} from "../conversations/index.ts";
import type { ApiEnvironment } from "../environment.ts";
import type { Log } from "../telemetry/log.ts";

interface Shared {
  readonly db: Firestore;
  readonly log: Log;
  readonly bucket: Bucket;
  readonly replies: RepliesQueue;
}

/** What answers customers, as people and as the bot. */
export function workerOf(from: ApiEnvironment, { db, log, bucket, replies }: Shared): ManualDeps & ReplyDeps {
  const now = Date.now;
  const channels = createChannels(channelsOptions(from));
  const assistant = createAssistant({
    apiKey: from.GEMINI_API_KEY,
    baseUrl: from.GEMINI_BASE_URL,
    model: from.GEMINI_MODEL,
    temperature: from.GEMINI_TEMPERATURE,
    maxOutputTokens: from.GEMINI_MAX_OUTPUT_TOKENS,
    historyTokens: from.GEMINI_HISTORY_TOKENS,
    deadlineMs: from.ANSWER_DEADLINE_SECONDS * 1000,
    allowedDomains: from.REPLY_DOMAINS,
    maskPersonalData: from.MASK_IA_LOGS,
    secrets: secretsOf(from),
    log,
  });
  return {
    db,
    channels,
    openFile: createOpenFile({ bucket, publicUrl: from.PUBLIC_URL, secrets: from.OMNI_AUTOMATION_SECRET, now }),
    assistant,
    facts: createContext(db, log).factsFor,
    replies,
    log,
    now,
    store: createReplyStore(db, channels, now),
    outbox: createOutboxStore(db, now),
    pause: (ms) => delay(ms),
    newToken: randomUUID,
  };
}

/** What no answer may ever hold. */
function secretsOf(from: ApiEnvironment): string[] {
  return [
    ...from.META_APP_SECRET,
    ...from.OMNI_WEBHOOK_SECRET,
    ...from.OMNI_AUTOMATION_SECRET,
    ...(from.WEBCHAT_IDENTITY_SECRET ?? []),
    from.WHATSAPP_TOKEN,
    from.META_ACCESS_TOKEN,
    ...[from.SENDGRID_API_KEY, from.SLACK_WEBHOOK_URL].filter((secret) => secret !== undefined),
  ];
}
