import { body, echo, element, fb, PAGE, PERSON, picture, pictureInfo, shape } from "./messenger-bodies.ts";
import { millis, type Shape } from "./shape.ts";

/** Echoes, receipts, reactions and deletions. */
export const MESSENGER_NEWS: readonly Shape[] = [
  shape("echo of a person in the Page's inbox", {
    body: body([echo(320, { text: "Já vejo", app_id: 263902037430900 })]),
    events: [fb.echoed(320, { text: "Já vejo" })],
  }),
  shape("echo of our own send", {
    body: body([echo(321, { text: "Resposta", app_id: 1, metadata: "out-fb-1" })]),
    events: [fb.echoed(321, { text: "Resposta", correlation: "out-fb-1" })],
  }),
  shape("echo of a picture", {
    body: body([echo(322, { attachments: [picture] })]),
    events: [fb.echoed(322, { kind: "image", attachments: [pictureInfo] })],
  }),
  shape("delivery by ids and by time", {
    body: body([element(323, { delivery: { mids: ["m_320", "m_out1", ""], watermark: millis(322) } })]),
    events: [
      fb.status(323, { providerId: "m_320", status: "delivered" }),
      fb.status(323, { providerId: "m_out1", status: "delivered" }),
      fb.watermark(323, { status: "delivered", watermark: millis(322) }),
    ],
  }),
  shape("delivery by time alone, in seconds", {
    body: body([element(324, { delivery: { watermark: millis(321) / 1000 } })]),
    events: [fb.watermark(324, { status: "delivered", watermark: millis(321) })],
  }),
  shape("read up to a time", {
    body: body([element(325, { read: { watermark: millis(321) } })]),
    events: [fb.watermark(325, { status: "read", watermark: millis(321) })],
  }),
  shape("read up to an earlier time", {
    body: body([element(326, { read: { watermark: millis(319) } })]),
    events: [fb.watermark(326, { status: "read", watermark: millis(319) })],
  }),
  shape("a receipt that says nothing is kept raw", {
    body: body([element(327, { read: {} })]),
    events: [fb.unknown("read_empty", element(327, { read: {} }))],
  }),
  shape("reaction", {
    body: body([element(328, { reaction: { mid: "m_301", action: "react", reaction: "love", emoji: "❤" } })]),
    events: [fb.reaction(328, { target: "m_301", emoji: "❤" })],
  }),
  shape("reaction by name only", {
    body: body([element(329, { reaction: { mid: "m_302", action: "react", reaction: "wow" } })]),
    events: [fb.reaction(329, { target: "m_302", emoji: "😮" })],
  }),
  shape("reaction taken back", {
    body: body([element(330, { reaction: { mid: "m_301", action: "unreact", reaction: "love" } })]),
    events: [fb.reaction(330, { target: "m_301", emoji: "" })],
  }),
  shape("our reaction", {
    body: body([
      element(331, { sender: PAGE, recipient: PERSON, reaction: { mid: "m_302", action: "react", emoji: "👍" } }),
    ]),
    events: [fb.reaction(331, { target: "m_302", emoji: "👍", fromUs: true })],
  }),
];
