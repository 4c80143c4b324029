import { ACCOUNT, millis, NOW, type Shape } from "./shape.ts";
import { body, change, echoBody, echoed, PHONE, received, seconds, shape, value, wa } from "./whatsapp-bodies.ts";

/** Reactions, edits, deletions, and what a person of ours does on the phone, or did before it was connected. */
export const WHATSAPP_NEWS: readonly Shape[] = [
  shape("reaction", {
    body: received(213, { type: "reaction", reaction: { message_id: "wamid.1", emoji: "👍" } }),
    events: [wa.reaction(213, { target: "wamid.1", emoji: "👍" })],
  }),
  shape("reaction changed", {
    body: received(214, { type: "reaction", reaction: { message_id: "wamid.1", emoji: "❤️" } }),
    events: [wa.reaction(214, { target: "wamid.1", emoji: "❤️" })],
  }),
  shape("reaction taken back with an empty emoji", {
    body: received(215, { type: "reaction", reaction: { message_id: "wamid.2", emoji: "" } }),
    events: [wa.reaction(215, { target: "wamid.2", emoji: "" })],
  }),
  shape("reaction taken back without an emoji", {
    body: received(216, { type: "reaction", reaction: { message_id: "wamid.3" } }),
    events: [wa.reaction(216, { target: "wamid.3", emoji: "" })],
  }),
  shape("reaction to a message that never comes", {
    body: received(217, { type: "reaction", reaction: { message_id: "wamid.never", emoji: "😮" } }),
    events: [wa.reaction(217, { target: "wamid.never", emoji: "😮" })],
  }),
  shape("reaction to nothing is kept raw", {
    body: body(
      change(
        "messages",
        value({ messages: [{ from: PHONE, id: "wamid.218", timestamp: seconds(218), type: "reaction" }] }),
      ),
    ),
    events: [wa.unknown("shape:reaction", { from: PHONE, id: "wamid.218", timestamp: seconds(218), type: "reaction" })],
  }),
  shape("edit", {
    body: received(219, {
      type: "edit",
      edit: { original_message_id: "wamid.4", message: { type: "text", text: { body: "corrigido" } } },
    }),
    events: [wa.edit(219, { target: "wamid.4", text: "corrigido", revision: millis(219) })],
  }),
  shape("second edit", {
    body: received(220, {
      type: "edit",
      edit: { original_message_id: "wamid.4", message: { type: "text", text: { body: "de novo" } } },
    }),
    events: [wa.edit(220, { target: "wamid.4", text: "de novo", revision: millis(220) })],
  }),
  shape("edited caption", {
    body: received(221, {
      type: "edit",
      edit: { original_message_id: "wamid.12", message: { type: "image", image: { caption: "A cozinha" } } },
    }),
    events: [wa.edit(221, { target: "wamid.12", text: "A cozinha", revision: millis(221) })],
  }),
  shape("edit of the older form has no text", {
    body: received(222, {
      type: "unsupported",
      unsupported: { type: "edit" },
      errors: [{ code: 131051, title: "Unsupported" }],
    }),
    events: [wa.said(222, { kind: "unsupported", error: { code: 131051, title: "Unsupported" } })],
  }),
  shape("deletion", {
    body: received(223, { type: "revoke", revoke: { original_message_id: "wamid.17" } }),
    events: [wa.deletion(223, { target: "wamid.17" })],
  }),
  shape("deletion of an edited message", {
    body: received(224, { type: "revoke", revoke: { original_message_id: "wamid.4" } }),
    events: [wa.deletion(224, { target: "wamid.4" })],
  }),
  shape("deletion of a message that never comes", {
    body: received(225, { type: "revoke", revoke: { original_message_id: "wamid.gone" } }),
    events: [wa.deletion(225, { target: "wamid.gone" })],
  }),
  echoed("answered on the phone", 226, { type: "text", text: { body: "Já vejo" } }, { text: "Já vejo" }),
  echoed(
    "picture sent from the phone",
    227,
    { type: "image", image: { id: "77", mime_type: "image/jpeg", sha256: "p=" } },
    { kind: "image", attachments: [{ type: "image", mediaId: "77", mimeType: "image/jpeg", sha256: "p=" }] },
  ),
  shape("reacted on the phone", {
    body: echoBody(228, { type: "reaction", reaction: { message_id: "wamid.1", emoji: "🙏" } }),
    events: [wa.reaction(228, { target: "wamid.1", emoji: "🙏", fromUs: true })],
  }),
  shape("deleted on the phone", {
    body: echoBody(229, { type: "revoke", revoke: { original_message_id: "wamid.226" } }),
    events: [wa.deletion(229, { target: "wamid.226" })],
  }),
  shape("messages from before the number was connected", {
    body: body(
      change("history", {
        messaging_product: "whatsapp",
        metadata: { phone_number_id: ACCOUNT.whatsapp },
        history: [
          {
            metadata: { phase: 0, progress: 50 },
            threads: [
              {
                id: "5511900000091",
                messages: [
                  {
                    from: "5511900000091",
                    id: "wamid.230",
                    timestamp: seconds(230),
                    type: "text",
                    text: { body: "antes" },
                    history_context: { status: "READ" },
                  },
                  {
                    from: "15550000001",
                    id: "wamid.231",
                    timestamp: seconds(231),
                    type: "text",
                    text: { body: "resposta" },
                  },
                ],
              },
            ],
          },
        ],
      }),
    ),
    events: [
      wa.said(230, {
        customer: "5511900000091",
        phone: "5511900000091",
        text: "antes",
        standby: true,
        customerName: undefined,
      }),
      wa.echoed(231, { customer: "5511900000091", phone: "5511900000091", text: "resposta", standby: true }),
    ],
  }),
  shape("history that was declined", {
    body: body(
      change("history", {
        metadata: { phone_number_id: ACCOUNT.whatsapp },
        history: [{ errors: [{ code: 2593109, title: "declined" }] }],
      }),
    ),
    events: [wa.account(NOW, "history", { "errors.0.code": "2593109", "errors.0.title": "declined" })],
  }),
];
