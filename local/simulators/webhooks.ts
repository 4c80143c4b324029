import type { MetaChannelName } from "../../app/channels/channel.ts";
import type { Attempt, DeliveryOptions } from "./deliveries.ts";
import { DISPLAY_PHONE_NUMBER, WABA_ID } from "./ids.ts";
import { observe } from "./observe.ts";
import { toWire } from "./sign.ts";
import type { Simulation } from "./simulation.ts";

/** One update: an element of `changes[]` on WhatsApp, of `messaging[]` or `standby[]` on the others. */
export interface Update {
  readonly list: "changes" | "messaging" | "standby";
  readonly element: Readonly<Record<string, unknown>>;
}

/** A WhatsApp change about messages: `value` gets what every one of them carries. */
export function whatsappUpdate(account: string, value: Record<string, unknown>, field = "messages"): Update {
  const metadata = { display_phone_number: DISPLAY_PHONE_NUMBER, phone_number_id: account };
  return { list: "changes", element: { field, value: { messaging_product: "whatsapp", metadata, ...value } } };
}

/** A POST body around some updates of one account, in the shape of its channel. */
export function envelope(channel: MetaChannelName, account: string, now: number, updates: readonly Update[]): unknown {
  const lists: Record<string, unknown[]> = {};
  for (const update of updates) lists[update.list] = [...(lists[update.list] ?? []), update.element];
  if (channel === "whatsapp") return { object: "whatsapp_business_account", entry: [{ id: WABA_ID, ...lists }] };
  return { object: channel === "facebook" ? "page" : "instagram", entry: [{ id: account, time: now, ...lists }] };
}

/**
 * Lets Meta tell the app about something. When the account is not subscribed, Meta says nothing: answers `undefined`
 * and counts it as dropped.
 */
export async function tell(
  simulation: Simulation,
  channel: MetaChannelName,
  account: string,
  updates: readonly Update[],
  options: DeliveryOptions,
): Promise<Attempt | undefined> {
  const { world } = simulation;
  const body = envelope(channel, account, world.now(), updates);
  observe(world, channel, body);
  if (simulation.connection && !simulation.subscribed.has(channel)) {
    world.count(`webhooks.dropped.${channel}`);
    world.note({ about: "webhook", channel, ok: false, text: `${options.what}: not subscribed, dropped` });
    return undefined;
  }
  return simulation.deliveries.deliver(channel, toWire(body), options);
}
