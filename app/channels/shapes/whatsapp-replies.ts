import type { Shape } from "./shape.ts";
import { body, CONTACTS, change, message, PHONE, said, shape, value, wa } from "./whatsapp-bodies.ts";

/** Answers to buttons, lists and forms, orders, and what nobody understands. */
export const WHATSAPP_REPLIES: readonly Shape[] = [
  said(
    "button reply",
    24,
    {
      type: "interactive",
      context: { id: "wamid.q" },
      interactive: { type: "button_reply", button_reply: { id: "yes", title: "Sim" } },
    },
    { kind: "interactive", text: "Sim", payload: "yes", replyTo: "wamid.q" },
  ),
  said(
    "list reply",
    25,
    {
      type: "interactive",
      interactive: { type: "list_reply", list_reply: { id: "row-2", title: "Pintura", description: "Paredes" } },
    },
    { kind: "interactive", text: "Pintura", payload: "row-2" },
  ),
  said(
    "form",
    26,
    {
      type: "interactive",
      interactive: { type: "nfm_reply", nfm_reply: { name: "flow", body: "Sent", response_json: '{"a":1}' } },
    },
    { kind: "interactive", text: "Sent", payload: '{"a":1}' },
  ),
  said(
    "form whose answer is no JSON",
    27,
    { type: "interactive", interactive: { type: "nfm_reply", nfm_reply: { name: "flow", response_json: "{oops" } } },
    { kind: "interactive", text: "flow", payload: "{oops" },
  ),
  said(
    "form whose answer is an object",
    28,
    { type: "interactive", interactive: { type: "nfm_reply", nfm_reply: { body: "Sent", response_json: { a: [1] } } } },
    { kind: "interactive", text: "Sent", payload: '{"a":[1]}' },
  ),
  said(
    "interactive of a new kind",
    29,
    { type: "interactive", interactive: { type: "carousel_reply" } },
    { kind: "unsupported" },
  ),
  said(
    "template quick reply",
    30,
    { type: "button", button: { text: "Parar", payload: "STOP" }, context: { from: "1", id: "wamid.t" } },
    { kind: "interactive", text: "Parar", payload: "STOP", replyTo: "wamid.t" },
  ),
  said(
    "order",
    31,
    {
      type: "order",
      order: {
        catalog_id: "C1",
        text: "Obrigado",
        product_items: [{ product_retailer_id: "P1", quantity: 2, item_price: 10, currency: "BRL" }],
      },
    },
    {
      kind: "order",
      text: "Obrigado",
      payload:
        '{"catalog_id":"C1","product_items":[{"product_retailer_id":"P1","quantity":2,"item_price":10,"currency":"BRL"}]}',
    },
  ),
  said(
    "unsupported",
    32,
    {
      type: "unsupported",
      errors: [
        {
          code: 131051,
          title: "Message type unknown",
          message: "Message type unknown",
          error_data: { details: "Message type is currently not supported." },
        },
      ],
      unsupported: { type: "poll" },
    },
    { kind: "unsupported", error: { code: 131051, title: "Message type is currently not supported." } },
  ),
  said(
    "unsupported in coexistence",
    33,
    { type: "unsupported", errors: [{ code: 131060, title: "This message is unavailable" }] },
    { kind: "unsupported", error: { code: 131060, title: "This message is unavailable" } },
  ),
  said(
    "unknown, as it was once called",
    34,
    { type: "unknown", errors: [{ code: "131051", message: "Unsupported" }] },
    { kind: "unsupported", error: { code: 131051, title: "Unsupported" } },
  ),
  said("a type of the future", 35, { type: "hologram", hologram: { id: "1" } }, { kind: "unsupported" }),
  said("ephemeral", 36, { type: "ephemeral" }, { kind: "unsupported" }),
  said("no type at all", 37, {}, { kind: "unsupported" }),
  said("a type that is a field of every object", 38, { type: "constructor" }, { kind: "unsupported" }),
  said("welcome request", 39, { type: "request_welcome" }, { kind: "system" }),
  said("identity key is ignored", 40, { type: "text", text: { body: "Oi" }, identity_key_hash: "h" }, { text: "Oi" }),
  shape("no contacts", {
    body: body(change("messages", value({ messages: [message(41, { type: "text", text: { body: "Oi" } })] }))),
    events: [wa.said(41, { text: "Oi", customerName: undefined })],
  }),
  shape("contact with a username only", {
    body: body(
      change(
        "messages",
        value({
          contacts: [{ profile: { username: "cliente.exemplo" }, wa_id: PHONE }],
          messages: [message(42, { type: "text", text: { body: "Oi" } })],
        }),
      ),
    ),
    events: [wa.said(42, { text: "Oi", customerName: "cliente.exemplo" })],
  }),
  shape("phone and business-scoped id", {
    body: body(
      change(
        "messages",
        value({
          contacts: [{ ...CONTACTS[0], user_id: "BR.Abc1" }],
          messages: [message(43, { type: "text", text: { body: "Oi" }, from_user_id: "BR.Abc1" })],
        }),
      ),
    ),
    events: [wa.said(43, { text: "Oi", bsuid: "BR.Abc1" })],
  }),
];
