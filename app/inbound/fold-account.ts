import { Timestamp } from "firebase-admin/firestore";
import type { AccountEvent, PreferenceEvent } from "../channels/channel.ts";
import type { TemplateDocument } from "../templates/model.ts";
import { statusAfter } from "../templates/read.ts";
import type { Context } from "./documents.ts";
import { conversationFrame, type Placed, participantsOf } from "./fast.ts";
import { type Folded, NOTHING } from "./folded.ts";
import { channelRef, templateRefs } from "./search.ts";
import { conversationRef, type Workspace } from "./workspace.ts";

/** The customer's last word on marketing counts; a stop wins over a resume of the same instant. */
export function foldPreference(
  space: Workspace,
  { event, identity }: Placed<PreferenceEvent>,
  context: Context,
): Folded {
  const contact = space.conversation(identity.conversationId)?.contact;
  const before = contact?.optOutAt?.toMillis() ?? 0;
  if (event.at > before || (event.at === before && event.optOut)) {
    const contact = { optOut: event.optOut, optOutAt: Timestamp.fromMillis(event.at) };
    const patch = { ...conversationFrame(event, identity, context), contact };
    space.merge(conversationRef(identity.conversationId), patch, { participants: participantsOf(identity) });
  }
  return { ...NOTHING, conversationId: identity.conversationId };
}

/** The newest news of each kind, per account, number and template: what OmniChannelStatus shows. */
export function foldAccount(space: Workspace, event: AccountEvent, context: Context): Folded {
  const ref = channelRef(event);
  const subject = event.detail.message_template_name ?? event.detail.display_phone_number ?? "";
  const key = [event.account, event.field, subject.slice(0, 100)].filter(Boolean).join(" ");
  const document = space.get(ref) ?? {};
  const before = (document.notices as Record<string, Notice> | undefined)?.[key];
  const { account, field, detail, at } = event;
  const notice: Notice = { account, field, detail: { ...detail }, at: Timestamp.fromMillis(at) };
  if (before === undefined || isLater(notice, before)) {
    // The whole document, which has just been read: merging would leave the old detail beside the new.
    const notices = { ...(document.notices as object | undefined), [key]: notice };
    space.put(ref, { ...document, channel: event.channel, notices, updatedAt: Timestamp.fromMillis(context.now) });
  }
  foldTemplate(space, event);
  return NOTHING;
}

/** A template that Meta has paused must not be sent until the next reading of the list; nor wait for it, once approved. */
function foldTemplate(space: Workspace, event: AccountEvent): void {
  const status = statusAfter(event.detail.event ?? "");
  const [ref] = templateRefs(event);
  if (ref === undefined || status === undefined) return;
  const before = space.get(ref) as Partial<TemplateDocument> | undefined;
  const at = Timestamp.fromMillis(event.at);
  const told = before?.statusAt?.toMillis() ?? 0;
  // News of the same instant are ordered by what they say, as above.
  if (told > event.at || (told === event.at && (before?.status ?? "") >= status)) return;
  const { message_template_name: name, message_template_language: language, reason } = event.detail;
  const known = { name, language, channel: event.channel };
  space.merge(ref, {
    ...known,
    status,
    statusAt: at,
    reason: reason === undefined || reason === "NONE" ? null : reason,
  });
}

/** News of the same instant are ordered by what they say, so that the order of arrival does not matter. */
function isLater(notice: Notice, before: Notice): boolean {
  const difference = notice.at.toMillis() - before.at.toMillis();
  return difference > 0 || (difference === 0 && JSON.stringify(notice.detail) > JSON.stringify(before.detail));
}

/** One entry of `channels/{channel}.notices`. */
export interface Notice {
  readonly account: string;
  readonly field: string;
  readonly detail: Readonly<Record<string, string>>;
  readonly at: Timestamp;
}
