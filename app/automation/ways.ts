import type { ChannelName, MetaChannelName } from "../channels/channel.ts";
import { sendingWindow } from "../channels/window.ts";
import type { ConversationFacts, UserFacts } from "./facts.ts";
import { type DetourReason, type Way, wayKey } from "./model.ts";
import { fillTemplate, type Template } from "./templates.ts";
import type { Case, Trigger } from "./trigger.ts";

export interface WayFacts {
  readonly trigger: Trigger;
  readonly user: UserFacts | undefined;
  readonly conversations: readonly ConversationFacts[];
  /** The trigger's approved template, if it has one. */
  readonly template?: Template | undefined;
  /** False: no e-mail service is configured. */
  readonly emailReady: boolean;
  /** Ways that did not work for this send, by `wayKey`. */
  readonly tried: readonly string[];
  /** Channels (and `email`) that refuse everything, until when. Unix milliseconds. */
  readonly down: ReadonlyMap<ChannelName | "email", number>;
}

export interface FoundWay {
  readonly way?: Way;
  /** Why the preferred way was not taken. */
  readonly blocked?: DetourReason;
  /** A person has the conversation: the bot keeps quiet altogether. */
  readonly human?: boolean;
  /** Where a person would go on. */
  readonly conversationId?: string;
}

type Look = { readonly way: Way } | { readonly blocked: DetourReason };

/**
 * The first way that is open: the conversation's own or preferred channel, the user's other conversations, e-mail. What
 * is left then is a person. Outside Meta's 24-hour window only WhatsApp has a way at all, an approved template.
 */
export function findWay(facts: WayFacts, due: Case, now: number): FoundWay {
  const primary = primaryOf(facts, due);
  const about = primary.conversation?.id;
  const here = about === undefined ? {} : { conversationId: about };
  if (primary.conversation?.human) return { human: true, ...here };
  const first = untried(facts, primary.look(now));
  if ("way" in first) return { way: first.way, ...here };
  if (facts.trigger.channel !== "email") {
    for (const other of facts.conversations) {
      if (other.id === about || other.human || !other.open) continue;
      const look = untried(facts, inConversation(facts, due, other, now));
      if ("way" in look) return { way: look.way, blocked: first.blocked, ...here };
    }
    const mail = untried(facts, byEmail(facts, due));
    if ("way" in mail) return { way: mail.way, blocked: first.blocked, ...here };
  }
  return { blocked: first.blocked, ...here };
}

interface Primary {
  readonly conversation?: ConversationFacts | undefined;
  readonly look: (now: number) => Look;
}

function primaryOf(facts: WayFacts, due: Case): Primary {
  const { channel } = facts.trigger;
  if (channel === "email") return { look: () => byEmail(facts, due) };
  if (channel === "conversation") return inItsOwn(facts, due, (one) => one.id === due.conversationId);
  const preferred = facts.user?.preferred ?? channel.preferred;
  if (preferred === "email") return { look: () => byEmail(facts, due) };
  const found = inItsOwn(facts, due, (one) => one.channel === preferred);
  if (found.conversation || preferred !== "webchat" || due.userId === undefined) return found;
  const way: Way = { kind: "new_webchat", channel: "webchat", conversationId: `webchat_${due.userId}` };
  return { look: () => ({ way }) };
}

function inItsOwn(facts: WayFacts, due: Case, matches: (one: ConversationFacts) => boolean): Primary {
  const conversation = facts.conversations.find(matches);
  return {
    conversation,
    look: (now) => (conversation ? inConversation(facts, due, conversation, now) : { blocked: "not_connected" }),
  };
}

function inConversation(facts: WayFacts, due: Case, conversation: ConversationFacts, now: number): Look {
  const { id, channel } = conversation;
  if (!conversation.open) return { blocked: "conversation_closed" };
  if (conversation.optedOut) return { blocked: "channel_opted_out" };
  const plain: Way = { kind: "chat", channel, conversationId: id };
  if (channel === "webchat" || isOpen(channel, conversation.lastInboundAt, now)) return { way: plain };
  if (channel !== "whatsapp") return { blocked: "window_closed" };
  const template = facts.template && fillTemplate(facts.template, due.message.values);
  return template ? { way: { ...plain, template } } : { blocked: "no_template" };
}

function isOpen(channel: MetaChannelName, lastInboundAt: number, now: number): boolean {
  return sendingWindow(channel, lastInboundAt, now).state === "open";
}

function byEmail(facts: WayFacts, due: Case): Look {
  if (!facts.emailReady) return { blocked: "email_off" };
  const to = facts.trigger.channel === "email" ? due.userId : facts.user?.email;
  return to === undefined ? { blocked: "no_address" } : { way: { kind: "email", to } };
}

function untried(facts: WayFacts, look: Look): Look {
  return "way" in look && facts.tried.includes(wayKey(look.way)) ? { blocked: "way_failed" } : look;
}
