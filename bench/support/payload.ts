import { createHmac } from "node:crypto";

/** The local stack's own number (`Pulumi.local.yaml`): from another one the answer would be refused. */
export const WHATSAPP_PHONE_ID = "100000000000001";

/** Bytes and headers of one delivery, as Meta's servers post it. */
export interface SignedDelivery {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** A WhatsApp Cloud API text message of about `size` bytes, signed. */
export function whatsappDelivery(secret: string, id: string, from: string, size = 2000): SignedDelivery {
  const padding = Math.max(1, size - Buffer.byteLength(payload(id, from, "")));
  const text = "Quanto custa pintar uma sala? ".repeat(Math.ceil(padding / 30)).slice(0, padding);
  return whatsappText(secret, id, from, text);
}

/** One with a text of its own, signed. */
export function whatsappText(secret: string, id: string, from: string, text: string): SignedDelivery {
  const body = Buffer.from(payload(id, from, text));
  return {
    body,
    headers: {
      "content-type": "application/json",
      "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
    },
  };
}

function payload(id: string, from: string, text: string): string {
  return JSON.stringify({
    object: "whatsapp_business_account",
    entry: [
      {
        id: "100000000000009",
        changes: [
          {
            field: "messages",
            value: {
              messaging_product: "whatsapp",
              metadata: { display_phone_number: "15550000001", phone_number_id: WHATSAPP_PHONE_ID },
              contacts: [{ profile: { name: "Cliente de exemplo" }, wa_id: from }],
              messages: [
                {
                  from,
                  id: `wamid.${id}`,
                  timestamp: String(Math.floor(Date.now() / 1000)),
                  type: "text",
                  text: { body: text },
                },
              ],
            },
          },
        ],
      },
    ],
  });
}
