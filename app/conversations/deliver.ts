import type { Attachment } from "../attachments/model.ts";
import type { ChannelName, OutboundFile, SendResult } from "../channels/channel.ts";
import { withTrace } from "../telemetry/log.ts";
import { measured } from "../telemetry/measured.ts";
import { customerOf, type OutboxRow } from "./model.ts";
import type { FailureKind } from "./outbox.ts";
import type { DeliveryDeps } from "./ports.ts";
import { Recent } from "./recent.ts";

export type Delivery =
  | { readonly state: "sent" }
  | { readonly state: "failed"; readonly failure?: FailureKind }
  /** Not before this time, in Unix milliseconds. */
  | { readonly state: "wait"; readonly until: number };

const SHORT_NAMES = { whatsapp: "wa", instagram: "ig", facebook: "fb", webchat: "web" } as const;

/**
 * Brings one outbox row to the customer: at most one send per call, and none that another worker is in the middle of.
 * @param recent what the caller has just written: the row, its message, their conversation
 */
export async function deliver(deps: DeliveryDeps, id: string, recent = new Recent()): Promise<Delivery> {
  const beginning = await deps.outbox.begin(id, recent);
  if (beginning.action === "wait") return { state: "wait", until: beginning.until };
  if (beginning.action === "done") return { state: beginning.status };
  return bring(deps, beginning.row, recent);
}

/**
 * The same for a row that the caller has just made `sending`: whether it may leave was decided with that.
 * @param recent the row and its message as they were written
 */
export function bring(deps: DeliveryDeps, row: OutboxRow, recent = new Recent()): Promise<Delivery> {
  return row.trace === undefined ? attempt(deps, row, recent) : withTrace(row.trace, () => attempt(deps, row, recent));
}

async function attempt(deps: DeliveryDeps, row: OutboxRow, recent: Recent): Promise<Delivery> {
  const result = await send(deps, row);
  const recorded = await deps.outbox.record(row, result, recent);
  report(deps, row, result, recorded.failure);
  if (recorded.status === "sent") return { state: "sent" };
  if (recorded.status === "failed") return { state: "failed", ...(recorded.failure && { failure: recorded.failure }) };
  return { state: "wait", until: recorded.until ?? deps.now() };
}

async function send(deps: DeliveryDeps, row: OutboxRow): Promise<SendResult> {
  // The widget reads its messages from us: stored is delivered to the channel.
  if (row.channel === "webchat") return { ok: true, providerId: row.id, shortened: false };
  try {
    return await deps.channels[row.channel].send({
      messageId: row.id,
      customer: row.customer,
      text: row.text,
      author: row.author,
      lastInboundAt: row.lastInboundAt.toMillis(),
      ...(row.account !== undefined && { account: row.account }),
      ...(row.bsuid !== undefined && { bsuid: row.bsuid }),
      ...(row.template !== undefined && { template: row.template }),
      ...(row.replyTo !== undefined && { replyTo: row.replyTo }),
      ...(row.attachment !== undefined && { file: opened(deps, row.attachment) }),
    });
  } catch (error) {
    // A channel promises not to throw; if it does, nobody knows whether the message left.
    deps.log.error({ err: error, messageId: row.id, channel: row.channel }, "A channel threw while sending");
    return { ok: false, failure: "unknown", code: 0, message: String(error) };
  }
}

/** `wa_5511900000001`: how the specification's log lines name a customer. */
export function customerLabel(channel: ChannelName, conversationId: string): string {
  return `${SHORT_NAMES[channel]}_${customerOf({ id: conversationId, channel })}`;
}

function opened({ openFile }: DeliveryDeps, attachment: Attachment): OutboundFile {
  if (!openFile) throw new Error("A row with a file came to a sender that opens none.");
  return openFile(attachment);
}

function report(deps: DeliveryDeps, row: OutboxRow, result: SendResult, failure: FailureKind | undefined): void {
  const fields = {
    channel: row.channel,
    author: row.automation === undefined ? row.author : ("automation" as const),
    conversationId: row.conversationId,
    messageId: row.id,
    attempts: row.attempts,
  };
  const who = customerLabel(row.channel, row.conversationId);
  if (result.ok) {
    if (row.automation !== undefined) {
      const { shortened } = result;
      const sent = measured("message_sent", { ...fields, shortened, trigger: row.automation });
      deps.log.info(sent, `[Automação] Mensagem enviada: ${who}`);
      return;
    }
    const author = row.author === "bot" ? "IA" : "Inbox";
    const answeredInMs = deps.now() - row.lastInboundAt.toMillis();
    const sent = measured("message_sent", { ...fields, answeredInMs, shortened: result.shortened });
    deps.log.info(sent, `[Omni ${author}] Resposta enviada: ${who}`);
    return;
  }
  const { code, message: reason } = result;
  const detail = measured("message_not_sent", { ...fields, failure: failure ?? result.failure, code, reason });
  if (failure === "channel") deps.log.error(detail, `[Omni IA] Canal ${row.channel} não envia: ${who}`);
  else deps.log.warn(detail, `[Omni IA] Resposta não enviada: ${who}`);
}
