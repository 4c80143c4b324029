import { ACCOUNT, CUSTOMER, expecting, type Shape, START } from "./shape.ts";

/** How WhatsApp wraps what it tells. */

export const BUSINESS = "100000000000001";
export const PHONE = CUSTOMER.whatsapp;

const METADATA = { display_phone_number: "15550000001", phone_number_id: ACCOUNT.whatsapp };
export const CONTACTS = [{ profile: { name: "Cliente de exemplo" }, wa_id: PHONE }];

/** Unix seconds as WhatsApp writes them. */
export function seconds(n: number): string {
  return String(START + n);
}

export function body(...changes: readonly unknown[]): unknown {
  return { object: "whatsapp_business_account", entry: [{ id: BUSINESS, changes }] };
}

export function change(field: string, value: object): unknown {
  return { field, value };
}

/** A value of `messages` with whatever lists it has. */
export function value(lists: object): object {
  return { messaging_product: "whatsapp", metadata: METADATA, ...lists };
}

export function message(n: number, own: object): object {
  return { from: PHONE, id: `wamid.${n}`, timestamp: seconds(n), ...own };
}

/** A POST with one message of the customer's. */
export function received(n: number, own: object): unknown {
  return body(change("messages", value({ contacts: CONTACTS, messages: [message(n, own)] })));
}

/** A POST with one status. */
export function statusBody(n: number, own: object): unknown {
  return body(change("messages", value({ statuses: [{ timestamp: seconds(n), recipient_id: PHONE, ...own }] })));
}

/** A POST with one message that a person of ours wrote on the phone. */
export function echoBody(n: number, own: object): unknown {
  const echo = { from: "15550000001", to: PHONE, id: `wamid.${n}`, timestamp: seconds(n), ...own };
  return body(change("smb_message_echoes", value({ message_echoes: [echo] })));
}

/** What WhatsApp's events are expected to be. */
export const wa = expecting("whatsapp");

export function shape(name: string, from: Omit<Shape, "name" | "channel">): Shape {
  return { name: `whatsapp: ${name}`, channel: "whatsapp", ...from };
}

/** One message of the customer's, and what it says. */
export function said(name: string, n: number, own: object, expected: Parameters<typeof wa.said>[1]): Shape {
  return shape(name, { body: received(n, own), events: [wa.said(n, expected)] });
}

/** One status of a message of ours. */
export function status(name: string, n: number, own: object, expected: Parameters<typeof wa.status>[1]): Shape {
  return shape(name, { body: statusBody(n, own), events: [wa.status(n, expected)] });
}

/** One message that a person of ours wrote on the phone. */
export function echoed(name: string, n: number, own: object, expected: Parameters<typeof wa.echoed>[1]): Shape {
  return shape(name, { body: echoBody(n, own), events: [wa.echoed(n, expected)] });
}
