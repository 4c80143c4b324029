import { Timestamp } from "firebase-admin/firestore";
import * as z from "zod";
import { CHANNELS } from "../../channels/channel.ts";
import { BOT_ID } from "../../conversations/model.ts";
import { dueMoment, optional, reference, stillMatches, words } from "../read.ts";
import { type DueQuery, type Examined, HOUR_MS, type Trigger } from "../trigger.ts";

const TEXT = "Olá! Vi que você não respondeu há alguns dias. Ainda posso ajudar com algo? 😊";

const due: DueQuery = {
  collection: "conversations",
  where: { status: "active", lastMessageSender: BOT_ID },
  timeField: "lastMessageAt",
  timeKinds: ["timestamp"],
  ageMs: 48 * HOUR_MS,
};

const conversation = z.object({
  channel: z.enum(CHANNELS),
  mode: optional(z.enum(["bot", "human"])),
  contact: optional(z.object({ userId: optional(reference), name: optional(words) })),
  lastAutomation: optional(z.object({ at: z.instanceof(Timestamp), sendId: z.string() })),
});

/** The customer has been silent for 48 hours since the bot's last word. */
export const followup48h: Trigger = {
  name: "followup_48h",
  due,
  channel: "conversation",
  examine: (entity, look): Examined => {
    const read = conversation.safeParse(entity.data);
    if (!read.success) return { skip: "incomplete" };
    const { channel, contact, lastAutomation } = read.data;
    if (entity.data.status === "closed") return { skip: "closed" };
    if (read.data.mode === "human") return { skip: "human_mode" };
    if (!stillMatches(due, entity.data)) return { skip: "changed" };
    const last = entity.data.lastMessageAt;
    // What this send has said itself, on a way that did not work, does not count as news.
    const ownWords = lastAutomation?.sendId === look.sendId && sameMoment(lastAutomation.at, last);
    if (!ownWords && lastAutomation && sameMoment(lastAutomation.at, last)) return { skip: "after_automation" };
    const moment = ownWords && look.dueAt !== undefined ? { dueAt: look.dueAt } : dueMoment(due, last, look);
    if ("skip" in moment) return moment;
    // Somebody wrote and was answered since: that silence will be due in its own time.
    if (!ownWords && look.dueAt !== undefined && look.dueAt !== moment.dueAt) return { skip: "changed" };
    const userId = contact?.userId ?? (channel === "webchat" ? entity.id.slice("webchat_".length) : undefined);
    return {
      case: {
        dueAt: moment.dueAt,
        // A visitor of the web chat needs no account; one that was linked and deleted is another matter.
        userRequired: contact?.userId !== undefined,
        conversationId: entity.id,
        ...(userId && { userId }),
        ...(contact?.name && { name: contact.name }),
        message: {
          text: TEXT,
          values: { nome: contact?.name ?? "" },
          email: {
            subject: "Ainda posso ajudar?",
            paragraphs: [TEXT],
            callToAction: { label: "Continuar a conversa", path: "/" },
          },
        },
      },
    };
  },
};

function sameMoment(at: Timestamp, other: unknown): boolean {
  return other instanceof Timestamp && other.isEqual(at);
}
