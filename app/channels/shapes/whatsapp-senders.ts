import type { Shape } from "./shape.ts";
import { body, change, message, PHONE, seconds, shape, value, wa } from "./whatsapp-bodies.ts";

const hidden = "BR.Hidden1";
const moved = { customer: "5511900000071", phone: "5511900000072" };
const nameless = { customerName: undefined, phone: undefined };

/** Who wrote: hidden numbers, changed ones, and nobody. */
export const WHATSAPP_SENDERS: readonly Shape[] = [
  shape("hidden number: only the business-scoped id", {
    body: body(
      change(
        "messages",
        value({
          contacts: [{ profile: { name: "Sem número", username: "semnumero" }, user_id: hidden }],
          messages: [
            { id: "wamid.101", from_user_id: hidden, timestamp: seconds(101), type: "text", text: { body: "Oi" } },
          ],
        }),
      ),
    ),
    events: [wa.said(101, { ...nameless, customer: hidden, customerName: "Sem número", bsuid: hidden, text: "Oi" })],
  }),
  shape("hidden number: the id stands in the contact only", {
    body: body(
      change(
        "messages",
        value({
          contacts: [{ user_id: hidden }],
          messages: [{ id: "wamid.102", timestamp: seconds(102), type: "text", text: { body: "Oi" } }],
        }),
      ),
    ),
    events: [wa.said(102, { ...nameless, customer: hidden, bsuid: hidden, text: "Oi" })],
  }),
  shape("no sender of any kind is kept raw", {
    body: body(
      change(
        "messages",
        value({ messages: [{ id: "wamid.103", timestamp: seconds(103), type: "text", text: { body: "Oi" } }] }),
      ),
    ),
    events: [wa.unknown("no_sender", { id: "wamid.103", timestamp: seconds(103), type: "text", text: { body: "Oi" } })],
  }),
  shape("a sender that may not stand in a document's id is kept raw", {
    body: body(change("messages", value({ messages: [message(104, { from: "../x" })] }))),
    events: [wa.unknown("no_sender", message(104, { from: "../x" }))],
  }),
  shape("no message id is kept raw", {
    body: body(change("messages", value({ messages: [{ from: PHONE, type: "text" }] }))),
    events: [wa.unknown("shape:message.id", { from: PHONE, type: "text" })],
  }),
  shape("group message is kept raw", {
    body: body(
      change("messages", value({ messages: [message(105, { group_id: "G1", type: "text", text: { body: "Oi" } })] })),
    ),
    events: [wa.unknown("group_message", message(105, { group_id: "G1", type: "text", text: { body: "Oi" } }))],
  }),
  shape("changed number", {
    body: body(
      change(
        "messages",
        value({
          messages: [
            {
              from: moved.customer,
              id: "wamid.106",
              timestamp: seconds(106),
              type: "system",
              system: { body: "changed number", wa_id: moved.phone, type: "user_changed_number" },
            },
          ],
        }),
      ),
    ),
    events: [wa.said(106, { ...nameless, ...moved, kind: "system", text: "changed number" })],
  }),
  shape("changed number, older form", {
    body: body(
      change(
        "messages",
        value({
          messages: [
            {
              from: "5511900000073",
              id: "wamid.107",
              timestamp: seconds(107),
              type: "system",
              system: { body: "changed", new_wa_id: "5511900000074", type: "user_changed_number" },
            },
          ],
        }),
      ),
    ),
    events: [
      wa.said(107, { ...nameless, customer: "5511900000073", phone: "5511900000074", kind: "system", text: "changed" }),
    ],
  }),
  shape("changed business-scoped id", {
    body: body(
      change(
        "messages",
        value({
          messages: [
            {
              from: "5511900000075",
              id: "wamid.108",
              timestamp: seconds(108),
              type: "system",
              system: { body: "changed id", user_id: "BR.New1", type: "user_changed_user_id" },
            },
          ],
        }),
      ),
    ),
    events: [
      wa.said(108, {
        ...nameless,
        customer: "5511900000075",
        phone: "5511900000075",
        bsuid: "BR.New1",
        kind: "system",
        text: "changed id",
      }),
    ],
  }),
];
