import { type Firestore, Timestamp } from "firebase-admin/firestore";
import type { ChannelName } from "../channels/channel.ts";
import { COLLECTIONS, type Conversation, type OutboxRow } from "../conversations/model.ts";
import type { Check } from "./model.ts";

/** What the channel's own messages say about it. */
export interface Traffic {
  /** The customer's last message anywhere in the channel. Unix milliseconds. */
  readonly lastInboundAt?: number;
  /** The last send that the channel took. Unix milliseconds. */
  readonly lastOutboundAt?: number;
  /** Sends that ended in the last hour. */
  readonly sent: number;
  readonly failed: number;
}

const HOUR_MS = 3_600_000;
/** Fewer sends than this say nothing about a rate. */
const ENOUGH_SENDS = 10;
/** Share of failed sends that calls for a look (specification 8.3: 5 %), and that is as good as none arriving. */
const WARNING_SHARE = 0.05;
const FAILURE_SHARE = 0.9;

/** Four small queries: the newest conversation and send, and two counts that are billed as one read each. */
export async function readTraffic(db: Firestore, channel: ChannelName, now: number): Promise<Traffic> {
  const since = Timestamp.fromMillis(now - HOUR_MS);
  const ended = (status: "sent" | "failed") =>
    db
      .collection(COLLECTIONS.outbox)
      .where("channel", "==", channel)
      .where("status", "==", status)
      .where("updatedAt", ">=", since)
      .count()
      .get();
  const [newest, newestSend, sent, failed] = await Promise.all([
    db
      .collection(COLLECTIONS.conversations)
      .where("channel", "==", channel)
      .orderBy("lastInboundAt", "desc")
      .limit(1)
      .get(),
    db
      .collection(COLLECTIONS.outbox)
      .where("channel", "==", channel)
      .where("status", "==", "sent")
      .orderBy("updatedAt", "desc")
      .limit(1)
      .get(),
    ended("sent"),
    ended("failed"),
  ]);
  const last = newest.docs[0]?.data() as Conversation | undefined;
  const lastInboundAt = last?.lastInboundAt?.toMillis();
  const lastOutboundAt = (newestSend.docs[0]?.data() as OutboxRow | undefined)?.updatedAt.toMillis();
  return {
    sent: sent.data().count,
    failed: failed.data().count,
    ...(lastInboundAt !== undefined && { lastInboundAt }),
    ...(lastOutboundAt !== undefined && { lastOutboundAt }),
  };
}

export function errorShare(traffic: Traffic): number {
  const all = traffic.sent + traffic.failed;
  return all === 0 ? 0 : traffic.failed / all;
}

export function trafficChecks(traffic: Traffic, strangelySilent: boolean): Check[] {
  const checks: Check[] = [];
  const share = errorShare(traffic);
  const percent = Math.round(share * 100);
  if (traffic.sent + traffic.failed >= ENOUGH_SENDS && share > WARNING_SHARE) {
    const advice = `${percent}% dos envios da última hora falharam. Abra uma conversa com falha para ver o motivo.`;
    checks.push({ name: "sends", state: share >= FAILURE_SHARE ? "failed" : "warning", code: "sends_fail", advice });
  } else checks.push({ name: "sends", state: "ok" });
  if (strangelySilent) {
    const advice =
      "Nenhuma mensagem chegou há mais tempo do que é normal neste canal e horário. Envie uma mensagem de teste.";
    checks.push({ name: "rhythm", state: "warning", code: "silent", advice });
  } else checks.push({ name: "rhythm", state: "ok" });
  return checks;
}
