import { toWire } from "../../local/simulators/sign.ts";
import { envelope, type Update, whatsappUpdate } from "../../local/simulators/webhooks.ts";
import type { Planned } from "./traffic.ts";

/** Our accounts, as the stack knows them. */
export type Accounts = Readonly<Record<Planned["channel"], string>>;

/** The POST that Meta sends for a message, in the form in which it signs it. @param at Unix milliseconds */
export function bodyOf(message: Planned, accounts: Accounts, at: number): string {
  const account = accounts[message.channel];
  return toWire(envelope(message.channel, account, at, [updateOf(message, account, at)]));
}

function updateOf({ channel, customer, providerId, text }: Planned, account: string, at: number): Update {
  if (channel !== "whatsapp") {
    const element = {
      sender: { id: customer },
      recipient: { id: account },
      timestamp: at,
      message: { mid: providerId, text },
    };
    return { list: "messaging", element };
  }
  return whatsappUpdate(account, {
    contacts: [{ profile: { name: `Cliente de exemplo ${customer.slice(-5)}` }, wa_id: customer }],
    messages: [
      { from: customer, id: providerId, timestamp: String(Math.floor(at / 1000)), type: "text", text: { body: text } },
    ],
  });
}
