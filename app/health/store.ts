import { type Firestore, Timestamp } from "firebase-admin/firestore";
import { type Advanced, advance } from "./advance.ts";
import {
  type AccountState,
  type ChannelHealth,
  type Check,
  HEALTH_COLLECTIONS,
  type Notice,
  type Subject,
} from "./model.ts";
import { describeNotice } from "./notice-text.ts";
import { isStrangelySilent, learn, newRhythm } from "./rhythm.ts";
import { errorShare, type Traffic, trafficChecks } from "./traffic.ts";

const DAY_MS = 24 * 3_600_000;
/** Longer than anybody asks what happened. */
const CHANGES_DAYS = 400;
const NOTICES_DAYS = 90;
/** As the stack's schedule has it; specification 9.4. */
const PROBE_MS = 5 * 60_000;

export interface Probed {
  readonly subject: Subject;
  readonly checks: readonly Check[];
  /** Only channels have any. */
  readonly traffic?: Traffic;
  /** Only channels of Meta's have one. */
  readonly account?: AccountState;
  /** When the probe began, in Unix milliseconds. */
  readonly began: number;
}

export interface NoticeWays {
  readonly slack: boolean;
  readonly email: boolean;
}

/**
 * Adds a probe's findings to the channel's state: document, change and notices in one transaction, so that each outage
 * is told once. A probe that ran beside another one counts only once.
 */
export function recordProbe(
  db: Firestore,
  probed: Probed,
  ways: NoticeWays,
  now: number,
): Promise<Advanced | undefined> {
  const reference = db.collection(HEALTH_COLLECTIONS.channels).doc(probed.subject);
  return db.runTransaction(async (transaction) => {
    const stored = (await transaction.get(reference)).data() as Partial<ChannelHealth> | undefined;
    const before = stored?.status === undefined ? undefined : (stored as ChannelHealth);
    if (before && before.checkedAt.toMillis() >= probed.began) return undefined;
    const { checks, fields: seen } = withTraffic(before, probed, now);
    const fields = {
      ...seen,
      nextCheckAt: Timestamp.fromMillis(now + PROBE_MS),
      ...(probed.account && { account: { ...before?.account, ...probed.account } }),
    };
    const advanced = advance(probed.subject, before, { checks }, now);
    // Only our own fields: the webhooks' notices stand in the same document.
    const data = { ...advanced.health, ...fields, updatedAt: Timestamp.fromMillis(now) };
    const own = OWN_FIELDS.filter((field) => field in data);
    transaction.set(reference, data, { mergeFields: [...own, ...Object.keys(fields)] });
    if (advanced.changed) {
      const id = `${probed.subject}_${new Date(now).toISOString()}`;
      const expireAt = Timestamp.fromMillis(now + CHANGES_DAYS * DAY_MS);
      transaction.set(db.collection(HEALTH_COLLECTIONS.changes).doc(id), {
        channel: probed.subject,
        ...advanced.changed,
        expireAt,
      });
    }
    for (const one of advanced.notices) {
      const notice = newNotice(probed.subject, advanced.health, one, ways, now);
      transaction.set(db.collection(HEALTH_COLLECTIONS.notices).doc(notice.id), notice);
    }
    return advanced;
  });
}

/** Everything that {@link advance} may have touched. */
const OWN_FIELDS = [
  "channel",
  "status",
  "since",
  "checkedAt",
  "failures",
  "checks",
  "reason",
  "history",
  "outage",
  "outages",
  "flapping",
  "updatedAt",
] as const;

function withTraffic(before: ChannelHealth | undefined, probed: Probed, now: number) {
  const { traffic, checks } = probed;
  if (!traffic) return { checks, fields: {} };
  const lastBefore = before?.lastInboundAt?.toMillis() ?? 0;
  const heard = (traffic.lastInboundAt ?? 0) > lastBefore;
  const rhythm = learn(before?.rhythm ?? newRhythm(), heard, now);
  const share = errorShare(traffic);
  const lastInboundAt = traffic.lastInboundAt === undefined ? null : Timestamp.fromMillis(traffic.lastInboundAt);
  // Sends that are long finished are removed; that there was one is not forgotten.
  const sentAt = traffic.lastOutboundAt;
  const lastOutboundAt = sentAt === undefined ? (before?.lastOutboundAt ?? null) : Timestamp.fromMillis(sentAt);
  return {
    checks: [...checks, ...trafficChecks(traffic, isStrangelySilent(rhythm))],
    fields: { rhythm, lastInboundAt, lastOutboundAt, errorRate: { share, of: traffic.sent + traffic.failed } },
  };
}

function newNotice(
  subject: Subject,
  health: ChannelHealth,
  news: Advanced["notices"][number],
  ways: NoticeWays,
  now: number,
): Notice {
  return {
    id: `${subject}_${news.kind}_${new Date(now).toISOString()}`,
    channel: subject,
    kind: news.kind,
    ...describeNotice(subject, health, news),
    slack: ways.slack ? "pending" : "off",
    email: ways.email ? "pending" : "off",
    open: ways.slack || ways.email,
    attempts: 0,
    leaseUntil: Timestamp.fromMillis(now),
    createdAt: Timestamp.fromMillis(now),
    expireAt: Timestamp.fromMillis(now + NOTICES_DAYS * DAY_MS),
  };
}

/** Every subject's state, for the status page. */
export async function readHealth(db: Firestore): Promise<ChannelHealth[]> {
  const { docs } = await db.collection(HEALTH_COLLECTIONS.channels).get();
  return docs.map((document) => document.data() as ChannelHealth).filter((one) => one.status !== undefined);
}
