import { type Firestore, Timestamp } from "firebase-admin/firestore";
import { type EmailService, escapeHtml } from "../automation/email.ts";
import type { Log } from "../telemetry/log.ts";
import { HEALTH_COLLECTIONS, type Notice } from "./model.ts";
import type { SlackWebhook } from "./slack.ts";

export interface NotifyDeps {
  readonly db: Firestore;
  readonly log: Log;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly slack?: SlackWebhook | undefined;
  readonly email?: EmailService | undefined;
  readonly adminEmails: readonly string[];
}

/** Longer than both ways take together. */
const LEASE_MS = 60_000;
/** Probes that try to tell; then the status page alone tells it. */
const MOST_ATTEMPTS = 24;
const AT_ONCE = 20;

type State = Notice["slack"];

/** Tells what waits to be told, each way once; what does not get through is tried again at the next probe. */
export async function sendNotices(deps: NotifyDeps): Promise<number> {
  const query = deps.db.collection(HEALTH_COLLECTIONS.notices).where("open", "==", true).limit(AT_ONCE);
  const waiting = (await query.get()).docs.map((document) => document.data() as Notice);
  const inOrder = waiting.toSorted((a, b) => a.createdAt.toMillis() - b.createdAt.toMillis());
  let told = 0;
  for (const { id } of inOrder) {
    const notice = await lease(deps, id);
    if (!notice) continue;
    const [slack, email] = await Promise.all([bySlack(deps, notice), byEmail(deps, notice)]);
    const attempts = notice.attempts + 1;
    const open = attempts < MOST_ATTEMPTS && (slack === "pending" || email === "pending");
    const change = { slack, email, attempts, open, leaseUntil: Timestamp.fromMillis(deps.now()) };
    const batch = deps.db.batch();
    batch.update(deps.db.collection(HEALTH_COLLECTIONS.notices).doc(id), change);
    const by = [...(slack === "sent" ? ["slack"] : []), ...(email === "sent" ? ["email"] : [])];
    if (by.length > 0) {
      told += 1;
      const notified = { kind: notice.kind, at: Timestamp.fromMillis(deps.now()), by };
      batch.set(
        deps.db.collection(HEALTH_COLLECTIONS.channels).doc(notice.channel),
        { notified },
        { mergeFields: ["notified"] },
      );
    }
    await batch.commit();
  }
  return told;
}

function lease(deps: NotifyDeps, id: string): Promise<Notice | undefined> {
  const reference = deps.db.collection(HEALTH_COLLECTIONS.notices).doc(id);
  return deps.db.runTransaction(async (transaction) => {
    const notice = (await transaction.get(reference)).data() as Notice | undefined;
    if (!notice?.open || notice.leaseUntil.toMillis() > deps.now()) return undefined;
    transaction.update(reference, { leaseUntil: Timestamp.fromMillis(deps.now() + LEASE_MS) });
    return notice;
  });
}

async function bySlack(deps: NotifyDeps, notice: Notice): Promise<State> {
  if (notice.slack !== "pending" || !deps.slack) return notice.slack;
  const result = await deps.slack.post(notice.text, notice.detail);
  if (result.ok) return "sent";
  deps.log.error({ noticeId: notice.id, reason: result.message }, "[Saúde] Aviso não saiu pelo Slack");
  return result.retry ? "pending" : "gave_up";
}

async function byEmail(deps: NotifyDeps, notice: Notice): Promise<State> {
  if (notice.email !== "pending" || !deps.email) return notice.email;
  const { text, detail } = notice;
  const results = await Promise.all(
    deps.adminEmails.map((to) =>
      deps.email?.send({
        id: `${notice.id}_${to}`,
        to,
        subject: `[Servio Omnichannel] ${text}`,
        text: `${text}\n\n${detail}`,
        html: `<!doctype html><html lang="pt-BR"><body><h1>${escapeHtml(text)}</h1><p>${escapeHtml(detail)}</p></body></html>`,
        headers: {},
        category: `health_${notice.kind}`,
      }),
    ),
  );
  const refused = results.flatMap((result) => (result && !result.ok ? [result] : []));
  for (const { message } of refused)
    deps.log.error({ noticeId: notice.id, reason: message }, "[Saúde] Aviso não saiu por e-mail");
  if (refused.length === 0) return "sent";
  // One address that took it has been told; trying again would tell it twice.
  if (refused.length < results.length) return "sent";
  return refused.some(({ failure }) => failure === "retry" || failure === "channel") ? "pending" : "gave_up";
}
