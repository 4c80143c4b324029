import type { MetaChannelName } from "../../app/channels/channel.ts";

/** What the customers of a soak write, and when. Pure. */

/** One message of one customer. */
export interface Planned {
  /** Number of the delivery, from 0. */
  readonly index: number;
  readonly channel: MetaChannelName;
  readonly customer: string;
  readonly providerId: string;
  readonly text: string;
  /** Milliseconds after the load begins. */
  readonly dueMs: number;
}

export interface TrafficOptions {
  /** In all; made whole to full bursts. */
  readonly messages: number;
  /** Messages a second, over all channels. */
  readonly rate: number;
  /** Three digits: makes customers and message ids of its own. */
  readonly run: string;
}

export const CHANNELS = ["whatsapp", "instagram", "facebook"] as const;
/** What one customer writes in a row before waiting for an answer. */
export const BURST = 5;
/** How often each customer comes back. */
export const BURSTS = 2;
/** Customers who write at the same time: a burst of 5 then takes half a second at 100 a second. */
const AT_ONCE = 10;

/**
 * Customers in small groups, one message of each in turn, so that every burst is spread over its group's time; then the
 * same customers once more, half of the load later.
 */
export function planTraffic({ messages, rate, run }: TrafficOptions): Planned[] {
  const customers = Math.max(1, Math.round(messages / (BURST * BURSTS)));
  const planned: Planned[] = [];
  for (let burst = 0; burst < BURSTS; burst += 1) {
    for (let first = 0; first < customers; first += AT_ONCE) {
      const group = Math.min(AT_ONCE, customers - first);
      for (let part = 0; part < BURST; part += 1) {
        for (let member = 0; member < group; member += 1) {
          const person = first + member;
          const index = planned.length;
          planned.push({
            index,
            channel: CHANNELS[person % CHANNELS.length] ?? "whatsapp",
            customer: customerId(run, person),
            providerId: `soak.${run}.${index}`,
            text: `Preciso de um orçamento, parte ${part + 1} de ${BURST} (${index})`,
            dueMs: (index * 1000) / rate,
          });
        }
      }
    }
  }
  return planned;
}

/** A number in Brazil that nobody has: area code 00. For Meta's other channels it is an id like any other. */
function customerId(run: string, person: number): string {
  return `55009${run}${String(person).padStart(5, "0")}`;
}
