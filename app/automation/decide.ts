import type { ConversationFacts, UserFacts } from "./facts.ts";
import { endOfQuiet, isQuiet } from "./local-time.ts";
import type { DeferReason, DetourReason, Way } from "./model.ts";
import type { AutomationSettings } from "./settings.ts";
import type { Case, Examined, SkipReason, Trigger } from "./trigger.ts";
import { findWay, type WayFacts } from "./ways.ts";

/** Everything that a decision rests on. */
export interface Facts extends WayFacts {
  readonly trigger: Trigger;
  readonly examined: Examined;
  /** Undefined: there is no such document. */
  readonly user: UserFacts | undefined;
  /** The case's own conversation and the user's others, the latest first. */
  readonly conversations: readonly ConversationFacts[];
  /** When the user last got an automation that was not this one. Unix milliseconds. */
  readonly lastForUser?: number;
  readonly sendId: string;
}

export type Decision =
  | { readonly action: "skip"; readonly reason: SkipReason }
  /** Not before this time, in Unix milliseconds. */
  | { readonly action: "defer"; readonly reason: DeferReason; readonly until: number }
  | {
      readonly action: "send";
      readonly case: Case;
      readonly way: Way;
      /** Why it is not the preferred way. */
      readonly reason?: DetourReason;
      /** The conversation that it is about, whichever way it goes: no person has taken that over. */
      readonly about?: string;
    }
  | { readonly action: "task"; readonly case: Case; readonly reason: DetourReason; readonly conversationId?: string };

/** Whether, when and how a customer gets an automation. Pure: what it says can be said beforehand by a dry run. */
export function decide(facts: Facts, settings: AutomationSettings, now: number): Decision {
  const { examined } = facts;
  if ("skip" in examined) return { action: "skip", reason: examined.skip };
  const due = examined.case;
  if (now - due.dueAt > settings.latestMs) return { action: "skip", reason: "too_late" };
  if (due.userRequired && !facts.user) return { action: "skip", reason: "no_user" };
  if (facts.user?.optedOut || facts.conversations.some((one) => one.optedOut)) {
    return { action: "skip", reason: "opted_out" };
  }
  const last = lastAutomation(facts);
  if (last !== undefined && now - last < settings.customerPauseMs) {
    return { action: "defer", reason: "recent_automation", until: last + settings.customerPauseMs };
  }
  const timeZone = facts.user?.timeZone ?? due.timeZone ?? settings.timeZone;
  if (isQuiet(now, timeZone, settings.quiet)) {
    return { action: "defer", reason: "quiet_hours", until: endOfQuiet(now, timeZone, settings.quiet) };
  }
  const found = findWay(facts, due, now);
  if (found.human) return { action: "skip", reason: "human_mode" };
  const { way, blocked, conversationId: about } = found;
  if (!way) {
    return { action: "task", case: due, reason: blocked ?? "not_connected", ...(about && { conversationId: about }) };
  }
  const wait = facts.down.get(way.kind === "email" ? "email" : way.channel);
  if (wait !== undefined && wait > now) {
    return { action: "defer", reason: way.kind === "email" ? "email_down" : "channel_down", until: wait };
  }
  return { action: "send", case: due, way, ...(blocked && { reason: blocked }), ...(about && { about }) };
}

/** When this customer last got an automation, in any conversation that is known to be theirs. */
function lastAutomation(facts: Facts): number | undefined {
  const times = facts.conversations.flatMap(({ lastAutomation: last }) =>
    last && last.sendId !== facts.sendId ? [last.at] : [],
  );
  if (facts.lastForUser !== undefined) times.push(facts.lastForUser);
  return times.length === 0 ? undefined : Math.max(...times);
}
