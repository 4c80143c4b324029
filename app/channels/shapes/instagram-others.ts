import { body, element, ig, message, PERSON, shape } from "./instagram-bodies.ts";
import { ACCOUNT, millis, NOW, type Shape } from "./shape.ts";

/** Postbacks, referrals, edits, standby, and nonsense. */
export const INSTAGRAM_OTHERS: readonly Shape[] = [
  shape("ice breaker", {
    body: body([element(432, { postback: { mid: "m_432", title: "Preços?", payload: "PRICES" } })]),
    events: [ig.said(432, { kind: "postback", text: "Preços?", payload: "PRICES" })],
  }),
  shape("referral of an ig.me link", {
    body: body([element(433, { referral: { ref: "bio" } })]),
    events: [
      ig.said(433, {
        providerId: `referral:${PERSON.id}:${millis(433)}:bio`,
        kind: "referral",
        referral: { ref: "bio" },
      }),
    ],
  }),
  shape("edit", {
    body: body([element(434, { message_edit: { mid: "m_402", text: "Não", num_edit: 1 } })]),
    events: [ig.edit(434, { target: "m_402", text: "Não", revision: 1 })],
  }),
  shape("edit number 0 stands for the message itself", {
    body: body([element(435, { message_edit: { mid: "m_435", text: "primeira", num_edit: 0 } })]),
    events: [ig.said(435, { text: "primeira" })],
  }),
  shape("edit without a text is kept raw", {
    body: body([element(436, { message_edit: { mid: "m_402", num_edit: 0 } })]),
    events: [ig.unknown("edit_without_text", element(436, { message_edit: { mid: "m_402", num_edit: 0 } }))],
  }),
  shape("edit without a sender is kept raw", {
    body: body([{ timestamp: millis(437), message_edit: { mid: "m_402", text: "x", num_edit: 1 } }]),
    events: [
      ig.unknown("no_sender", { timestamp: millis(437), message_edit: { mid: "m_402", text: "x", num_edit: 1 } }),
    ],
  }),
  shape("standby", {
    body: body([message(438, { text: "para outro" })], "standby"),
    events: [ig.said(438, { text: "para outro", standby: true })],
  }),
  shape("the dashboard's test event", {
    body: {
      object: "instagram",
      entry: [
        {
          id: "0",
          time: NOW / 1000,
          changes: [
            {
              field: "messages",
              value: {
                sender: { id: "12334" },
                recipient: { id: "23245" },
                timestamp: String(millis(439) / 1000),
                message: { mid: "random_mid", text: "random_text" },
              },
            },
          ],
        },
      ],
    },
    events: [ig.said(439, { customer: "12334", account: "23245", providerId: "random_mid", text: "random_text" })],
  }),
  shape("the dashboard's other test event", {
    body: body(
      [
        {
          field: "message_reactions",
          value: element(440, { reaction: { mid: "m_432", action: "react", reaction: "love", emoji: "❤" } }),
        },
      ],
      "changes",
    ),
    events: [ig.reaction(440, { target: "m_432", emoji: "❤" })],
  }),
  shape("a comment is kept raw", {
    body: body([{ field: "comments", value: { id: "1", text: "x" } }], "changes"),
    events: [ig.unknown("field:comments", { field: "comments", value: { id: "1", text: "x" } })],
  }),
  shape("as the object page", {
    body: body([message(441, { text: "Oi" })], "messaging", "page"),
    events: [ig.said(441, { text: "Oi" })],
  }),
  shape("several accounts in one POST", {
    body: {
      object: "instagram",
      entry: [
        { id: ACCOUNT.instagram, time: NOW, messaging: [message(442, { text: "um" })] },
        {
          id: "300000000000009",
          time: NOW,
          messaging: [{ ...message(443, { text: "dois" }), recipient: { id: "300000000000009" } }],
        },
      ],
    },
    events: [ig.said(442, { text: "um" }), ig.said(443, { text: "dois", account: "300000000000009" })],
  }),
];
