import type { ChannelEvent } from "../channel.ts";
import { readEnvelope } from "../meta/envelope.ts";
import { readMessaging } from "../meta/messaging.ts";
import { NotUnderstood } from "../meta/read.ts";

/** Reads a POST of Messenger's. Never throws. @param now Unix milliseconds, for what carries no time of its own. */
export function parseMessenger(body: unknown, now: () => number): ChannelEvent[] {
  return readEnvelope(
    "facebook",
    {
      objects: ["page"],
      now,
      messaging: (entry, element, standby) => readMessaging("facebook", entry, element, standby),
      // A Page's feed and ratings come as changes; no message is among them.
      change: () => {
        throw new NotUnderstood("page_change");
      },
    },
    body,
  );
}
