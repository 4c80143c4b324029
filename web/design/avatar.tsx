import type { ChannelName } from "../../app/channels/channel.ts";
import { ChannelMark } from "./channel-mark.tsx";

export interface AvatarProps {
  /** One or two letters, as `initials()` makes them. */
  readonly letters: string;
  readonly channel?: ChannelName;
}

/** A person's letters, with the mark of the channel they write from. Decoration: the name stands beside it. */
export function Avatar({ letters, channel }: AvatarProps) {
  return (
    <span className="relative inline-flex size-9 shrink-0">
      <span
        aria-hidden
        className="inline-flex size-9 items-center justify-center rounded-full bg-hover text-small font-medium text-muted select-none"
      >
        {letters}
      </span>
      {channel !== undefined && (
        <span className="absolute -right-1 -bottom-1 rounded-full bg-surface p-0.5">
          <ChannelMark channel={channel} className="size-3.5" />
        </span>
      )}
    </span>
  );
}
