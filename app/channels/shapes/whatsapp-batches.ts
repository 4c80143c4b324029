import { millis, NOW, type Shape } from "./shape.ts";
import {
  BUSINESS,
  body,
  CONTACTS,
  change,
  message,
  PHONE,
  received,
  seconds,
  shape,
  value,
  wa,
} from "./whatsapp-bodies.ts";

const text = (n: number, words: string) => message(n, { type: "text", text: { body: words } });

/** Several things in one POST. */
export const WHATSAPP_BATCHES: readonly Shape[] = [
  shape("several messages in one value", {
    body: body(
      change(
        "messages",
        value({ contacts: CONTACTS, messages: [text(109, "um"), text(110, "dois"), text(111, "três")] }),
      ),
    ),
    events: [wa.said(109, { text: "um" }), wa.said(110, { text: "dois" }), wa.said(111, { text: "três" })],
  }),
  shape("messages and statuses in one value", {
    body: body(
      change(
        "messages",
        value({
          contacts: CONTACTS,
          messages: [text(112, "oi")],
          statuses: [{ id: "wamid.s1", status: "delivered", timestamp: seconds(113), recipient_id: PHONE }],
        }),
      ),
    ),
    events: [wa.said(112, { text: "oi" }), wa.status(113, { providerId: "wamid.s1", status: "delivered" })],
  }),
  shape("a bad message between good ones", {
    body: body(change("messages", value({ contacts: CONTACTS, messages: [text(114, "um"), null, text(115, "dois")] }))),
    events: [wa.said(114, { text: "um" }), wa.unknown("shape:message", null), wa.said(115, { text: "dois" })],
  }),
  shape("several changes in one entry", {
    body: body(
      change("messages", value({ contacts: CONTACTS, messages: [text(116, "um")] })),
      change("messages", value({ contacts: CONTACTS, messages: [text(117, "dois")] })),
    ),
    events: [wa.said(116, { text: "um" }), wa.said(117, { text: "dois" })],
  }),
  shape("several accounts in one POST", {
    body: {
      object: "whatsapp_business_account",
      entry: [
        { id: BUSINESS, changes: [change("messages", value({ contacts: CONTACTS, messages: [text(118, "um")] }))] },
        {
          id: "100000000000009",
          changes: [
            change("messages", {
              messaging_product: "whatsapp",
              metadata: { phone_number_id: "100000000000010" },
              contacts: CONTACTS,
              messages: [text(119, "dois")],
            }),
          ],
        },
      ],
    },
    events: [wa.said(118, { text: "um" }), wa.said(119, { text: "dois", account: "100000000000010" })],
  }),
  shape("senders of one value have each their own name", {
    body: body(
      change(
        "messages",
        value({
          contacts: [
            { profile: { name: "Ana Exemplo" }, wa_id: "5511900000081" },
            { profile: { name: "Bia Exemplo" }, wa_id: "5511900000082" },
          ],
          messages: [
            message(120, { from: "5511900000082", type: "text", text: { body: "b" } }),
            message(121, { from: "5511900000081", type: "text", text: { body: "a" } }),
          ],
        }),
      ),
    ),
    events: [
      wa.said(120, { customer: "5511900000082", phone: "5511900000082", customerName: "Bia Exemplo", text: "b" }),
      wa.said(121, { customer: "5511900000081", phone: "5511900000081", customerName: "Ana Exemplo", text: "a" }),
    ],
  }),
  shape("no time: the arrival's", {
    body: body(
      change(
        "messages",
        value({
          contacts: CONTACTS,
          messages: [{ from: "5511900000083", id: "wamid.122", type: "text", text: { body: "oi" } }],
        }),
      ),
    ),
    events: [{ ...wa.said(122, { text: "oi", customer: "5511900000083", phone: "5511900000083" }), at: NOW }],
  }),
  shape("time as a number", {
    body: received(123, { timestamp: millis(123) / 1000, type: "text", text: { body: "oi" } }),
    events: [wa.said(123, { text: "oi" })],
  }),
  shape("no metadata: the business account", {
    body: body(
      change("messages", { messages: [message(124, { from: "5511900000084", type: "text", text: { body: "oi" } })] }),
    ),
    events: [
      wa.said(124, {
        text: "oi",
        customer: "5511900000084",
        phone: "5511900000084",
        account: BUSINESS,
        customerName: undefined,
      }),
    ],
  }),
];
