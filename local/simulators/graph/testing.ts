import { ACCOUNTS, type Delivered, type Stage } from "../testing.ts";

/** What the tests of the simulated Graph have in common. */

export const CUSTOMER = "5511900000001";
export const PSID = "2400000000000001";
export const HOUR = 3_600_000;
export const whatsappPath = `v26.0/${ACCOUNTS.whatsapp}/messages`;

export function text(body: string, more: Record<string, unknown> = {}) {
  return { messaging_product: "whatsapp", to: `+${CUSTOMER}`, type: "text", text: { body }, ...more };
}

export function page(message: unknown, more: Record<string, unknown> = {}) {
  return { recipient: { id: PSID }, messaging_type: "RESPONSE", message, ...more };
}

export async function customerWrites(s: Stage, channel: "whatsapp" | "facebook" | "instagram"): Promise<void> {
  await s.control("POST", "messages", {
    channel,
    from: channel === "whatsapp" ? CUSTOMER : PSID,
    text: "Olá",
    id: "in-1",
  });
}

/** The `statuses` or `messaging` elements of webhooks. */
export function news(delivered: readonly Delivered[]): unknown[] {
  const bodies = delivered as readonly {
    body: { entry: { changes?: { value: { statuses: unknown[] } }[]; messaging?: unknown[] }[] };
  }[];
  return bodies.flatMap(({ body }) =>
    body.entry.flatMap((entry) => [
      ...(entry.changes ?? []).flatMap((each) => each.value.statuses),
      ...(entry.messaging ?? []),
    ]),
  );
}
