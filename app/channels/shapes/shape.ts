import type {
  AccountEvent,
  ChannelEvent,
  DeletionEvent,
  EditEvent,
  MessageEvent,
  MetaChannelName,
  PreferenceEvent,
  ReactionEvent,
  StatusEvent,
  UnknownEvent,
  WatermarkEvent,
} from "../channel.ts";

/**
 * One payload that Meta documents, and what it means. Data for tests: read one by one, and all together in any order.
 * The number that a shape carries is its second after {@link START}, so that no two happen at the same time.
 */
export interface Shape {
  readonly name: string;
  readonly channel: MetaChannelName;
  /** The whole body of a POST. */
  readonly body: unknown;
  readonly events: readonly ChannelEvent[];
}

/** 2026-11-20T12:00:00Z, in Unix seconds. */
export const START = 1_795_176_000;
/** What the tests' clock says: an hour later, so that nothing counts as fresh. Unix milliseconds. */
export const NOW = (START + 3_600) * 1000;

export const CUSTOMER = {
  whatsapp: "5511900000001",
  facebook: "4000000000000001",
  instagram: "5000000000000001",
} as const;
export const ACCOUNT = {
  whatsapp: "100000000000002",
  facebook: "200000000000002",
  instagram: "300000000000002",
} as const;

/** Unix milliseconds of the n-th second. */
export function millis(n: number): number {
  return (START + n) * 1000;
}

/** `undefined` takes a field away that would be filled in. */
type Said = { readonly [K in keyof MessageEvent]?: MessageEvent[K] | undefined };

type Own<T extends ChannelEvent> = Omit<T, "type" | "channel" | "account" | "at" | "customer">;

function filled(fields: Said): MessageEvent {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as unknown as MessageEvent;
}

/** Expected events of one channel, with what they share filled in. */
export function expecting(channel: MetaChannelName) {
  const base = (n: number) => ({ channel, account: ACCOUNT[channel], at: millis(n), customer: CUSTOMER[channel] });
  const idOf = (n: number) => (channel === "whatsapp" ? `wamid.${n}` : `m_${n}`);
  return {
    id: idOf,
    /** A message by the customer; a text unless `own` says otherwise. */
    said: (n: number, own: Said = {}): MessageEvent =>
      filled({
        type: "message",
        ...base(n),
        direction: "in",
        providerId: idOf(n),
        kind: "text",
        text: "",
        attachments: [],
        ...(channel === "whatsapp" && { customerName: "Cliente de exemplo", phone: CUSTOMER.whatsapp }),
        ...own,
      }),
    /** A message by a person of ours, in Meta's app. */
    echoed: (n: number, own: Said = {}): MessageEvent =>
      filled({
        type: "message",
        ...base(n),
        direction: "echo",
        providerId: idOf(n),
        kind: "text",
        text: "",
        attachments: [],
        ...(channel === "whatsapp" && { phone: CUSTOMER.whatsapp }),
        ...own,
      }),
    status: (n: number, own: Own<StatusEvent> & { customer?: string }): StatusEvent => ({
      type: "status",
      ...base(n),
      ...own,
    }),
    watermark: (n: number, own: Own<WatermarkEvent>): WatermarkEvent => ({ type: "watermark", ...base(n), ...own }),
    reaction: (n: number, own: Own<ReactionEvent>): ReactionEvent => ({ type: "reaction", ...base(n), ...own }),
    edit: (n: number, own: Own<EditEvent>): EditEvent => ({ type: "edit", ...base(n), ...own }),
    deletion: (n: number, own: Own<DeletionEvent>): DeletionEvent => ({ type: "deletion", ...base(n), ...own }),
    preference: (n: number, own: Own<PreferenceEvent>): PreferenceEvent => ({ type: "preference", ...base(n), ...own }),
    account: (
      at: number,
      field: string,
      detail: AccountEvent["detail"],
      account: string = ACCOUNT[channel],
    ): AccountEvent => ({
      type: "account",
      channel,
      account,
      at,
      field,
      detail,
    }),
    unknown: (reason: string, raw: unknown, at = NOW, account: string = ACCOUNT[channel]): UnknownEvent => ({
      type: "unknown",
      channel,
      account,
      at,
      reason,
      raw: JSON.stringify(raw),
    }),
  };
}
