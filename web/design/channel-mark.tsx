import { clsx } from "clsx";
import type { ChannelName } from "../../app/channels/channel.ts";

/** What each channel is called: names, the same in every language. */
export const CHANNEL_NAMES: Readonly<Record<ChannelName, string>> = {
  whatsapp: "WhatsApp",
  instagram: "Instagram",
  facebook: "Messenger",
  webchat: "WebChat",
};

const MARKS = {
  whatsapp: {
    colour: "text-whatsapp",
    path: "M8 1.5a6.5 6.5 0 0 0-5.6 9.8L1.5 14.5l3.3-.9A6.5 6.5 0 1 0 8 1.5Zm-2.3 3.4c.9 3 2.4 4.6 5.4 5.5",
  },
  instagram: {
    colour: "text-instagram",
    path: "M4.8 1.8h6.4a3 3 0 0 1 3 3v6.4a3 3 0 0 1-3 3H4.8a3 3 0 0 1-3-3V4.8a3 3 0 0 1 3-3Zm3.2 3.5a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4Zm3.6-1v.1",
  },
  facebook: {
    colour: "text-facebook",
    path: "M8 1.6c-3.7 0-6.5 2.6-6.5 6 0 1.9.9 3.5 2.3 4.6v2.3l2.2-1.2c.6.2 1.3.3 2 .3 3.7 0 6.5-2.6 6.5-6s-2.8-6-6.5-6ZM4.8 9l2-2.2 1.8 1.5L11 6.6",
  },
  webchat: {
    colour: "text-webchat",
    path: "M2.8 2.8h10.4a1.2 1.2 0 0 1 1.2 1.2v6.4a1.2 1.2 0 0 1-1.2 1.2H8l-3.2 2.7v-2.7h-2a1.2 1.2 0 0 1-1.2-1.2V4a1.2 1.2 0 0 1 1.2-1.2ZM5 7.2h.1M8 7.2h.1M11 7.2h.1",
  },
} as const satisfies Readonly<Record<ChannelName, { colour: string; path: string }>>;

export interface ChannelMarkProps {
  readonly channel: ChannelName;
  readonly className?: string;
  /** True where the channel's name stands beside it. @default false */
  readonly decorative?: boolean;
}

/** A channel's small mark. The colour helps, the shape and the name tell. */
export function ChannelMark({ channel, className, decorative = false }: ChannelMarkProps) {
  const { colour, path } = MARKS[channel];
  const shape = (
    <path d={path} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
  );
  const look = clsx("size-4 shrink-0", colour, className);
  if (decorative)
    return (
      <svg viewBox="0 0 16 16" className={look} aria-hidden="true">
        {shape}
      </svg>
    );
  return (
    <svg viewBox="0 0 16 16" className={look} role="img" aria-label={CHANNEL_NAMES[channel]}>
      {shape}
    </svg>
  );
}
