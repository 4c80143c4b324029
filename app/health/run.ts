import type { ChannelName } from "../channels/channel.ts";
import { syncTemplates } from "../templates/index.ts";
import type { GaugeWriter } from "./gauge.ts";
import type { GraphReader } from "./graph-reader.ts";
import { type MetaAccount, probeMeta } from "./meta-probe.ts";
import { type AccountState, type ChannelStatus, type Check, SUBJECT_NAMES, type Subject } from "./model.ts";
import { type NotifyDeps, sendNotices } from "./notify.ts";
import { type GeminiProbe, probeGemini, probeSendGrid, type SendGridProbe } from "./service-probes.ts";
import { recordProbe } from "./store.ts";
import { readTraffic } from "./traffic.ts";

export interface HealthDeps extends NotifyDeps {
  readonly graph: GraphReader;
  readonly accounts: readonly MetaAccount[];
  /** Absent: no e-mail is configured, and nothing about it is probed. */
  readonly sendGrid?: SendGridProbe | undefined;
  readonly gemini: GeminiProbe;
  readonly gauge: GaugeWriter;
}

export interface HealthReport {
  /** By subject; those that another run probed at the same time are missing. */
  readonly channels: Partial<
    Record<Subject, { readonly status: ChannelStatus; readonly failures: number; readonly reason?: string }>
  >;
  /** Notices that left in this run. */
  readonly told: number;
}

interface Probe {
  readonly subject: Subject;
  readonly channel?: ChannelName;
  readonly look: () => Promise<Seen>;
}

interface Seen {
  readonly checks: readonly Check[];
  readonly account?: AccountState;
  /** What else is done while the account is known to work; never throws. */
  readonly afterwards?: () => Promise<void>;
}

/** Probes everything once, writes down what came of it, tells the administrators what is new, and sets the gauge. */
export async function probeHealth(deps: HealthDeps): Promise<HealthReport> {
  const channels: Record<string, HealthReport["channels"][Subject]> = {};
  const points: { channel: Subject; up: 0 | 1 }[] = [];
  await Promise.all(
    probesOf(deps).map(async (probe) => {
      const health = await probeOne(deps, probe);
      if (!health) return;
      const { status, failures, reason } = health;
      channels[probe.subject] = { status, failures, ...(reason && { reason: reason.code }) };
      points.push({ channel: probe.subject, up: status === "offline" ? 0 : 1 });
    }),
  );
  const told = await sendNotices(deps);
  try {
    if (points.length > 0) await deps.gauge.write(points, deps.now());
  } catch (error) {
    // The alert on the gauge's absence tells when this goes on; the probe itself has done its work.
    deps.log.error({ err: error }, "[Saúde] channel_up não foi escrito");
  }
  return { channels, told };
}

function probesOf(deps: HealthDeps): Probe[] {
  const { sendGrid, gemini } = deps;
  return [
    ...deps.accounts.map((one) => ({
      subject: one.channel,
      channel: one.channel,
      look: () => lookAt(deps, one),
    })),
    // Our own: it works when the store does, and the store is asked for its traffic.
    { subject: "webchat", channel: "webchat", look: async () => ({ checks: [] }) },
    ...(sendGrid ? [{ subject: "email" as const, look: async () => ({ checks: await probeSendGrid(sendGrid) }) }] : []),
    { subject: "assistant", look: async () => ({ checks: await probeGemini(gemini) }) },
  ];
}

/** The account; and where it is a WhatsApp one that works, its templates. */
async function lookAt(deps: HealthDeps, one: MetaAccount): Promise<Seen> {
  const { business, ...seen } = await probeMeta(deps.graph, one, deps.now());
  if (business === undefined) return seen;
  return { ...seen, afterwards: () => readTemplatesOf(deps, business, one.token) };
}

/** Templates that could not be read are no outage: what was last heard of them goes on counting. */
async function readTemplatesOf(deps: HealthDeps, business: string, token: string): Promise<void> {
  try {
    const result = await syncTemplates(deps, business, token);
    if (result.state === "failed") {
      deps.log.warn({ code: result.code, reason: result.advice }, "[Saúde] Os modelos do WhatsApp não foram lidos");
    } else if (result.state === "written") {
      const { written, removed } = result;
      deps.log.info({ written, removed }, `[Saúde] Modelos do WhatsApp: ${written} lidos, ${removed} retirados`);
    }
  } catch (error) {
    deps.log.error({ err: error }, "[Saúde] Os modelos do WhatsApp não foram guardados");
  }
}

async function probeOne(deps: HealthDeps, probe: Probe) {
  const began = deps.now();
  const { subject, channel } = probe;
  try {
    const [{ checks, account, afterwards }, traffic] = await Promise.all([
      probe.look(),
      channel === undefined ? undefined : readTraffic(deps.db, channel, began),
    ]);
    const ways = { slack: deps.slack !== undefined, email: deps.email !== undefined && deps.adminEmails.length > 0 };
    const advanced = await recordProbe(
      deps.db,
      { subject, checks, began, ...(traffic && { traffic }), ...(account && { account }) },
      ways,
      deps.now(),
    );
    if (advanced?.changed) {
      const { status, reason } = advanced.changed;
      const fields = { channel: subject, status, ...(reason !== undefined && { reason }) };
      const line = `[Saúde] ${SUBJECT_NAMES[subject]}: ${status}`;
      if (status === "offline") deps.log.error(fields, line);
      else deps.log.info(fields, line);
    }
    await afterwards?.();
    return advanced?.health;
  } catch (error) {
    // One subject's trouble (or the store's) must not keep the others from being looked at.
    deps.log.error({ err: error, channel: subject }, "[Saúde] A verificação não terminou");
    return undefined;
  }
}
