import { BUSINESS, body, echo, element, ig, PERSON, said, shape } from "./instagram-bodies.ts";
import type { Shape } from "./shape.ts";

/** Echoes, receipts, reactions and deletions. */
export const INSTAGRAM_NEWS: readonly Shape[] = [
  shape("unsend", {
    body: body([element(422, { message: { mid: "m_401", is_deleted: true } })]),
    events: [ig.deletion(422, { target: "m_401" })],
  }),
  shape("unsend that overtakes its message", {
    body: body([element(423, { message: { mid: "m_424", is_deleted: true } })]),
    events: [ig.deletion(423, { target: "m_424" })],
  }),
  said("message that was unsent before it came", 424, { text: "não era para mandar" }, { text: "não era para mandar" }),
  shape("echo of a person in Instagram's inbox", {
    body: body([echo(425, { text: "Já vejo", app_id: 1217981644879628 })]),
    events: [ig.echoed(425, { text: "Já vejo" })],
  }),
  shape("echo of our own send", {
    body: body([echo(426, { text: "Resposta", metadata: "out-ig-1" })]),
    events: [ig.echoed(426, { text: "Resposta", correlation: "out-ig-1" })],
  }),
  shape("an echo that does not say so", {
    body: body([element(427, { sender: BUSINESS, recipient: PERSON, message: { mid: "m_427", text: "nosso" } })]),
    events: [ig.echoed(427, { text: "nosso" })],
  }),
  shape("unsend by a person of ours", {
    body: body([echo(428, { mid: "m_425", is_deleted: true })]),
    events: [ig.deletion(428, { target: "m_425" })],
  }),
  shape("seen", {
    body: body([element(429, { read: { mid: "m_425" } })]),
    events: [ig.status(429, { providerId: "m_425", status: "read" })],
  }),
  shape("reaction", {
    body: body([element(430, { reaction: { mid: "m_402", action: "react", reaction: "love", emoji: "❤️" } })]),
    events: [ig.reaction(430, { target: "m_402", emoji: "❤️" })],
  }),
  shape("reaction taken back", {
    body: body([element(431, { reaction: { mid: "m_402", action: "unreact" } })]),
    events: [ig.reaction(431, { target: "m_402", emoji: "" })],
  }),
];
