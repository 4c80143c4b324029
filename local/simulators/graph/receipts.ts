import { APP_ID } from "../ids.ts";
import type { Simulation } from "../simulation.ts";
import { tell, type Update, whatsappUpdate } from "../webhooks.ts";
import type { Bubble, Sent } from "../world.ts";
import { type Accepted, publish } from "./outgoing.ts";

const STEPS = ["none", "sent", "delivered", "read"] as const;

/**
 * Everything that follows an accepted send: the phone shows it, and the app is told what became of it, step by step:
 * statuses on WhatsApp, echo and watermarks on Messenger, echo on Instagram.
 */
export async function follow(simulation: Simulation, accepted: Accepted): Promise<void> {
  const bubble = publish(simulation, accepted);
  const { sent, failure } = accepted;
  if (!sent || !bubble) return;
  if (failure)
    return report(simulation, sent, whatsappStatus(sent, "failed", sent.at, [failure.toWebhook()]), "failed");
  const reach = STEPS.indexOf(simulation.settings.receipts);
  if (reach >= 1) await report(simulation, sent, sentUpdate(sent), sent.channel === "whatsapp" ? "sent" : "echo");
  simulation.world.change(bubble, { status: "sent" });
  if (reach >= 2) await deliverReceipt(simulation, sent, bubble);
  if (reach >= 3) await readReceipt(simulation, sent, bubble);
}

/** The customer opened the conversation: what the business wrote is read now. */
export async function customerReads(simulation: Simulation, bubbles: readonly Bubble[]): Promise<void> {
  for (const bubble of bubbles) {
    const sent = simulation.world.sent.findLast(
      (each): each is Sent => each.channel === bubble.channel && each.id === bubble.id,
    );
    if (sent) await readReceipt(simulation, sent, bubble);
  }
}

async function deliverReceipt(simulation: Simulation, sent: Sent, bubble: Bubble): Promise<void> {
  const at = simulation.world.now();
  const update =
    sent.channel === "whatsapp"
      ? whatsappStatus(sent, "delivered", at)
      : messaging(sent, at, { delivery: { mids: [sent.id], watermark: at } });
  // Instagram has no delivery receipts.
  if (sent.channel !== "instagram") await report(simulation, sent, update, "delivered");
  simulation.world.change(bubble, { status: "delivered" });
}

async function readReceipt(simulation: Simulation, sent: Sent, bubble: Bubble): Promise<void> {
  if (bubble.status === "read" || bubble.status === "failed") return;
  simulation.world.change(bubble, { status: "read" });
  const at = simulation.world.now();
  const news = {
    whatsapp: () => whatsappStatus(sent, "read", at),
    facebook: () => messaging(sent, at, { read: { watermark: at } }),
    instagram: () => messaging(sent, at, { read: { mid: sent.id } }),
  };
  await report(simulation, sent, news[sent.channel](), "read");
}

async function report(simulation: Simulation, sent: Sent, update: Update, what: string): Promise<void> {
  if (simulation.closing.aborted || !simulation.connection) return;
  await tell(simulation, sent.channel, sent.account, [update], { what, customer: sent.to });
}

function sentUpdate(sent: Sent): Update {
  if (sent.channel === "whatsapp") return whatsappStatus(sent, "sent", sent.at);
  const message = {
    mid: sent.id,
    is_echo: true,
    app_id: Number(APP_ID),
    ...(sent.text === "" ? {} : { text: sent.text }),
    ...(sent.mediaUrl === undefined ? {} : { attachments: [{ type: sent.kind, payload: { url: sent.mediaUrl } }] }),
    ...(sent.correlation === undefined ? {} : { metadata: sent.correlation }),
  };
  return {
    list: "messaging",
    element: { sender: { id: sent.account }, recipient: { id: sent.to }, timestamp: sent.at, message },
  };
}

function messaging(sent: Sent, at: number, news: Record<string, unknown>): Update {
  return {
    list: "messaging",
    element: { sender: { id: sent.to }, recipient: { id: sent.account }, timestamp: at, ...news },
  };
}

function whatsappStatus(sent: Sent, status: string, at: number, errors?: unknown[]): Update {
  const isPriced = status === "sent" || status === "delivered";
  const category = sent.kind === "template" ? "utility" : "service";
  return whatsappUpdate(sent.account, {
    statuses: [
      {
        id: sent.id,
        status,
        timestamp: String(Math.floor(at / 1000)),
        ...(sent.address === undefined ? { recipient_id: sent.to } : { recipient_user_id: sent.address }),
        ...(sent.correlation === undefined ? {} : { biz_opaque_callback_data: sent.correlation }),
        ...(isPriced ? { pricing: { billable: true, pricing_model: "PMP", type: "regular", category } } : {}),
        ...(errors === undefined ? {} : { errors }),
      },
    ],
  });
}
