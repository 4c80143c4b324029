import { body, echo, element, fb, PAGE, PERSON, shape, text } from "./messenger-bodies.ts";
import { millis, type Shape } from "./shape.ts";

/** Postbacks, referrals, edits, standby, and nonsense. */
export const MESSENGER_OTHERS: readonly Shape[] = [
  shape("postback", {
    body: body([
      element(332, {
        postback: {
          mid: "m_332",
          title: "Começar",
          payload: "GET_STARTED",
          referral: { ref: "r1", source: "SHORTLINK", type: "OPEN_THREAD" },
        },
      }),
    ]),
    events: [
      fb.said(332, {
        kind: "postback",
        text: "Começar",
        payload: "GET_STARTED",
        referral: { ref: "r1", source: "SHORTLINK", type: "OPEN_THREAD" },
      }),
    ],
  }),
  shape("postback without an id", {
    body: body([element(333, { postback: { title: "Ver", payload: "SEE" } })]),
    events: [
      fb.said(333, {
        providerId: `postback:${PERSON.id}:${millis(333)}:SEE`,
        kind: "postback",
        text: "Ver",
        payload: "SEE",
      }),
    ],
  }),
  shape("referral", {
    body: body([element(334, { referral: { ref: "promo", source: "SHORTLINK", type: "OPEN_THREAD" } })]),
    events: [
      fb.said(334, {
        providerId: `referral:${PERSON.id}:${millis(334)}:promo`,
        kind: "referral",
        referral: { ref: "promo", source: "SHORTLINK", type: "OPEN_THREAD" },
      }),
    ],
  }),
  shape("referral of an m.me link", {
    body: body([element(335, { referral: { ref: "only" } })]),
    events: [
      fb.said(335, {
        providerId: `referral:${PERSON.id}:${millis(335)}:only`,
        kind: "referral",
        referral: { ref: "only" },
      }),
    ],
  }),
  shape("opt-in through a plugin", {
    body: body([element(336, { optin: { ref: "footer" } })]),
    events: [
      fb.said(336, {
        providerId: `optin:${PERSON.id}:${millis(336)}:footer`,
        kind: "referral",
        referral: { ref: "footer" },
      }),
    ],
  }),
  shape("notifications wanted", {
    body: body([element(337, { optin: { type: "notification_messages", notification_messages_token: "t" } })]),
    events: [fb.preference(337, { optOut: false })],
  }),
  shape("notifications stopped", {
    body: body([
      element(338, { optin: { type: "notification_messages", notification_messages_status: "STOP_NOTIFICATIONS" } }),
    ]),
    events: [fb.preference(338, { optOut: true })],
  }),
  shape("edit", {
    body: body([element(339, { message_edit: { mid: "m_301", text: "Olá!", num_edit: 1 } })]),
    events: [fb.edit(339, { target: "m_301", text: "Olá!", revision: 1 })],
  }),
  shape("edit counted in a string", {
    body: body([element(340, { message_edit: { mid: "m_301", text: "Olá!!", num_edit: "2" } })]),
    events: [fb.edit(340, { target: "m_301", text: "Olá!!", revision: 2 })],
  }),
  shape("standby: text", {
    body: body([text(341, { text: "para outro aplicativo" })], "standby"),
    events: [fb.said(341, { text: "para outro aplicativo", standby: true })],
  }),
  shape("standby: postback without a payload", {
    body: body([element(342, { postback: { title: "Ver" } })], "standby"),
    events: [
      fb.said(342, {
        providerId: `postback:${PERSON.id}:${millis(342)}:Ver`,
        kind: "postback",
        text: "Ver",
        standby: true,
      }),
    ],
  }),
  shape("standby: echo of the other application", {
    body: body([echo(343, { text: "de outro" })], "standby"),
    events: [fb.echoed(343, { text: "de outro", standby: true })],
  }),
  ...(["pass_thread_control", "take_thread_control", "request_thread_control"] as const).map((field, index) =>
    shape(field, {
      body: body([element(344 + index, { [field]: { new_owner_app_id: "1", metadata: "m" } })]),
      events: [fb.account(millis(344 + index), field, { customer: PERSON.id, new_owner_app_id: "1", metadata: "m" })],
    }),
  ),
  shape("policy enforcement", {
    body: body([
      {
        recipient: PAGE,
        sender: PAGE,
        timestamp: millis(347),
        policy_enforcement: { action: "block", reason: "spam" },
      },
    ]),
    events: [fb.account(millis(347), "policy_enforcement", { customer: PAGE.id, action: "block", reason: "spam" })],
  }),
  shape("account linking", {
    body: body([element(349, { account_linking: { status: "linked", authorization_code: "code" } })]),
    events: [
      fb.account(millis(349), "account_linking", {
        customer: PERSON.id,
        status: "linked",
        authorization_code: "code",
      }),
    ],
  }),
  shape("an element of the future is kept raw", {
    body: body([element(348, { hologram: {} })]),
    events: [fb.unknown("element:hologram,recipient,sender,timestamp", element(348, { hologram: {} }))],
  }),
  shape("no sender is kept raw", {
    body: body([{ recipient: PAGE, timestamp: millis(349), message: { mid: "m_349", text: "?" } }]),
    events: [
      fb.unknown("no_sender", { recipient: PAGE, timestamp: millis(349), message: { mid: "m_349", text: "?" } }),
    ],
  }),
  shape("no id is kept raw", {
    body: body([element(350, { message: { text: "?" } })]),
    events: [fb.unknown("shape:message.mid", element(350, { message: { text: "?" } }))],
  }),
  shape("a change of the Page's feed is kept raw", {
    body: body([{ field: "feed", value: {} }], "changes"),
    events: [fb.unknown("page_change", { field: "feed", value: {} })],
  }),
  shape("several elements, one of them bad", {
    body: body([text(351, { text: "um" }), 7, text(352, { text: "dois" })]),
    events: [fb.said(351, { text: "um" }), fb.unknown("shape:element", 7), fb.said(352, { text: "dois" })],
  }),
];
